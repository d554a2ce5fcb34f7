import {before} from '../text/trim.ts'
import {hashOf} from '../text/urls.ts'
import {doubt} from './doubts.ts'
import {normalized} from './normalized-url.ts'
import type {Redirect} from './redirect-rule.ts'
import type {Redirects} from './redirects.ts'
import {browserLink, isUrlAtOrBelow} from './site-urls.ts'
import type {MissingTarget, Resolution, Site, SiteLink} from './types.ts'
import {urlPathsOf} from './url-paths.ts'

/** Browsers follow more, but no site's redirects need them. */
const MOST_REDIRECTS = 5

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
  return new RedirectWalk(site, from, redirects).follow(missing, missing.url ?? link.url)
}

class RedirectWalk {
  readonly #site: Site
  readonly #from: string
  readonly #redirects: Redirects | undefined
  #left = MOST_REDIRECTS

  constructor(site: Site, from: string, redirects: Redirects | undefined) {
    this.#site = site
    this.#from = from
    this.#redirects = redirects
  }

  follow(missing: MissingTarget, url: string): Resolution {
    const paths = urlPathsOf(url, this.#site, this.#from)
    for (const redirect of this.#redirectsOf(paths, missing.path)) {
      if (leadsToItself(redirect, paths)) continue
      if (this.#left-- === 0) return missing
      const found = this.#apply(redirect, missing, hashOf(url))
      if (found.to !== 'missing') return found
      // If it does not apply, the next one may.
      if (!redirect.isConditional && !redirect.isApproximate)
        return missing.suggestion === undefined ? found : missing
    }
    return missing
  }

  *#redirectsOf(paths: readonly string[], path: string): Generator<Redirect> {
    const declared = this.#site.declared?.redirectOf(paths)
    if (declared) yield declared
    else if (this.#redirects) yield* this.#redirects.find(this.#site, paths, path)
  }

  #apply({to, file, isApproximate, isRewrite}: Redirect, missing: MissingTarget, hash: string): Resolution {
    const found =
      to === undefined
        ? leadsOut(`${file} redirects it`)
        : this.#resolve(to.includes('#') ? to : to + hash, `${file} redirects it to ${to}`)
    if (found.to === 'missing')
      return isRewrite ? {to: 'unknown', doubt: doubt('server-routes', file), otherwise: missing} : found
    return isApproximate ? {to: 'unknown', doubt: doubt('redirect-pattern'), otherwise: missing} : found
  }

  #resolve(url: string, why: string): Resolution {
    const next = this.#site.resolve(browserLink(withoutOrigin(url, this.#site)), this.#from)
    const found = next.to === 'missing' ? this.follow(next, url) : next
    if (found.to === 'remote') return leadsOut(why)
    // Other targets in the section of the link say nothing about the destination, so the doubt cannot be tested.
    return found.to === 'unknown' ? {to: 'unknown', doubt: found.doubt} : found
  }
}

const leadsOut = (why: string): Resolution => ({to: 'outside', why})

/** Does a redirect only add or remove the base of the site, or an extension? */
const leadsToItself = ({to}: Redirect, paths: readonly string[]): boolean =>
  to !== undefined && paths.some((path) => normalized(path) === normalized(before(to, '?#')))

/** The absolute path of a URL of the site: `https://example.org/docs/a` → `/docs/a`. */
const withoutOrigin = (url: string, {home}: Site): string =>
  home !== undefined && isUrlAtOrBelow(url, home) ? url.slice(new URL(home).origin.length) : url
