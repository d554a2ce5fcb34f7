import type {Heading} from '../../../page/types.ts'

/** What of kramdown's options decides the ids of its own input. */
export interface KramdownOptions {
  autoIds: boolean
  prefix: string
  /** Ids are made of the text alone, without code, entities and typography. */
  stripping: boolean
}

/**
 * Read the options of kramdown with its own input.
 *
 * @returns nothing for another input, and where they say more than is understood.
 */
export function readKramdownOptions(options: Record<string, unknown>): KramdownOptions | undefined {
  const {input, auto_ids: autoIds = true, auto_id_prefix: prefix = ''} = options
  const {auto_id_stripping: stripping = false, transliterated_header_ids: latin = false} = options
  if (input !== 'kramdown' && input !== 'Kramdown') return
  if (typeof autoIds !== 'boolean' || typeof prefix !== 'string' || typeof stripping !== 'boolean') return
  if (latin !== false || (options.html_to_native ?? false) !== false || options.template !== undefined) return
  return {autoIds, prefix, stripping}
}

/** kramdown's ids, doubles with a plain counter; none for what is no heading to it. Checked against the real one. */
export function kramdownIds(
  headings: readonly Heading[],
  {autoIds, prefix, stripping}: KramdownOptions,
): (string | undefined)[] {
  const seen = new Map<string, number>()
  return headings.map((heading) => {
    if (heading.html || heading.raw === undefined) return undefined
    if (heading.id !== undefined) return heading.id
    if (!autoIds) return undefined
    const text = stripping ? bareText(heading) : heading.raw
    const slug = slugOf(text) || 'section'
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return prefix + (times === 0 ? slug : `${slug}-${times}`)
  })
}

const slugOf = (text: string) =>
  text
    .replace(/^[^a-zA-Z]+/, '')
    .replace(/[^a-zA-Z0-9 -]+/g, '')
    .replaceAll(' ', '-')
    .toLowerCase()

/** The text without code and without the hyphens that become dashes. */
function bareText({text, code}: Heading): string {
  let out = ''
  let at = 0
  for (const {start, end} of [...(code ?? []), {start: text.length, end: text.length}]) {
    out += text.slice(at, start).replace(/---?/g, '')
    at = end
  }
  return out
}

/** Code that every reader takes for some. */
const CODE = /(?<![\\`])`[^`\s][^`]*`(?!`)/g
/** Other code, math, guillemets, tags that may be none, attribute lists, references, entities few know. */
const UNCLEAR =
  /`|\$\$|<(?![/a-zA-Z][^<>]*>)|>>|\\[-<]|\{|\[\^|\](?!\()|&(?!(?:amp|lt|gt|quot|nbsp|copy|reg|trade|mdash|ndash|hellip|larr|rarr);)[#\w]/

/** Is the text of a heading another one to kramdown, maybe? */
export const isUnclear = ({raw}: Heading): boolean => raw !== undefined && UNCLEAR.test(raw.replace(CODE, ''))
