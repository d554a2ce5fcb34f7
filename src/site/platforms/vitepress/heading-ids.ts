import type {Heading} from '../../../page/types.ts'
import {mditVueSlug} from '../../shared/slugs.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'

/**
 * The id of each heading: the author's own, else a unique slug; undefined for one written in HTML.
 *
 * @param hasId Does a heading of this depth get an id?
 * @param slug The slug of a text, which depends on the version.
 */
export function vitepressIds(
  headings: readonly Heading[],
  hasId: (depth: number) => boolean = () => true,
  slug: (text: string) => string = mditVueSlug,
): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, id, text, textWithoutId, depth}) => {
    if (html) return undefined
    if (id === undefined) return hasId(depth) ? slugs.give(slug(textWithoutId ?? text)) : undefined
    slugs.reserve(id)
    return id
  })
}
