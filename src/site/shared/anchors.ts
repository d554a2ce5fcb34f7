import {MASK_CHARACTER} from '../../page/template/mask.ts'
import type {Heading, Page} from '../../page/types.ts'
import {lettersOf} from '../../text/nearest.ts'
import {decodePercent} from '../../text/urls.ts'
import {type Doubt, doubt} from '../doubts.ts'
import type {AnchorDoubt, Anchors} from '../types.ts'
import {Adds} from './component-code.ts'

/** The facts that the anchors of a page are derived from. */
export interface AnchorFacts {
  /** The id of each heading of the page, in order. */
  ofHeadings: readonly (string | undefined)[]
  /** Every id on the page, including those of headings; undefined and empty ones are ignored. */
  ids: Iterable<string | undefined>
  /** The id that the platform would give a heading with this text. */
  idOf(text: string): string | undefined
  /** Does a fragment exist although no id of the page shows it, such as a footnote's or one of the theme's? */
  alsoHas?(fragment: string): boolean
  /** A reason why the page may have more ids than were found, which is about all fragments. */
  incompleteBecause?: Doubt | undefined
  /** Further reasons, each about some fragments. */
  doubts?: readonly AnchorDoubt[]
}

/** Create the anchors of a page: its ids, and its top, which an empty fragment and `top` lead to in every browser. */
export function makeAnchors({
  ofHeadings,
  ids: all,
  idOf,
  alsoHas,
  incompleteBecause,
  doubts = [],
}: AnchorFacts): Anchors {
  const ids = new Set<string>()
  const computed: AnchorDoubt[] = []
  /** Browsers compare a fragment as written, then percent-decoded: `#a%20b` leads to `id="a%20b"`. */
  const decoded = new Set<string>()
  for (const id of all)
    if (id?.includes(MASK_CHARACTER)) computed.push(computedId(id))
    else if (id) {
      ids.add(id)
      if (id.includes('%')) decoded.add(decodePercent(id))
    }
  return {
    ids,
    ofHeadings,
    idOf,
    has: (fragment) =>
      ids.has(fragment) ||
      decoded.has(fragment) ||
      fragment === '' ||
      isTop(fragment) ||
      (alsoHas?.(fragment) ?? false),
    doubts: [...(incompleteBecause ? [incompleteBecause] : []), ...doubts, ...computed],
  }
}

/** The doubt about an id in HTML, of which template code computes a part: `<p id="lamp-{{ name }}">` has one of `lamp-*`. */
function computedId(id: string): AnchorDoubt {
  const start = id.slice(0, id.indexOf(MASK_CHARACTER))
  const end = id.slice(id.lastIndexOf(MASK_CHARACTER) + 1)
  if (start === '' && end === '') return doubt('content-ids', 'template code')
  return {
    ...doubt('template-ids', 'template code'),
    covers: (fragment) => fragment.startsWith(start) && fragment.endsWith(end),
  }
}

/** Does a fragment lead to the top of any page? Letter case does not matter (HTML Standard, 7.4.6.4). */
export const isTop = (fragment: string): boolean => fragment.toLowerCase() === 'top'

/** The ids that a page's HTML gives to its elements. */
export const idsOfHtml = ({ids}: Page): string[] => ids.filter(({from}) => from === 'html').map(({id}) => id)

/** The reason why something on the page, named by its first line, may add ids. */
export const mayAddIds = (content: string): Doubt => doubt('content-ids', content.split('\n', 1)[0])

/** The reason why a component of a page may add ids; none if it adds nothing. */
export const doubtsOfComponent = (name: string, adds: Adds): Doubt[] =>
  adds === Adds.Nothing
    ? []
    : [doubt(adds === Adds.Content ? 'component-content' : 'content-ids', `<${name}>`)]

/** The reason why the id of a heading may differ. */
export const uncertainId = ({text}: Heading): Doubt => doubt('heading-id', text)

/**
 * A doubt about the slugs that headings get. It is not about a page whose headings have ids of their own, nor about one of
 * these in another spelling: `#_method` for `## Method {#method}`.
 */
export function aboutSlugs(headings: readonly Heading[], why: Doubt): AnchorDoubt[] {
  const withSlug = headings.filter(({id, html}) => id === undefined && !html)
  if (withSlug.length === 0) return []
  const ofAuthor = new Set(headings.flatMap(({id}) => (id === undefined ? [] : lettersOf(id))))
  for (const {text} of withSlug) ofAuthor.delete(lettersOf(text))
  return ofAuthor.size === 0 ? [why] : [{...why, covers: (fragment) => !ofAuthor.has(lettersOf(fragment))}]
}
