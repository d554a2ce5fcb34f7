import {isMarkdownFile} from '../text/markdown-files.ts'
import {folderOf, joinPath, pathBelow} from '../text/paths.ts'
import {decodePercent, withoutQuery} from '../text/urls.ts'
import {basePathOf, isUrlAtOrBelow} from './site-urls.ts'
import type {Site} from './types.ts'

/** The paths under which a host may know a URL of a site: as written, and with or without the site's base. */
export function urlPathsOf(url: string, site: Site, from: string): string[] {
  const path = absolutePath(decodePercent(withoutQuery(url)), site, from)
  return path === undefined ? [] : withAndWithoutBase(path, site)
}

function withAndWithoutBase(path: string, site: Site): string[] {
  const base = basePathOf(site)
  if (base === '') return [path]
  return isUrlAtOrBelow(path, base) ? [path, path.slice(base.length) || '/'] : [path, base + path]
}

/** The path from the host's root; undefined for a relative path on a page whose URL is unknown. */
function absolutePath(path: string, site: Site, from: string): string | undefined {
  if (path.startsWith('/')) return path
  const [own] = site.urlsOf(from)
  return own === undefined ? undefined : `/${joinPath(folderOf(own.slice(1)), path)}`
}

/**
 * The URL paths at which a file that does not exist would be published, judging by the URL of a page that links to it:
 * if `docs/guide/setup.md` is at `/guide/setup/`, `docs/api/index.md` → `/api/index`.
 */
export function urlPathsOfSource(path: string, site: Site, from: string): string[] {
  const route = isMarkdownFile(path) ? path.replace(/\.\w+$/, '') : path
  const [own] = site.urlsOf(from)
  if (own === undefined) {
    const below = pathBelow(route, site.root)
    return below === undefined ? [] : [`/${below}`]
  }
  const source = from.replace(/\.\w+$/, '').split('/')
  const url = own.split('/').filter(Boolean)
  // The URL of an index page is that of its folder.
  if (source.at(-1) !== url.at(-1)) source.pop()
  while (source.length > 0 && source.at(-1) === url.at(-1)) {
    source.pop()
    url.pop()
  }
  const below = pathBelow(route, source.join('/'))
  return below === undefined ? [] : withAndWithoutBase(`/${joinPath(url.join('/'), below)}`, site)
}
