import type {Page} from '../../page/types.ts'
import {mayAddIds} from './anchors.ts'

/** More pages are not put together. */
const MOST_INCLUDED = 100

/** A page and the pages that it includes. */
export interface IncludedPages {
  /** The page itself first; each page once. */
  pages: readonly Page[]
  /** Why it may include more. */
  incompleteBecause?: string
}

/**
 * Finds the page that a stretch of opaque content of a page includes, or gives the reason why that is not known; undefined
 * for content that includes no page.
 */
export type FindIncluded = (content: string, page: Page) => Page | string | undefined

/** Collect the pages that a page includes, directly or through others. */
export function includedPages(page: Page, find: FindIncluded): IncludedPages {
  const pages = new Set([page])
  const incompleteBecause = addIncluded(page, find, pages)
  return {pages: [...pages], ...(incompleteBecause !== undefined && {incompleteBecause})}
}

/** Add the pages in the order of the text, and give the reason why not all are known. */
function addIncluded(page: Page, find: FindIncluded, pages: Set<Page>): string | undefined {
  for (const content of page.opaqueContent) {
    const included = find(content, page)
    if (typeof included === 'string') return included
    if (included === undefined || pages.has(included)) continue
    if (pages.size === MOST_INCLUDED) return mayAddIds(content)
    pages.add(included)
    const reason = addIncluded(included, find, pages)
    if (reason !== undefined) return reason
  }
  return
}
