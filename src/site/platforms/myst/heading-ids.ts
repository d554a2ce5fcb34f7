import type {Heading} from '../../../page/types.ts'
import {trimBoth, trimEnd, WHITE_SPACE} from '../../../text/trim.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The complement of Python's `\w`, which matches letters, numbers and the underscore, but not marks. */
const NOT_IN_SLUG = /[^\p{L}\p{N}_\u4e00-\u9fff\- ]/gu
/** Whitespace by Python's `strip`. */
const SPACES = `${WHITE_SPACE}\x1c\x1d\x1e\x1f`

/**
 * The anchors of `myst_heading_anchors` (`slugify` and `unique_slug` of mdit-py-plugins), verified against the
 * originals.
 *
 * @param depth The deepest level that gets one.
 */
export function mystSlugs(headings: readonly Heading[], depth: number): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, depth: level, text}) => {
    if (html || level > depth) return undefined
    const slug = trimBoth(text, SPACES).toLowerCase().replaceAll(' ', '-').replace(NOT_IN_SLUG, '')
    return slugs.give(slug)
  })
}

/** Letters that docutils transliterates before it removes accents. */
const SPELT: Record<string, string> = {
  ß: 'sz',
  æ: 'ae',
  œ: 'oe',
  ȸ: 'db',
  ȹ: 'qp',
  ø: 'o',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
}

/** The id that docutils derives from a name (`make_id`); empty if it has to generate one. */
export const docutilsId = (name: string): string =>
  trimEnd(
    name
      .toLowerCase()
      .replace(/[ßæœȸȹøđħıłŧ]/g, (letter) => SPELT[letter]!)
      .normalize('NFKD')
      .replace(/[^\0-\x7f]/g, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[-0-9]+/, ''),
    '-',
  )
