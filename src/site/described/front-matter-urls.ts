import type {Page} from '../../page/types.ts'
import {joinPath} from '../../text/paths.ts'
import {record, strings} from '../shared/data.ts'

/** Keys of URLs at which generators publish a page, or from which they redirect to it. */
const KEY = /url|permalink|slug|path|alias|redirect/i
/** Further URLs of a page are ignored. */
const MOST_URLS = 50

/**
 * The routes that the front matter of a page gives it: `oldUrl: /old/setup/` and `slug: set-up` in the folder `guide`
 * → `old/setup`, `guide/set-up`.
 *
 * @param folder The route of the page's folder.
 */
export function routesInFrontMatter({frontMatter}: Page, folder: string): string[] {
  return Object.entries(record(frontMatter?.data))
    .filter(([key]) => KEY.test(key))
    .flatMap(([, value]) => strings(value))
    .slice(0, MOST_URLS)
    .flatMap((url) => routeIn(url, folder) ?? [])
}

function routeIn(url: string, folder: string): string | undefined {
  if (url.startsWith('/')) return joinPath('', url)
  return /^[\w./-]+$/.test(url) ? joinPath(folder, url) : undefined
}
