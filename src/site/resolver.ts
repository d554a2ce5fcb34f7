import {decodePercent, withoutQuery} from '../text/urls.ts'
import {followRedirects} from './follow-redirects.ts'
import {ownUrlResolver} from './own-urls.ts'
import type {ResolverContext} from './resolver-context.ts'
import type {Resolution, Site, SiteLink} from './types.ts'

const HTML_PAGE = /\.html?(?:[?#]|$)/

/**
 * Make the function that resolves the links of a page: the page's site answers; where nothing is, a redirect may lead
 * on; and the full URL of a site of the tree, `https://docs.example.org/x`, is looked up in that site.
 */
export function resolverOf(context: ResolverContext): (from: string) => (link: SiteLink) => Resolution {
  const resolveOwnUrl = ownUrlResolver(context)
  return (from) => {
    const site = context.of(from)
    return (link) => {
      const found = site.resolve(link, from)
      if (found.to === 'remote') return resolveOwnUrl(found, from)
      return found.to === 'missing' ? resolveMissing(found, link, from, site, context) : found
    }
  }
}

function resolveMissing(
  missing: Resolution & {to: 'missing'},
  link: SiteLink,
  from: string,
  site: Site,
  {sites, redirects}: ResolverContext,
): Resolution {
  // Where there are generators, a page may be another one's source, though none is known to read it.
  if (site.host && sites.length > 0 && !missing.evidence && HTML_PAGE.test(link.url))
    return {to: 'unknown', why: 'a program may make it'}
  const found = redirects && !site.host ? followRedirects(missing, link, from, site, redirects) : missing
  return site.assumed ? withoutGuess(found, link) : found
}

/** Where the platform is assumed, only a misspelled name of a file beside the page proves which one is meant. */
function withoutGuess(found: Resolution, {url}: SiteLink): Resolution {
  if (found.to !== 'missing' || !found.evidence) return found
  const path = decodePercent(withoutQuery(url))
  const extension = path.startsWith('/') ? undefined : /\.\w+(?=\/?$)/.exec(path)?.[0].toLowerCase()
  const isNamed = extension !== undefined && found.suggestion!.toLowerCase().endsWith(extension)
  if (found.evidence === 'spelling' && isNamed) return found
  const {evidence: _, ...missing} = found
  return missing
}
