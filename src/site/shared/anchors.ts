import type {Heading, Page} from '../../page/types.ts'
import type {Anchors} from '../types.ts'

/** The facts that a page's anchors are made from. */
export interface AnchorFacts {
  /** The id of each heading of the page, in order. */
  ofHeadings: readonly (string | undefined)[]
  /** Every id on the page, those of headings among them; missing and empty ones do not count. */
  ids: Iterable<string | undefined>
  /** The id that the platform would give a heading of this text. */
  idOf(text: string): string | undefined
  /** Does a fragment lead to something that no id of the page shows, such as a footnote or a part of the theme? */
  alsoHas?(fragment: string): boolean
  /** Why the page may hold more ids than could be seen. */
  incompleteBecause?: string | undefined
}

/** Make the anchors of a page: its ids, and its top, which an empty fragment and `top` lead to in every browser. */
export function makeAnchors({ofHeadings, ids: all, idOf, alsoHas, incompleteBecause}: AnchorFacts): Anchors {
  const ids = new Set<string>()
  for (const id of all) if (id) ids.add(id)
  return {
    ids,
    ofHeadings,
    idOf,
    has: (fragment) =>
      ids.has(fragment) || fragment === '' || fragment === 'top' || (alsoHas?.(fragment) ?? false),
    ...(incompleteBecause !== undefined && {incompleteBecause}),
  }
}

/** The ids that a page's HTML gives to its elements. */
export const idsOfHtml = ({ids}: Page): string[] => ids.filter(({from}) => from === 'html').map(({id}) => id)

/** The reason that something on the page, named by its first line, may add ids. */
export const mayAddIds = (content: string): string => `${content.split('\n', 1)[0]} may add ids`

/** The reason that the id of a heading could be another one. */
export const uncertainId = ({text}: Heading): string => `the id of “${text}” is uncertain`
