import {folderOf, joinPath} from '../text/paths.ts'
import {decodePercent, hashOf, withoutQuery} from '../text/urls.ts'
import type {Redirects} from './redirects.ts'
import type {Resolution, Site, SiteLink} from './types.ts'

/** A page that somebody has made. */
const HTML = /\.html?(?:[?#]|$)/
/** Further than any browser follows is no use. */
const MOST_REDIRECTS = 5

/**
 * Make what finds out where links lead: the site of the page answers; a redirect leads on from where nothing is; and
 * the full URL of a site of the tree, `https://docs.example.org/x`, is looked up in that site.
 */
export function resolverOf(
  sites: readonly Site[],
  of: (path: string) => Site,
  publishedBy: (site: Site) => ReadonlyMap<string, readonly string[]>,
  redirects: Redirects | undefined,
): (from: string) => (link: SiteLink) => Resolution {
  // The longest address first: one site may be below another.
  const sections = new Map<Site, ReadonlySet<string>>()
  const homes = sites.filter(({home}) => home !== undefined).sort((a, b) => b.home!.length - a.home!.length)
  return (from) => {
    const site = of(from)
    const follow = site.host ? undefined : redirects
    return (link) => {
      const found = site.resolve(link, from)
      if (found.to === 'remote' && homes.length > 0) return onOwnSite(found, from)
      // Where there are generators, a page may be another one's source, though none is known to read it.
      if (found.to === 'missing' && !found.evidence && site.host && sites.length > 0 && HTML.test(link.url))
        return {to: 'unknown', why: 'a program may make it'}
      const answer = found.to === 'missing' && follow ? redirected(found, site, link, from, follow) : found
      return site.assumed ? withoutGuess(answer, link) : answer
    }
  }

  function onOwnSite(found: Resolution & {to: 'remote'}, from: string): Resolution {
    const nearest = homes.find(({home}) => leadsBelow(found.url, home!))
    if (!nearest) return found
    // Several sites of one address are examples, of which each knows its own pages.
    const claiming = homes.filter(({home}) => home === nearest.home)
    const site = claiming.length === 1 ? nearest : claiming.find((each) => each === of(from))
    if (!site) return found
    const path = found.url.slice(originOf(site.home!).length)
    const url = path.startsWith('/') ? path : `/${path}`
    const isPublished = of(from) === site && site.urlsOf(from).length > 0
    const [first] = publishedBy(site).values()
    const own = isPublished ? from : first?.[0]
    if (own === undefined) return found
    const inside = site.resolve({url, kind: 'html', tag: 'a'}, own)
    const there =
      inside.to === 'missing' && redirects
        ? redirected(inside, site, {url, kind: 'html', tag: 'a'}, own, redirects)
        : inside
    if (there.to === 'page') return {...there, published: true}
    if (there.to !== 'missing') return there.to === 'file' ? there : found
    // At the top of a host may be what other repositories publish; a folder of the site's pages is the site's own.
    return isInSection(url, site) ? {to: 'missing', path: there.path, why: there.why} : found
  }

  function isInSection(url: string, site: Site): boolean {
    const path = decodePercent(withoutQuery(url)).slice(baseOf(site).length)
    const folder = /^(\/.*\/)[^/]+\/?$/.exec(path)?.[1]
    if (folder === undefined) return false
    let found = sections.get(site)
    if (!found) sections.set(site, (found = foldersOf(publishedBy(site).keys())))
    return found.has(folder)
  }
}

/** Where the platform is assumed, only the slip of the name of a file beside the page proves what is meant. */
function withoutGuess(found: Resolution, {url}: SiteLink): Resolution {
  if (found.to !== 'missing' || !found.evidence) return found
  const path = decodePercent(withoutQuery(url))
  const extension = path.startsWith('/') ? undefined : /\.\w+(?=\/?$)/.exec(path)?.[0].toLowerCase()
  const isNamed = extension !== undefined && found.suggestion!.toLowerCase().endsWith(extension)
  if (found.evidence === 'spelling' && isNamed) return found
  const {evidence: _, ...missing} = found
  return missing
}

function redirected(
  found: Resolution & {to: 'missing'},
  site: Site,
  link: SiteLink,
  from: string,
  redirects: Redirects,
): Resolution {
  let url = found.url ?? link.url
  let at: Resolution = found
  for (let hop = 0; hop < MOST_REDIRECTS && at.to === 'missing'; hop++) {
    const next = redirects.find(site.root, pathsOf(url, site, from), at.path)
    if (!next) return hop === 0 ? found : at
    if (next.to === undefined) return {to: 'outside', why: `${next.file} redirects it`}
    const hash = next.to.includes('#') ? '' : hashOf(url)
    url = next.to + hash
    at = site.resolve({url, kind: 'html', tag: 'a'}, from)
    if (at.to === 'remote') return {to: 'outside', why: `${next.file} redirects it to ${next.to}`}
  }
  // What leads nowhere after all is what the author wrote.
  return at.to === 'missing' ? found : at
}

/** The paths by which a host may know a URL on a site: as written, and with or without the site's base. */
function pathsOf(url: string, site: Site, from: string): string[] {
  const path = decodePercent(withoutQuery(url))
  const [own] = site.urlsOf(from)
  if (!path.startsWith('/') && own === undefined) return []
  const absolute = path.startsWith('/') ? path : `/${joinPath(folderOf(own!.slice(1)), path)}`
  const base = baseOf(site)
  return base === ''
    ? [absolute]
    : leadsBelow(absolute, base)
      ? [absolute, absolute.slice(base.length) || '/']
      : [absolute, base + absolute]
}

/** Deeper URLs are in no section. */
const DEEPEST = 50

/** The folders of URLs, with a slash at the end. */
function foldersOf(urls: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const url of urls) {
    let depth = 0
    for (
      let slash = url.indexOf('/', 1);
      slash > 0 && depth < DEEPEST;
      slash = url.indexOf('/', slash + 1), depth++
    )
      found.add(url.slice(0, slash + 1))
  }
  return found
}

const originOf = (home: string) => new URL(home).origin

/** The path of a site on its host, without a slash at the end. */
const baseOf = ({home}: Site) => (home === undefined ? '' : new URL(home).pathname.replace(/\/$/, ''))

const leadsBelow = (url: string, folder: string) =>
  url.startsWith(folder) && /^(?:[/?#]|$)/.test(url.slice(folder.length))
