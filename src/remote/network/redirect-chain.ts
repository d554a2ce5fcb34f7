import {withoutHash} from '../../text/urls.ts'
import type {Redirect} from './redirect-observer.ts'

/** A redirect with its URL and its target; without a target if `Location` is invalid. */
export interface RedirectStep extends Redirect {
  from: string
  to: string | undefined
}

const MAX_REDIRECTS = 20

/**
 * The redirects from a URL on.
 *
 * @param redirectOf The last redirect of a URL without fragment.
 */
export function* redirectChain(
  href: string,
  redirectOf: (href: string) => Redirect | undefined,
): Generator<RedirectStep> {
  let from: string | undefined = href
  for (let count = 0; from !== undefined && count < MAX_REDIRECTS; count++) {
    const redirect = redirectOf(withoutHash(from))
    if (!redirect) return
    const to: string | undefined = URL.canParse(redirect.location, from)
      ? new URL(redirect.location, from).href
      : undefined
    yield {...redirect, from, to}
    from = to
  }
}

/** The URL to which all redirects from a URL on lead permanently (RFC 9110, 15.4); undefined if one is temporary. */
export function permanentTarget(href: string, chain: Iterable<RedirectStep>): string | undefined {
  let target: string | undefined
  for (const {status, from, to} of chain) {
    // An upgrade to HTTPS is permanent, whatever its status.
    const isUpgrade = to === from.replace(/^http:/, 'https:')
    if (to === undefined || (status !== 301 && status !== 308 && !isUpgrade)) return
    target = to
  }
  return target === href ? undefined : target
}
