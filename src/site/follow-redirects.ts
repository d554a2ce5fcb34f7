import {folderOf, joinPath} from '../text/paths.ts'
import {decodePercent, hashOf, withoutQuery} from '../text/urls.ts'
import type {Redirects} from './redirects.ts'
import {basePathOf, browserLink, isUrlAtOrBelow} from './site-urls.ts'
import type {Resolution, Site, SiteLink} from './types.ts'

/** Browsers follow more, but no site's redirects need them. */
const MOST_REDIRECTS = 5

/** Follow redirects from a missing target. If they end at a missing target too, the original one is reported. */
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

/** The paths under which a host may know a URL of a site: as written, and with or without the site's base. */
function pathsOf(url: string, site: Site, from: string): string[] {
  const path = absolutePath(decodePercent(withoutQuery(url)), site, from)
  if (path === undefined) return []
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
