import {copyString} from '../copy-string.ts'
import type {Link} from '../types.ts'
import type {Directive, Option, Value} from './directives.ts'
import {OF_IMAGES} from './names.ts'

/** Options whose value is an image. */
const IMAGE_OPTIONS = /^(?:img-(?:top|bottom|background))$/
/** Directives whose argument or option names a file that is read. */
const FILE_OPTIONS = /^(?:csv-table|raw)$/
/** Directives that link to what the option `link` names, as the option `link-type` says. */
const CARDS = /^(?:card|grid-item-card)$/

/** The files, pages and labels that directives name, as links: those to pages and labels have the kind `role`. */
export const linksOfDirectives = (source: string, directives: readonly Directive[]): Link[] =>
  directives.flatMap((directive) => [
    ...ofArgument(directive),
    ...ofOptions(directive),
    ...ofToctree(source, directive),
  ])

/** The names by which directives are targets, as options: `:name: fig-lamp`, also in reStructuredText. */
export const namesOfDirectives = (source: string, directives: readonly Directive[]): string[] =>
  directives.flatMap(({name, body, options}) => {
    const named = options.filter((option) => NAMING.test(option.name)).map(({text}) => text)
    const inside = name === 'eval-rst' ? source.slice(body.start, body.end).matchAll(NAME_OPTION) : []
    return [...named, ...[...inside].map(([, text]) => text!)]
      .filter((text) => text !== '')
      .map((text) => copyString(`:name: ${text}`))
  })

const NAMING = /^(?:name|label)$/
const NAME_OPTION = /^[ \t]*:name:[ \t]*(\S.*)$/gm

function ofArgument({name, argument, options}: Directive): Link[] {
  if (argument.text === '') return []
  if (OF_IMAGES.test(name)) return [imageAt(argument)]
  if (name === 'include') return included(argument, options)
  if (name === 'literalinclude') return [fileAt(argument, 'code')]
  if (name === 'button-ref') return [named(argument, typeIn(options, 'ref-type') ?? 'any')]
  return name === 'button-link' ? [urlAt(argument)] : []
}

function ofOptions({name, options}: Directive): Link[] {
  return options.flatMap((option) => {
    if (option.text === '') return []
    if (IMAGE_OPTIONS.test(option.name)) return [imageAt(option)]
    if (option.name === 'file' && FILE_OPTIONS.test(name)) return [fileAt(option, 'code')]
    if (option.name !== 'link' || !CARDS.test(name)) return []
    const type = typeIn(options, 'link-type') ?? 'url'
    return [type === 'url' ? urlAt(option) : named(option, type)]
  })
}

const typeIn = (options: readonly Option[], name: string): string | undefined =>
  options.find((option) => option.name === name)?.text

/** The entries of a table of contents; with the option `glob`, those without a wildcard. */
function ofToctree(source: string, {name, body, options}: Directive): Link[] {
  if (name !== 'toctree') return []
  const isGlob = options.some((option) => option.name === 'glob')
  const links: Link[] = []
  let start = body.start
  for (const line of source.slice(body.start, body.end).split('\n')) {
    const text = line.trim()
    const at = start + line.indexOf(text)
    start += line.length + 1
    const path = targetIn(text)
    if (path === '' || (isGlob && /[*?[]/.test(path))) continue
    const from = at + (path === text ? 0 : text.lastIndexOf('<') + 1)
    links.push(named({text: path, start: from, end: from + path.length}, name))
  }
  return links
}

/** The target in a text that may have a title: `Title <target>` → `target`. */
export function targetIn(text: string): string {
  const start = text.endsWith('>') ? text.lastIndexOf('<') : -1
  return start > 0 ? text.slice(start + 1, -1) : text
}

/** The link for the target that a role or directive names. */
export const named = (value: Value, name: string): Link =>
  linkTo(value, {kind: 'role', tag: copyString(name)})

const linkTo = ({text, start, end}: Value, as: Pick<Link, 'kind' | 'image' | 'tag'>): Link => ({
  start,
  end,
  url: copyString(text),
  target: {start, end},
  ...as,
})

/** Options by which an include shows a file as code, or by another parser. */
const AS_CODE = /^(?:literal|code|parser)$/
/** Options by which links of an included file lead where they lead from that file. */
const WITH_OWN_LINKS = /^relative-(?:docs|images)$/
/** Options by which an include shows a part of a file. */
const PART = /^(?:start|end)-(?:line|before|after|at)$/

/** The file that the directive `include` shows, unless it comes with docutils: `<isonum.txt>`. */
function included(argument: Value, options: readonly Option[]): Link[] {
  if (argument.text.startsWith('<')) return []
  const isAny = (names: RegExp) => options.some(({name}) => names.test(name))
  const link = fileAt(argument, isAny(AS_CODE) ? 'code' : isAny(WITH_OWN_LINKS) ? 'document' : undefined)
  const part = options.find(({name}) => PART.test(name))
  return [part ? {...link, part: copyString(part.text)} : link]
}

function fileAt(value: Value, as: Link['as']): Link {
  const link = linkTo(value, {kind: 'include'})
  return as ? {...link, as} : link
}

const imageAt = (value: Value): Link => linkTo(value, {kind: 'image', image: true})

/** A URL that is left to the browser. */
const urlAt = (value: Value): Link => linkTo(value, {kind: 'html', tag: 'a'})
