import type {Heading} from '../../../page/types.ts'
import {mapProse} from '../../shared/headings.ts'
import {kramdownSlug} from '../../shared/slugs.ts'
import {CountedSlugs} from '../../shared/unique-slugs.ts'

/** The kramdown options that determine the ids of its own input format. */
export interface KramdownOptions {
  autoIds: boolean
  prefix: string
  /** Ids are generated from the bare text, without code, entities and typographic symbols. */
  stripping: boolean
}

/**
 * Read kramdown's options for its own input format.
 *
 * @returns undefined for another input format, and for unsupported options
 */
export function readKramdownOptions(options: Record<string, unknown>): KramdownOptions | undefined {
  const {input, auto_ids: autoIds = true, auto_id_prefix: prefix = ''} = options
  const {auto_id_stripping: stripping = false, transliterated_header_ids: latin = false} = options
  if (input !== 'kramdown' && input !== 'Kramdown') return
  if (typeof autoIds !== 'boolean' || typeof prefix !== 'string' || typeof stripping !== 'boolean') return
  if (latin !== false || (options.html_to_native ?? false) !== false || options.template !== undefined) return
  return {autoIds, prefix, stripping}
}

/**
 * kramdown's ids for its own input format (`generate_id` of its converters), in the order of the headings; undefined
 * for a heading that kramdown does not recognize. Verified against kramdown itself.
 */
export function kramdownIds(
  headings: readonly Heading[],
  {autoIds, prefix, stripping}: KramdownOptions,
): (string | undefined)[] {
  const slugs = new CountedSlugs()
  return headings.map((heading) => {
    if (heading.html || heading.source === undefined) return undefined
    if (heading.id !== undefined) return heading.id
    if (!autoIds) return undefined
    const text = stripping ? bareText(heading) : heading.source
    return prefix + slugs.give(kramdownSlug(text) || 'section')
  })
}

/** The text without code and without the hyphens that become dashes. */
const bareText = ({text, code}: Heading) =>
  mapProse(
    text,
    code?.map(({start, end}) => ({start, end, replacement: ''})),
    (prose) => prose.replace(/---?/g, ''),
  )

/** Code spans that every parser recognizes. */
const CODE = /(?<![\\`])`[^`\s][^`]*`(?!`)/g
/**
 * Other backticks, math, guillemets, doubtful tags, attribute lists, references, and entities that kramdown may not
 * support.
 */
const UNCLEAR =
  /`|\$\$|<(?![/a-zA-Z][^<>]*>)|>>|\\[-<]|\{|\[\^|\](?!\()|&(?!(?:amp|lt|gt|quot|nbsp|copy|reg|trade|mdash|ndash|hellip|larr|rarr);)[#\w]/

/** May kramdown parse a heading's text differently from CommonMark? */
export const isUnclear = ({source}: Heading): boolean =>
  source !== undefined && UNCLEAR.test(source.replace(CODE, ''))

const NOT_IN_GFM_SLUG = /[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- \t]/gu

/**
 * The default ids of Jekyll: the algorithm of kramdown-parser-gfm (`generate_gfm_header_id`), applied to the rendered
 * text with kramdown's typographic symbols. Verified against kramdown itself.
 *
 * @returns an id for each heading; undefined for one written in HTML
 */
export function kramdownGfmIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new CountedSlugs()
  const plainSlugs = new CountedSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    if (heading.id !== undefined) return heading.id
    const text = withDashes(heading)
    // The GFM parser leaves elements of HTML to kramdown's own algorithm.
    if (heading.isInHtml) return plainSlugs.give(kramdownSlug(text) || 'section')
    return slugs.give(kramdownGfmSlug(text)) || undefined
  })
}

/** The text with the dash that kramdown substitutes for two or three hyphens. */
const withDashes = ({text, textWithoutId, code}: Heading): string =>
  mapProse(textWithoutId ?? text, code, (prose) => prose.replace(/---?/g, '–'))

/** `It is – a Test` → `it-is--a-test`. */
function kramdownGfmSlug(text: string): string {
  // Ruby has no final form of sigma.
  const lower = text.replaceAll('Σ', 'σ').toLowerCase()
  return lower.replace(NOT_IN_GFM_SLUG, '').replace(/[ \t]/g, '-')
}
