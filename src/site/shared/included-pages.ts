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
 * Collect the pages that a page includes, directly or through others.
 *
 * @param included Finds the page that a stretch of opaque content of a page includes, or gives the reason why that is not
 * known; undefined for content that includes no page.
 */
export function includedPages(
  page: Page,
  included: (content: string, page: Page) => Page | string | undefined,
): IncludedPages {
  const pages = new Set([page])
  const include = (from: Page): string | undefined => {
    for (const content of from.opaqueContent) {
      const found = included(content, from)
      if (found === undefined) continue
      if (typeof found === 'string') return found
      if (pages.has(found)) continue
      if (pages.size === MOST_INCLUDED) return mayAddIds(content)
      pages.add(found)
      const reason = include(found)
      if (reason !== undefined) return reason
    }
    return
  }
  const incompleteBecause = include(page)
  return {pages: [...pages], ...(incompleteBecause !== undefined && {incompleteBecause})}
}
