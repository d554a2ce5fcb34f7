import type {Heading} from '../../../page/types.ts'
import {mditVueSlug} from '../../shared/slugs.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/**
 * The id of each heading: the author's own, else a unique slug; undefined for one written in HTML.
 *
 * @param hasId Does a heading of this depth get an id?
 */
export function vitepressIds(
  headings: readonly Heading[],
  hasId: (depth: number) => boolean = () => true,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, id, text, textWithoutId, depth}) => {
    if (html) return undefined
    if (id === undefined) return hasId(depth) ? slugs.give(mditVueSlug(textWithoutId ?? text)) : undefined
    slugs.reserve(id)
    return id
  })
}
