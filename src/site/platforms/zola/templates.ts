import {isBelow, nameOf, pathBelow} from '../../../text/paths.ts'
import type {SiteContext} from '../../platform.ts'
import {addIds, noIds, type WrittenIds, writtenIds} from '../../shared/written-ids.ts'
import type {ZolaConfig} from './config.ts'

/** What the templates of a site show around and within the text of pages. */
export interface ZolaTemplates {
  /** The templates of shortcodes, by name. */
  shortcodes: ReadonlyMap<string, {code: string; isMarkdown: boolean}>
  /** The names of shortcodes whose body is not Markdown. */
  verbatim: string[]
  /** The ids that all other templates write. */
  ids: WrittenIds
}

/** Further templates are ignored. */
const MOST = 500
const LARGEST = 200_000
/** What passes the body of a shortcode on to Markdown. */
const READS_BODY = /\bbody\b[^{}]*\|\s*markdown\b|\bmarkdown\b[^{}]*\bbody\b/

/** Read the templates of a site and its theme; those of the site come first. */
export async function readTemplates({tree}: SiteContext, config: ZolaConfig): Promise<ZolaTemplates> {
  const shortcodes = new Map<string, {code: string; isMarkdown: boolean}>()
  const ids = noIds()
  const codes = new Map<string, string>()
  const files = config.templates.flatMap((folder) =>
    [...tree.files].filter((file) => isBelow(file, folder) && /\.(?:html|md)$/.test(file)).slice(0, MOST),
  )
  for (const file of files) {
    const code = (await tree.read(file).catch(() => '')).slice(0, LARGEST)
    const inside = config.templates.flatMap((folder) => pathBelow(file, folder) ?? [])[0]!
    const name = nameOf(file).replace(/\.\w+$/, '')
    if (!codes.has(inside)) codes.set(inside, code)
    if (!inside.startsWith('shortcodes/')) addIds(ids, writtenIds(code))
    else if (!shortcodes.has(name)) shortcodes.set(name, {code, isMarkdown: file.endsWith('.md')})
  }
  for (const template of shortcodes.values()) template.code = withIncluded(template.code, codes)
  const verbatim = [...shortcodes].filter(([, {code, isMarkdown}]) => !isMarkdown && !READS_BODY.test(code))
  return {shortcodes, verbatim: verbatim.map(([name]) => name), ids}
}

/** An include of a template, or an import of its macros. */
const INCLUDE = /\{%-?\s{0,9}(?:include|import)\s{1,9}["']([^"'{}]{1,200})["'][^{}]{0,100}%\}/g
/** Templates in a longer chain of includes are not known, nor what is more than {@link LARGEST}. */
const LONGEST_CHAIN = 4

/** The code of a template with that of the templates that it includes, and of those whose macros it imports. */
function withIncluded(code: string, codes: ReadonlyMap<string, string>): string {
  let whole = code
  let room = LARGEST
  for (let depth = 0; depth < LONGEST_CHAIN; depth++)
    whole = whole.replace(INCLUDE, (tag, file: string) => {
      const included = codes.get(file)
      // A few templates may include others thousands of times.
      if (included === undefined || included.length > room) return tag
      room -= included.length
      return included
    })
  return whole
}

const CALL = /^\{[{%]-?\s{0,9}(?:[\w:.]*[:.])?(\w+)\s{0,9}\(/
const ARGUMENT = /(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([\w.-]+))/g
/** Template code that is not known, or that renders Markdown from elsewhere. */
const UNKNOWN_CODE = /\{%-?\s*(?:include|import)\b|\bload_data\b[\s\S]*\|\s*markdown\b/
/** A heading in Markdown; those in HTML get no ids. */
const HEADING = /^ {0,3}#{1,6}[ \t]|^ {0,3}(?:=+|-+)[ \t]*$/m

/**
 * The ids that a call of a shortcode writes, with those in its body.
 *
 * @returns undefined if the template is not known
 */
export function idsOfCall(call: string, {shortcodes}: ZolaTemplates): WrittenIds | undefined {
  const name = CALL.exec(call)?.[1]
  // The end of a body.
  if (name === undefined) return noIds()
  const template = shortcodes.get(name)
  if (!template) return
  const values = new Map(
    [...call.matchAll(ARGUMENT)].map(([, key, ...forms]) => [
      key!,
      forms.find((each) => each !== undefined)!,
    ]),
  )
  const ids = writtenIds(template.code, (code) => {
    const [, variable] = /^\{\{-?\s*(\w+)\s*(?:\|\s*safe\s*)?-?\}\}$/.exec(code) ?? []
    return variable === undefined ? undefined : values.get(variable)
  })
  addIds(ids, writtenIds(call.slice(call.search(/%\}/) + 2)))
  if (UNKNOWN_CODE.test(template.code) || (template.isMarkdown && HEADING.test(template.code))) ids.any = true
  return ids
}
