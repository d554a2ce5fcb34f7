import type {Page} from '../../page/types.ts'
import type {Doubt} from '../doubts.ts'
import {mayAddIds} from './anchors.ts'

/** Beyond this number, included pages are ignored. */
const MOST_INCLUDED = 100

/** A page and the pages that it includes, directly or indirectly. */
export interface IncludedPages {
  /** The including page first; each page once. */
  pages: readonly Page[]
  /** The reason why it may include more. */
  incompleteBecause?: Doubt
}

/**
 * Finds the page that opaque content of a page includes, or the reason why that is unknown; undefined if it includes
 * none.
 */
export type FindIncluded = (content: string, page: Page) => Page | Doubt | undefined

/** Collect the pages that a page includes, directly or indirectly. */
export function includedPages(page: Page, find: FindIncluded): IncludedPages {
  const pages = new Set([page])
  const incompleteBecause = addIncluded(page, find, pages)
  return {pages: [...pages], ...(incompleteBecause !== undefined && {incompleteBecause})}
}

/** Add the pages in text order, and return the reason why some may be unknown. */
function addIncluded(page: Page, find: FindIncluded, pages: Set<Page>): Doubt | undefined {
  for (const content of page.opaqueContent) {
    const included = find(content, page)
    if (included === undefined) continue
    if ('reason' in included) return included
    if (pages.has(included)) continue
    if (pages.size === MOST_INCLUDED) return mayAddIds(content)
    pages.add(included)
    const reason = addIncluded(included, find, pages)
    if (reason !== undefined) return reason
  }
  return
}
