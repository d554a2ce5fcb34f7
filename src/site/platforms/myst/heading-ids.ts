import type {Heading} from '../../../page/types.ts'
import {trimBoth, trimEnd, WHITE_SPACE} from '../../../text/trim.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** All but Python's `\w`, which matches letters, numbers and the underscore, but not marks. */
const NOT_IN_SLUG = /[^\p{L}\p{N}_\u4e00-\u9fff\- ]/gu
/** White space as Python's `strip` counts it. */
const SPACES = `${WHITE_SPACE}\x1c\x1d\x1e\x1f`

/**
 * The anchors of `myst_heading_anchors` (`slugify` and `unique_slug` of mdit-py-plugins), checked against the real ones.
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

/** Letters that docutils spells out before it takes accents away. */
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

/** The id that docutils gives to a name (`make_id`), empty where it has to make one up. */
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
