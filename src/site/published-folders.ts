import {trimEnd} from '../text/trim.ts'
import {decodePercent, withoutQuery} from '../text/urls.ts'
import {canonicalUrl} from './shared/canonical-url.ts'
import {basePathOf, isUrlAtOrBelow} from './site-urls.ts'
import type {Site} from './types.ts'
import {foldersOf} from './url-folders.ts'

/** The folders of the URLs that a site publishes. */
export interface Folders {
  /** Is a URL path in a folder with pages of the site, or at its top? Other repositories may publish at the same host. */
  placeOf(url: string): 'folder' | 'top' | 'elsewhere'
  /** Is a URL path that of such a folder? It may be redirected to one of its pages. */
  isFolder(url: string): boolean
  /** Is there a page at a URL path that some hosts serve, too: in other letter case, or with `index` at the end? */
  isServedBySomeHosts(url: string): boolean
}

/** An index of a folder in the tree: `guide/index.md`, `guide/_index.md`, `guide/README.md`. */
const INDEX = /(?:^|\/)(?:_?index|readme)\.[^/]*$/i

/** Index the folders of a site, given by the URL paths of its files. */
export function publishedFolders(site: Site, files: ReadonlyMap<string, readonly string[]>): Folders {
  const published = [...files.keys()]
  // Without other pages, `/docs/` of a file `docs.md` may be a folder of another site.
  const pages = [...files].map(([url, of]) => (of.some((file) => INDEX.test(file)) ? url : trimEnd(url, '/')))
  const folders = new Set([...foldersOf(urlsBelowBase(pages, site))].map(withoutDates))
  let folded: Set<string> | undefined
  return {
    placeOf: (url) => {
      const folder = folderAt(url, site)
      if (folder === '') return 'top'
      return folders.has(folder) ? 'folder' : 'elsewhere'
    },
    isFolder: (url) => folders.has(folderAt(`${trimEnd(withoutQuery(url), '/')}/x`, site)),
    isServedBySomeHosts: (url) => {
      folded ??= new Set(published.map(fold))
      return folded.has(fold(decodePercent(withoutQuery(url))))
    },
  }
}

/** A URL path as the most lenient hosts compare it: `/Guide/`, `/guide/index/` → `/guide` */
const fold = (url: string) => canonicalUrl(url.replace(/\/index\/$/, '/')).toLowerCase()

/** The folder of a URL path, below the site's base: `/guide/` for `/docs/guide/setup`; empty at the top. */
function folderAt(url: string, site: Site): string {
  const path = decodePercent(withoutQuery(url)).slice(basePathOf(site).length)
  return withoutDates(/^(\/.*\/)[^/]+\/?$/.exec(path)?.[1] ?? '')
}

/** A folder with any date in it, since each post has one of its own: `/blog/2024/02/28/` → `/blog/0/0/0/` */
const withoutDates = (folder: string): string => folder.replace(/\/\d{1,4}(?=\/)/g, '/0')

/** URL paths of a site below its base, which those of some platforms include. */
function urlsBelowBase(urls: readonly string[], site: Site): readonly string[] {
  const base = basePathOf(site)
  const haveBase = base !== '' && urls.every((url) => isUrlAtOrBelow(url, base))
  return haveBase ? urls.map((url) => url.slice(base.length)) : urls
}
