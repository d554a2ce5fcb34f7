import type {Heading} from '../../../page/types.ts'
import {mditVueSlug} from '../../shared/slugs.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/** The id of each heading: the author's own, else a unique slug; undefined for one written in HTML. */
export function vitepressIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, id, text, textWithoutId}) => {
    if (html) return undefined
    if (id === undefined) return slugs.give(mditVueSlug(textWithoutId ?? text))
    slugs.reserve(id)
    return id
  })
}
