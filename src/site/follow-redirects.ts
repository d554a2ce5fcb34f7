import {before} from '../text/trim.ts'
import {hashOf} from '../text/urls.ts'
import {doubt} from './doubts.ts'
import {missingIn} from './missing-in.ts'
import {normalized} from './normalized-url.ts'
import type {Redirect} from './redirect-rule.ts'
import type {Redirects} from './redirects.ts'
import {servedForms} from './served-forms.ts'
import {browserLink, isUrlAtOrBelow} from './site-urls.ts'
import type {MissingTarget, Resolution, Site, SiteLink} from './types.ts'
import {urlPathsOf} from './url-paths.ts'

/** Template code that names a page for the build, which does without redirects: `{{< ref "a" >}}`, `{% link a.md %}` */
const NAMES_PAGE = /^\{[{%]/
/** Browsers follow more, but no site's redirects need them. */
const MOST_REDIRECTS = 5

/**
 * Follow redirects from a missing target: those that are declared, and those in files. If they end at a missing target
 * too, the original one is reported.
 *
 * @param host That of the link, if it is known; else the one of the site is.
 */
export function followRedirects(
  missing: MissingTarget,
  link: SiteLink,
  from: string,
  site: Site,
  redirects: Redirects | undefined,
  host?: string,
): Resolution {
  const url = missing.url ?? link.url
  if ((!redirects && !site.declared) || NAMES_PAGE.test(url)) return missing
  return new RedirectWalk(site, from, redirects, host).follow(missing, url)
}

class RedirectWalk {
  readonly #site: Site
  readonly #from: string
  readonly #redirects: Redirects | undefined
  readonly #host: string | undefined
  #left = MOST_REDIRECTS

  constructor(site: Site, from: string, redirects: Redirects | undefined, host: string | undefined) {
    this.#host = host ?? (site.home === undefined ? undefined : new URL(site.home).host)
    this.#site = site
    this.#from = from
    this.#redirects = redirects
  }

  follow(missing: MissingTarget, url: string): Resolution {
    const paths = urlPathsOf(url, this.#site, this.#from)
    for (const redirect of this.#redirectsOf(paths, missing.path)) {
      if (leadsToItself(redirect, paths)) continue
      if (this.#left-- === 0) return missing
      const found = this.#apply(redirect, missing, hashOf(url), paths)
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
    else if (this.#redirects) yield* this.#redirects.find(this.#site.root, paths, path, this.#host)
  }

  #apply(redirect: Redirect, missing: MissingTarget, hash: string, paths: readonly string[]): Resolution {
    const {to, file, isApproximate, isRewrite} = redirect
    const same = addsPrefix(redirect, paths) ? missing : undefined
    const found =
      to === undefined
        ? leadsOut(`${file} redirects it`)
        : this.#resolve(to.includes('#') ? to : to + hash, same, `${file} redirects it to ${to}`)
    if (found.to === 'missing')
      return isRewrite ? {to: 'unknown', doubt: doubt('server-routes', file), otherwise: missing} : found
    return isApproximate ? {to: 'unknown', doubt: doubt('redirect-pattern'), otherwise: missing} : found
  }

  /** @param same The missing target, if the destination is another URL of it. */
  #resolve(url: string, same: MissingTarget | undefined, why: string): Resolution {
    const next = this.#resolveServed(withoutOrigin(url, this.#site))
    const missing = missingIn(next)
    const followed = missing ? this.follow(missing, url) : next
    const found = followed.to === 'missing' ? next : followed
    if (found.to === 'remote') return leadsOut(why)
    if (found.to !== 'unknown') return found
    // Other targets in the section of the link say nothing about another destination, so the doubt cannot be tested.
    return {to: 'unknown', doubt: found.doubt, ...(same && found.otherwise && {otherwise: same})}
  }

  /** Resolve a URL as the host does that redirects to it. */
  #resolveServed(url: string): Resolution {
    const found = servedForms(url).map((each) => this.#site.resolve(browserLink(each), this.#from))
    return found.find((each) => !missingIn(each)) ?? found[0]!
  }
}

const leadsOut = (why: string): Resolution => ({to: 'outside', why})

/** Does a redirect only add or remove the base of the site, or an extension, even to a URL that has it already? */
const leadsToItself = ({to}: Redirect, paths: readonly string[]): boolean =>
  to !== undefined &&
  paths.some(
    (path) => normalized(path) === normalized(before(to, '?#')) || `${path}.html` === before(to, '?#'),
  )

/** Does a redirect only add something in front of a path, such as a language: `/guide/setup` → `/en/guide/setup`? */
const addsPrefix = ({to}: Redirect, paths: readonly string[]): boolean =>
  to !== undefined && paths.some((path) => normalized(before(to, '?#')).endsWith(normalized(path)))

/** The absolute path of a URL of the site: `https://example.org/docs/a` → `/docs/a`. */
const withoutOrigin = (url: string, {home}: Site): string =>
  home !== undefined && isUrlAtOrBelow(url, home) ? url.slice(new URL(home).origin.length) : url
