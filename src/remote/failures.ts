import {formatDuration} from './duration.ts'
import type {RequestOutcome} from './request-outcome.ts'
import type {Verdict} from './types.ts'

/** The error code for a private address that was not contacted. */
export const PRIVATE_ADDRESS = 'DOCCHECK_BLOCKED'

/** The error code for an unreachable proxy. */
export const PROXY_UNREACHABLE = 'DOCCHECK_NO_PROXY'

/** A verdict, and whether further requests could change it. */
export interface Classification {
  verdict: Verdict
  /** A later request may have another outcome. */
  retry?: boolean
  /** Only the body decides: GET is needed. */
  needsBody?: boolean
}

/** Readers cannot reach it. */
export const dead = (reason: string): Classification => ({verdict: {state: 'dead', reason}})
/** The server rejects automated requests, or some readers. */
export const blocked = (reason: string): Classification => ({verdict: {state: 'blocked', reason}})
/** No response, or an inconclusive one. */
export const unreachable = (reason: string): Classification => ({verdict: {state: 'unreachable', reason}})
/** Like {@link unreachable}, but possibly temporary. */
export const transient = (reason: string): Classification => ({...unreachable(reason), retry: true})
/** Not requested, or cancelled. */
export const unchecked = (reason: string): Classification => ({verdict: {state: 'unchecked', reason}})

/** The reason of a verdict about a cancelled request. */
export const CANCELLED = 'cancelled'

/** Classifications by the error codes of Node, undici and OpenSSL, whose own messages are never shown. */
const FAILURES: Record<string, Classification> = {
  [PRIVATE_ADDRESS]: unchecked('the address is private (`remote.allowPrivate` can allow it)'),
  [PROXY_UNREACHABLE]: unchecked('the proxy is unreachable'),
  PROXY_REFUSES: unreachable('the proxy refused the connection'),
  UND_ERR_DESTROYED: unchecked(CANCELLED),
  UND_ERR_ABORTED: unchecked(CANCELLED),
  ENOTFOUND: dead('host does not exist'),
  ECONNREFUSED: dead('connection refused'),
  CERT_HAS_EXPIRED: dead('certificate expired'),
  CERT_NOT_YET_VALID: dead('certificate is not valid yet'),
  CERT_REVOKED: dead('certificate revoked'),
  DEPTH_ZERO_SELF_SIGNED_CERT: dead('certificate is self-signed'),
  ERR_TLS_CERT_ALTNAME_INVALID: dead('certificate is for another host'),
  ERR_SSL_WRONG_VERSION_NUMBER: dead('the server does not speak TLS'),
  // Browsers fetch certificates that the server failed to send, and trust those of a company's own proxy.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unreachable('certificate could not be verified'),
  UNABLE_TO_GET_ISSUER_CERT: unreachable('certificate could not be verified'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unreachable('certificate could not be verified'),
  SELF_SIGNED_CERT_IN_CHAIN: unreachable('certificate could not be verified'),
  REDIRECTS: dead('too many redirects'),
  // A browser, which sends the cookie back, may succeed.
  REDIRECTS_WITH_COOKIE: blocked('too many redirects without a cookie'),
  REDIRECT_SCHEME: dead('redirects to a URL that is not HTTP'),
  REDIRECT_CREDENTIALS: unchecked('redirects to a URL with credentials'),
  BAD_PORT: dead('browsers block the port'),
  EAI_AGAIN: transient('temporary DNS failure'),
  ENETUNREACH: transient('no route to host'),
  EHOSTUNREACH: transient('no route to host'),
  ENETDOWN: transient('the network is down'),
  ECONNRESET: transient('connection closed unexpectedly'),
  EPIPE: transient('connection closed unexpectedly'),
  UND_ERR_SOCKET: transient('connection closed unexpectedly'),
}

/** Error codes of timeouts. */
export const TIMEOUT_CODES = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** Classify a request without a response. @param timeoutMs The timeout of the request. */
export function classifyFailure(
  {code = '', detail}: Pick<RequestOutcome, 'code' | 'detail'>,
  timeoutMs: number,
): Classification {
  if (detail !== undefined && code === 'CERT_HAS_EXPIRED') return dead(`certificate expired ${detail}`)
  if (TIMEOUT_CODES.has(code)) return transient(`no response within ${formatDuration(timeoutMs)}`)
  // OpenSSL is stricter than browsers: its other errors prove nothing.
  return FAILURES[code] ?? unreachable(code.startsWith('ERR_SSL_') ? 'TLS error' : 'invalid response')
}
