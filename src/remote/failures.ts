import {formatDuration} from './duration.ts'
import type {RequestOutcome} from './request-outcome.ts'
import type {Verdict} from './types.ts'

/** The code of the error that stands for “not contacted: the address is private”. */
export const PRIVATE_ADDRESS = 'DOCCHECK_BLOCKED'

/** The code of the error that stands for “the proxy cannot be reached”. */
export const PROXY_UNREACHABLE = 'DOCCHECK_NO_PROXY'

/** A verdict, and what could change it. */
export interface Classification {
  verdict: Verdict
  /** Asking again later may bring another one. */
  retry?: boolean
  /** The body must be looked at first. */
  needsBody?: boolean
}

/** A reader cannot get there. */
export const dead = (reason: string): Classification => ({verdict: {state: 'dead', reason}})
/** The server does not speak to programs, or not to everybody. */
export const blocked = (reason: string): Classification => ({verdict: {state: 'blocked', reason}})
/** It could not be found out. */
export const unreachable = (reason: string): Classification => ({verdict: {state: 'unreachable', reason}})
/** It could not be found out now. */
export const transient = (reason: string): Classification => ({...unreachable(reason), retry: true})
/** Nothing was asked, or no answer waited for. */
export const unchecked = (reason: string): Classification => ({verdict: {state: 'unchecked', reason}})

/** The reason of what was not waited for. */
export const CANCELLED = 'cancelled'

/** What failures mean, by the codes of Node, undici and OpenSSL; their own words are never shown. */
const FAILURES: Record<string, Classification> = {
  [PRIVATE_ADDRESS]: unchecked('its address is private (`remote.allowPrivate` may name it)'),
  [PROXY_UNREACHABLE]: unchecked('the proxy cannot be reached'),
  PROXY_REFUSES: unreachable('the proxy does not let it through'),
  UND_ERR_DESTROYED: unchecked(CANCELLED),
  UND_ERR_ABORTED: unchecked(CANCELLED),
  ENOTFOUND: dead('host does not exist'),
  ECONNREFUSED: dead('connection refused'),
  CERT_HAS_EXPIRED: dead('certificate expired'),
  CERT_NOT_YET_VALID: dead('certificate not valid yet'),
  CERT_REVOKED: dead('certificate revoked'),
  DEPTH_ZERO_SELF_SIGNED_CERT: dead('certificate is self-signed'),
  ERR_TLS_CERT_ALTNAME_INVALID: dead('certificate is for another host'),
  ERR_SSL_WRONG_VERSION_NUMBER: dead('the server does not speak TLS'),
  // Browsers fetch certificates that the server forgot to send, and know those of a company's own proxy.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unreachable('certificate could not be verified'),
  UNABLE_TO_GET_ISSUER_CERT: unreachable('certificate could not be verified'),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unreachable('certificate could not be verified'),
  SELF_SIGNED_CERT_IN_CHAIN: unreachable('certificate could not be verified'),
  REDIRECTS: dead('redirects too often'),
  // A browser, which brings the cookie back, may well get there.
  REDIRECTS_WITH_COOKIE: blocked('redirects too often without a cookie'),
  REDIRECT_SCHEME: dead('redirects to an address that is no web page'),
  REDIRECT_CREDENTIALS: unchecked('redirects to an address that holds a user name or password'),
  BAD_PORT: dead('its port is one that browsers refuse'),
  EAI_AGAIN: transient('the name server does not answer'),
  ENETUNREACH: transient('no route to the host'),
  EHOSTUNREACH: transient('no route to the host'),
  ENETDOWN: transient('no network'),
  ECONNRESET: transient('connection was cut'),
  EPIPE: transient('connection was cut'),
  UND_ERR_SOCKET: transient('connection was cut'),
}

/** Codes of failures that mean: it took too long. */
export const TIMEOUT_CODES = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

/** Judge a failure. @param timeoutMs How long was waited for an answer. */
export function classifyFailure(
  {code = '', detail}: Pick<RequestOutcome, 'code' | 'detail'>,
  timeoutMs: number,
): Classification {
  if (detail !== undefined && code === 'CERT_HAS_EXPIRED') return dead(`certificate expired ${detail}`)
  if (TIMEOUT_CODES.has(code)) return transient(`no answer within ${formatDuration(timeoutMs)}`)
  // OpenSSL refuses more than browsers do, so that one of its many other complaints proves nothing.
  return (
    FAILURES[code] ?? unreachable(code.startsWith('ERR_SSL_') ? 'no secure connection' : 'no valid answer')
  )
}
