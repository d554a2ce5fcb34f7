import {STATUS_CODES} from 'node:http'
import type {Verdict} from '../rule.ts'
import {BLOCKED} from './guard.ts'

/** What one request brought. */
export interface Answer {
  /** The HTTP status; 0 when there was no answer. */
  status: number
  /** The code of the failure, where there was no answer. */
  code?: string
  /** `Content-Type`, as sent. */
  type?: string | undefined
  /** Where redirects ended. */
  finalUrl?: string | undefined
  /** The first bytes of the body, where it was looked at. */
  head?: Uint8Array
  /** The answer bears marks of a bot wall. */
  wall?: boolean
  /** `Retry-After`, in milliseconds. */
  waitMs?: number
}

/** A verdict, and whether asking again later may change it. */
export interface Judged {
  verdict: Verdict
  retry?: boolean
  /** The image must be looked at with GET before anything is said. */
  look?: boolean
}

const dead = (reason: string): Judged => ({verdict: {state: 'dead', reason}})
const unreachable = (reason: string): Judged => ({verdict: {state: 'unreachable', reason}, retry: true})
const unchecked = (reason: string): Judged => ({verdict: {state: 'unchecked', reason}})

/** What failures without an answer mean, by the codes of Node, undici and OpenSSL; raw messages are never shown. */
const FAILURES: Record<string, Judged> = {
  [BLOCKED]: unchecked('its address is private'),
  UND_ERR_DESTROYED: unchecked('cancelled'),
  UND_ERR_ABORTED: unchecked('cancelled'),
  ENOTFOUND: dead('host does not exist'),
  ECONNREFUSED: dead('connection refused'),
  CERT_HAS_EXPIRED: dead('certificate expired'),
  CERT_NOT_YET_VALID: dead('certificate not valid yet'),
  DEPTH_ZERO_SELF_SIGNED_CERT: dead('certificate is self-signed'),
  SELF_SIGNED_CERT_IN_CHAIN: dead('certificate is self-signed'),
  ERR_TLS_CERT_ALTNAME_INVALID: dead('certificate is for another host'),
  // Browsers know intermediate certificates that the server forgot to send.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unreachable('certificate chain could not be verified'),
  ERR_SSL_WRONG_VERSION_NUMBER: dead('the server does not speak TLS'),
  REDIRECTS: dead('redirects too often'),
  SCHEME: dead('redirects to an address that is no web page'),
  BAD_PORT: dead('its port is one that browsers refuse'),
  EAI_AGAIN: unreachable('the name server does not answer'),
  ENETUNREACH: unreachable('no route to the host'),
  EHOSTUNREACH: unreachable('no route to the host'),
  ENETDOWN: unreachable('no network'),
  ETIMEDOUT: unreachable('no answer in time'),
  UND_ERR_CONNECT_TIMEOUT: unreachable('no answer in time'),
  UND_ERR_HEADERS_TIMEOUT: unreachable('no answer in time'),
  UND_ERR_BODY_TIMEOUT: unreachable('no answer in time'),
  TimeoutError: unreachable('no answer in time'),
  ECONNRESET: unreachable('connection was cut'),
  EPIPE: unreachable('connection was cut'),
  UND_ERR_SOCKET: unreachable('connection was cut'),
}

/** Failures that a network which is down as a whole brings for every host. */
const NO_NETWORK = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Statuses with which servers turn away programs, whatever a browser would get. */
const WALLS = new Set([402, 407, 423, 429, 451, 999])

/** Judge the answer for an image. */
export function judge(answer: Answer): Judged {
  const {status, code, type} = answer
  if (status === 0) return FAILURES[code ?? ''] ?? unreachable('no valid answer')
  const name = STATUS_CODES[status]
  const said = `${status}${name ? ` ${name}` : ''}`
  if (status >= 200 && status < 300) return judgeBody(answer, clean(type))
  if (answer.wall || WALLS.has(status))
    return {
      verdict: {state: 'blocked', reason: `the server turns programs away: ${said}`},
      retry: status === 429,
    }
  if (status >= 500 || status === 408 || status === 425) return unreachable(said)
  return dead(said)
}

/** `Content-Type` without parameters, and without anything a server could smuggle into a message. */
const clean = (type: string | undefined) =>
  (type ?? '')
    .split(';')[0]!
    .trim()
    .toLowerCase()
    .replace(/[^\w/+.-]/g, '')
    .slice(0, 60)

function judgeBody({head, finalUrl}: Answer, type: string): Judged {
  const alive: Judged = {verdict: {state: 'alive'}}
  if (type.startsWith('image/')) return alive
  // HEAD often gives another type than GET: only the body decides.
  if (head === undefined) return {...alive, look: true}
  if (hasImageMagic(head)) return alive
  const text = /^(?:text\/html|application\/xhtml\+xml|application\/json|text\/plain)$/.test(type)
  if (!text) return alive
  const page = /\/(?:log-?in|sign-?in|auth|sso|account)\b/i.test(finalUrl ?? '') ? ' (a sign-in page)' : ''
  return dead(`answers with ${type}${page}, not an image`)
}

/** The first bytes of the formats that browsers show: PNG, JPEG, GIF, WebP, BMP, AVIF and its kin, ICO. */
function hasImageMagic(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 16)).toString('latin1')
  return /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF[\s\S]{4}WEBP|BM|[\s\S]{4}ftyp|\0\0\x01\0)/.test(text)
}

/** One URL's failure, for {@link networkIsDown}. */
export interface Failure {
  host: string
  /** The failure's code; nothing for a URL that was answered. */
  code?: string
}

/**
 * Is the network down as a whole? So it is when nothing answered and every failure is of a kind that a missing
 * network brings; one host alone that does not exist says nothing of the network.
 */
export function networkIsDown(asked: readonly Failure[]): boolean {
  if (asked.length === 0 || !asked.every(({code}) => code !== undefined && NO_NETWORK.has(code))) return false
  const sure = asked.some(({code}) => code !== 'ENOTFOUND')
  return sure || new Set(asked.map(({host}) => host)).size > 1
}
