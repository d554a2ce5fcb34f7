import type {Heading} from '../../../page/types.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** .NET examines UTF-16 units, and neither half of a surrogate pair is a letter. */
const NOT_IN_SLUG = /[\u{10000}-\u{10FFFF}]|[^\p{L}\p{Nd}_ -]/gu

/**
 * Markdig's ids (`UrilizeAsGfm` and `AutoIdentifierExtension`).
 *
 * @returns an id for each heading; none for one written in HTML
 */
export function markdigIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, text}) => (html ? undefined : slugs.give(markdigSlug(text) || 'section')))
}

/** `Build & Run` → `build--run`. */
const markdigSlug = (text: string) =>
  text
    .replace(NOT_IN_SLUG, '')
    .replaceAll(' ', '-')
    // .NET lowercases unit by unit: there is no final sigma, and no letter becomes two.
    .replaceAll('Σ', 'σ')
    .split('İ')
    .map((part) => part.toLowerCase())
    .join('İ')
