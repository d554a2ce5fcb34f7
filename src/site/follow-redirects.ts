import {hashOf} from '../text/urls.ts'
import type {Redirects} from './redirects.ts'
import {browserLink} from './site-urls.ts'
import type {MissingTarget, Resolution, Site, SiteLink} from './types.ts'
import {urlPathsOf} from './url-paths.ts'

/** Browsers follow more, but no site's redirects need them. */
const MOST_REDIRECTS = 5

/** The resolution of a link that is redirected to where something is, or may be. */
function atDestination(found: Resolution, why: string): Resolution {
  if (found.to === 'remote') return {to: 'outside', why}
  // The targets in the link's own section are no evidence about the destination.
  return found.to === 'unknown' ? {to: 'unknown', doubt: found.doubt} : found
}

/**
 * Follow redirects from a missing target: those that are declared, and those in files. If they end at a missing target
 * too, the original one is reported.
 */
export function followRedirects(
  missing: MissingTarget,
  link: SiteLink,
  from: string,
  site: Site,
  redirects: Redirects | undefined,
): Resolution {
  if (!redirects && !site.declared) return missing
  let url = missing.url ?? link.url
  let at = missing
  for (let count = 0; count < MOST_REDIRECTS; count++) {
    const paths = urlPathsOf(url, site, from)
    const redirect = site.declared?.redirectOf(paths) ?? redirects?.find(site.root, paths, at.path)
    if (!redirect) return at
    const {to, file} = redirect
    if (to === undefined) return {to: 'outside', why: `${file} redirects it`}
    url = to.includes('#') ? to : to + hashOf(url)
    const next = site.resolve(browserLink(url), from)
    if (next.to !== 'missing') return atDestination(next, `${file} redirects it to ${to}`)
    at = next
  }
  return missing
}
