import {decodePercent, withoutQuery} from '../text/urls.ts'
import {declaredAnswer} from './declared-answer.ts'
import {followRedirects} from './follow-redirects.ts'
import type {ResolverContext} from './resolver-context.ts'
import {basePathOf, browserLink, isUrlAtOrBelow} from './site-urls.ts'
import type {MissingTarget, Resolution, Site} from './types.ts'

type Remote = Resolution & {to: 'remote'}

/**
 * Create the function that resolves absolute URLs against the sites of the tree published there. A URL that cannot be
 * attributed to one of them with certainty stays remote.
 */
export function ownUrlResolver(context: ResolverContext): (remote: Remote, from: string) => Resolution {
  const {sites, of, publishedBy} = context
  // Longest first, since one site may be below another.
  const homes = sites.filter(({home}) => home !== undefined).sort((a, b) => b.home!.length - a.home!.length)
  const sections = new Map<Site, ReadonlySet<string>>()

  const siteAt = (url: string, from: string): Site | undefined => {
    const nearest = homes.find(({home}) => isUrlAtOrBelow(url, home!))
    const alike = homes.filter(({home}) => home === nearest?.home)
    // Several sites with the same home are examples; each only resolves links of its own pages.
    return alike.length > 1 ? alike.find((site) => site === of(from)) : nearest
  }

  /** The page of the site to resolve from: the linking page, if the site publishes it. */
  const pageOf = (site: Site, from: string): string | undefined => {
    if (of(from) === site && site.urlsOf(from).length > 0) return from
    const [files] = publishedBy(site).values()
    return files?.[0]
  }

  const sectionsOf = (site: Site): ReadonlySet<string> => {
    let found = sections.get(site)
    if (!found) sections.set(site, (found = foldersOf(urlsBelowBase([...publishedBy(site).keys()], site))))
    return found
  }

  return (remote, from) => {
    const site = siteAt(remote.url, from)
    const page = site && pageOf(site, from)
    if (!site || page === undefined) return remote
    const path = remote.url.slice(new URL(site.home!).origin.length)
    const url = path.startsWith('/') ? path : `/${path}`
    const found = resolveOn(site, url, page, context)
    if (found.to === 'page') return {...found, published: true}
    if (found.to === 'file') return found
    // Other repositories may publish at the top of the host; a folder with pages of the site belongs to the site.
    if (!sectionsOf(site).has(sectionAt(url, site))) return remote
    return isServedAsHtml(site, url, page, context) ? remote : (ownMissing(found) ?? remote)
  }
}

/** Is a URL that of a page with `.html` added? Some hosts serve the page there, too. */
function isServedAsHtml(site: Site, url: string, page: string, context: ResolverContext): boolean {
  const plain = url.replace(/\.html?(?=[?#]|$)/, '')
  return plain !== url && resolveOn(site, plain, page, context).to === 'page'
}

/** A missing target, certain or doubted, without a suggestion. */
function ownMissing(found: Resolution): Resolution | undefined {
  if (found.to === 'missing') return withoutSuggestion(found)
  if (found.to !== 'unknown' || !found.otherwise) return
  return {...found, otherwise: withoutSuggestion(found.otherwise)}
}

const withoutSuggestion = ({to, path, why}: MissingTarget): MissingTarget => ({to, path, why})

function resolveOn(site: Site, url: string, page: string, {rules}: ResolverContext): Resolution {
  const link = browserLink(url)
  const found = declaredAnswer(site.resolve(link, page), link, page, site)
  if (found.to === 'missing') return followRedirects(found, link, page, site, rules?.redirects)
  if (found.to !== 'unknown' || !found.otherwise) return found
  const followed = followRedirects(found.otherwise, link, page, site, rules?.redirects)
  return followed.to === 'missing' ? {...found, otherwise: followed} : followed
}

/** The folder of a URL path, below the site's base: `/guide/` for `/docs/guide/setup`; empty at the top. */
function sectionAt(url: string, site: Site): string {
  const path = decodePercent(withoutQuery(url)).slice(basePathOf(site).length)
  return /^(\/.*\/)[^/]+\/?$/.exec(path)?.[1] ?? ''
}

/** URL paths of a site below its base, which those of some platforms include. */
function urlsBelowBase(urls: readonly string[], site: Site): readonly string[] {
  const base = basePathOf(site)
  const haveBase = base !== '' && urls.every((url) => isUrlAtOrBelow(url, base))
  return haveBase ? urls.map((url) => url.slice(base.length)) : urls
}

/** URLs nested deeper are in no section. */
const DEEPEST = 50

/** The folders of URL paths, each with a slash at both ends. */
function foldersOf(urls: Iterable<string>): Set<string> {
  const found = new Set<string>()
  for (const url of urls) {
    let slash = url.indexOf('/', 1)
    for (let depth = 0; slash > 0 && depth < DEEPEST; depth++) {
      found.add(url.slice(0, slash + 1))
      slash = url.indexOf('/', slash + 1)
    }
  }
  return found
}
