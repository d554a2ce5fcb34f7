import {allowList, portOf} from './network/addresses.ts'
import type {RemotePolicy} from './policy.ts'
import type {RemoteConfig} from './schema.ts'
import type {RemoteUse, Verdict} from './types.ts'

/** Host names reserved for examples and for the local machine (RFC 2606, RFC 6761). */
const RESERVED_HOST = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$/

/**
 * Normalize a URL, so that each is requested once, however it is spelled: `HTTPS://A.test/x#y` → `https://a.test/x`
 *
 * @returns its `href`, or the verdict on a URL that must not be requested; neither if the configuration skips the host
 */
export function prepareUrl(
  url: string,
  use: RemoteUse,
  policy: RemotePolicy,
  config: RemoteConfig,
): {href?: string; refused?: Verdict} {
  const refuse = (state: 'dead' | 'unchecked', reason: string) => ({refused: {state, reason}})
  const target = policy.remap(url)
  if (!URL.canParse(target)) return refuse('dead', 'the URL is invalid')
  const parsed = new URL(target)
  parsed.hash = ''
  // linkinator would treat any other URL as a file.
  if (!/^https?:$/.test(parsed.protocol)) return refuse('unchecked', 'not an HTTP URL')
  if (parsed.username || parsed.password)
    return refuse('unchecked', 'the URL contains credentials, which are never sent')
  const host = policy.forHost(parsed)
  if (host.skip) return {}
  // Without its token, the host would respond that nothing exists there.
  if (host.missingVariable !== undefined)
    return refuse('unchecked', `environment variable ${host.missingVariable} for its host is not set`)
  const isAllowed = allowList(config.allowPrivate ?? [])
  if (use === 'link' && RESERVED_HOST.test(parsed.hostname) && !isAllowed(parsed.hostname, portOf(parsed)))
    return refuse('unchecked', 'the host name is reserved for examples')
  return {href: parsed.href}
}
