import {slug as githubSlug} from 'github-slugger'
import type {Heading} from '../../../page/types.ts'
import {without} from '../../../text/trim.ts'
import {mapProse} from '../../shared/headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** `{#id}` at the end of a heading. */
const CLASSIC = /\{#((?:.(?!\{#|\}))*.)\}$/
/** `:name`, a text directive, which is not rendered. */
const DIRECTIVE = /(?<!:):([A-Za-z](?:[\w-]*[A-Za-z0-9])?)(?![\w:-])/g

/** The settings that ids depend on. */
export interface IdOptions {
  /** May ids be set in HTML comments? They may in plain Markdown, outside of MDX 1 compatibility mode. */
  htmlComments?: boolean
  maintainCase: boolean
  /** Is the title of the page removed before ids are generated, as on blogs? */
  withoutTitle?: boolean
}

/** The ids that Docusaurus gives headings, including those of level 1, whose ids the theme does not render. */
export function docusaurusIds(
  headings: readonly Heading[],
  {htmlComments = false, maintainCase, withoutTitle = false}: IdOptions,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading, index) => {
    if (heading.html || (withoutTitle && index === 0 && heading.depth === 1)) return undefined
    const {comment} = heading
    const isOwn = comment?.startsWith('#') && (htmlComments || /\{\s*\/\*/.test(heading.text))
    const own = isOwn ? comment!.split(' ')[0]!.slice(1) : ''
    if (own) return own
    const text = without(textOf(heading), /<!--/g, /-->/g)
    return CLASSIC.exec(text)?.[1]?.trim() ?? slugs.give(githubSlug(text, maintainCase))
  })
}

/** The text of a heading with the alt texts of its images, without directives; code contains none. */
function textOf({text, code = [], imageAlts = []}: Heading): string {
  if (imageAlts.length === 0 && !text.includes(':')) return text
  const images = imageAlts.map(({at, text: replacement}) => ({start: at, end: at, replacement}))
  const fixed = [...code, ...images].sort((a, b) => a.start - b.start)
  return mapProse(text, fixed, withoutDirectives)
}

/** Remove directives and their attributes: `a :b{c} d` → `a  d`. */
function withoutDirectives(text: string): string {
  const lastBrace = text.lastIndexOf('}')
  let out = ''
  let at = 0
  DIRECTIVE.lastIndex = 0
  for (let found = DIRECTIVE.exec(text); found; found = DIRECTIVE.exec(text)) {
    out += text.slice(at, found.index)
    at = DIRECTIVE.lastIndex
    if (text[at] === '{' && at < lastBrace) at = text.indexOf('}', at) + 1
    DIRECTIVE.lastIndex = at
  }
  return out + text.slice(at)
}
