import {folderOf, joinPath} from '../text/paths.ts'
import {decodePercent, hashOf, withoutQuery} from '../text/urls.ts'
import type {Redirects} from './redirects.ts'
import {basePathOf, browserLink, isUrlAtOrBelow} from './site-urls.ts'
import type {Resolution, Site, SiteLink} from './types.ts'

/** Browsers follow more, but no table of a site needs them. */
const MOST_REDIRECTS = 5

/** Follow the redirects from where nothing is; what leads nowhere after all is missing where the author wrote it. */
export function followRedirects(
  missing: Resolution & {to: 'missing'},
  link: SiteLink,
  from: string,
  site: Site,
  redirects: Redirects,
): Resolution {
  let url = missing.url ?? link.url
  let at = missing
  for (let count = 0; count < MOST_REDIRECTS; count++) {
    const redirect = redirects.find(site.root, pathsOf(url, site, from), at.path)
    if (!redirect) return at
    const {to, file} = redirect
    if (to === undefined) return {to: 'outside', why: `${file} redirects it`}
    url = to.includes('#') ? to : to + hashOf(url)
    const next = site.resolve(browserLink(url), from)
    if (next.to === 'remote') return {to: 'outside', why: `${file} redirects it to ${to}`}
    if (next.to !== 'missing') return next
    at = next
  }
  return missing
}

/** The paths by which a host may know a URL on a site: as written, and with or without the site's base. */
function pathsOf(url: string, site: Site, from: string): string[] {
  const path = absolutePath(decodePercent(withoutQuery(url)), site, from)
  if (path === undefined) return []
  const base = basePathOf(site)
  if (base === '') return [path]
  return isUrlAtOrBelow(path, base) ? [path, path.slice(base.length) || '/'] : [path, base + path]
}

/** A path from the root of the host; undefined for a relative one on a page whose URL is not known. */
function absolutePath(path: string, site: Site, from: string): string | undefined {
  if (path.startsWith('/')) return path
  const [own] = site.urlsOf(from)
  return own === undefined ? undefined : `/${joinPath(folderOf(own.slice(1)), path)}`
}
