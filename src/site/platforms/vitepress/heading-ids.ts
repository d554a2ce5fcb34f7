import type {Heading} from '../../../page/types.ts'
import {trimBoth} from '../../../text/trim.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** Whitespace and punctuation, including typographic quotes, which become a hyphen. */
const SEPARATORS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g

/** VitePress's default slug, `slugify` of `@mdit-vue/shared`, verified against it: `2. Déjà vu?` → `_2-deja-vu`. */
export const vitepressSlug = (text: string): string =>
  trimBoth(
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]|[\0-\x1f]/g, '')
      .replace(SEPARATORS, '-')
      .replace(/-{2,}/g, '-'),
    '-',
  )
    .replace(/^(?=\d)/, '_')
    .toLowerCase()

/** The id of each heading: the author's own, else a unique slug; undefined for one written in HTML. */
export function vitepressIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, id, text, textWithoutId}) => {
    if (html) return undefined
    if (id === undefined) return slugs.give(vitepressSlug(textWithoutId ?? text))
    slugs.reserve(id)
    return id
  })
}
