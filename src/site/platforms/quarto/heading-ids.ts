import type {Heading} from '../../../page/types.ts'
import {mapProse} from '../../shared/headings.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/**
 * Pandoc's `auto_identifiers` with its `smart` typography (`textToIdentifier` of its Text.Pandoc.Shared). Verified
 * against Pandoc itself.
 *
 * @returns an id for each heading; undefined for one written in HTML
 */
export function pandocIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map((heading) => {
    if (heading.html) return undefined
    if (heading.id === undefined) return slugs.give(pandocSlug(heading))
    slugs.reserve(heading.id)
    return heading.id
  })
}

/** `3. A “Test” -- now…` → `a-test-now`: dashes and ellipses are dropped. */
function pandocSlug({text, textWithoutId, code}: Heading): string {
  const words = mapProse(textWithoutId ?? text, code, (prose) => prose.replace(/---?|\.\.\./g, ''))
    // Haskell has no final form of sigma.
    .replaceAll('Σ', 'σ')
    .toLowerCase()
    .replace(/[^\s\p{L}\p{N}_.-]/gu, '')
    .split(/\s+/)
    .filter(Boolean)
  return words.join('-').replace(/^[^\p{L}]+/u, '') || 'section'
}
