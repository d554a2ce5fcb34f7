import type {Heading} from '../../../page/types.ts'
import {trimBoth, WHITE_SPACE} from '../../../text/trim.ts'
import {mapProse} from '../../shared/headings.ts'
import {takeAttributes} from '../../shared/pulldown-attributes.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The details of ids that depend on the version and configuration of mdBook. */
export interface MdbookIdOptions {
  /** Two or more hyphens become dashes, which ids omit. */
  smart: boolean
  /** Only ASCII letters are lowercased, and a heading may have no id, as before mdBook 0.5. */
  ascii?: boolean
}

const NOT_IN_SLUG = /[^\p{Alphabetic}\p{N}_\-\p{White_Space}]/gu

/**
 * mdBook's ids (`id_from_content` and `unique_id` of mdbook-html).
 *
 * @returns an id for each heading; undefined for one written in HTML
 */
export function mdbookIds(
  headings: readonly Heading[],
  {smart, ascii}: MdbookIdOptions,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    const {text, code} = heading
    const hasList = !code?.some(({end}) => end === text.length)
    const own = hasList && /(?:^|\s)#(\S+)/.exec(takeAttributes(text).inside)
    if (own) return own[1]!
    const shown = smart ? mapProse(text, code, (prose) => prose.replace(/-{2,}/g, '–')) : text
    const slug = slugOf(hasList ? takeAttributes(shown).rest : shown, ascii ?? false)
    if (slug === '' && ascii) return undefined
    return slugs.give(slug || 'section')
  })
}

/** `The “Box” type` → `the-box-type`. */
function slugOf(text: string, ascii: boolean): string {
  const trimmed = trimBoth(text, WHITE_SPACE)
  const lower = ascii ? trimmed.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : trimmed.toLowerCase()
  return lower.replace(NOT_IN_SLUG, '').replace(/\p{White_Space}/gu, '-')
}
