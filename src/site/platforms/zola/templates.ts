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
  const files = config.templates.flatMap((folder) =>
    [...tree.files].filter((file) => isBelow(file, folder) && /\.(?:html|md)$/.test(file)).slice(0, MOST),
  )
  for (const file of files) {
    const code = (await tree.read(file).catch(() => '')).slice(0, LARGEST)
    const inside = config.templates.flatMap((folder) => pathBelow(file, folder) ?? [])[0]!
    const name = nameOf(file).replace(/\.\w+$/, '')
    if (!inside.startsWith('shortcodes/')) addIds(ids, writtenIds(code))
    else if (!shortcodes.has(name)) shortcodes.set(name, {code, isMarkdown: file.endsWith('.md')})
  }
  const verbatim = [...shortcodes].filter(([, {code, isMarkdown}]) => !isMarkdown && !READS_BODY.test(code))
  return {shortcodes, verbatim: verbatim.map(([name]) => name), ids}
}

const CALL = /^\{[{%]-?\s{0,9}(?:[\w:.]*[:.])?(\w+)\s{0,9}\(/
const ARGUMENT = /(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([\w.-]+))/g
/** Markdown or template code that may have further ids. */
const MAY_ADD = /^#{1,6}[ \t]|<h[1-6]\b|\{%-?\s*(?:include|import)\b/m

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
  if (MAY_ADD.test(template.code)) ids.any = true
  return ids
}
