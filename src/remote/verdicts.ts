import {STATUS_CODES} from 'node:http'
import type {LinkResult} from 'linkinator'
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
  /** Where redirects ended, if there were any. */
  redirectedTo?: string | undefined
  /** The first bytes of the body; nothing where only HEAD was asked. */
  head?: Uint8Array
  /** The failure that ended the body before enough of it was there. */
  cut?: string
  /** The headers bear marks of a bot wall. */
  wall?: boolean
  /** How long the server wishes to be left alone. */
  waitMs?: number
}

/** A verdict, and what could change it. */
export interface Judged {
  verdict: Verdict
  /** Asking again later may bring another one. */
  retry?: boolean
  /** The body must be looked at first. */
  look?: boolean
}

const dead = (reason: string): Judged => ({verdict: {state: 'dead', reason}})
const blocked = (reason: string): Judged => ({verdict: {state: 'blocked', reason}})
const unreachable = (reason: string): Judged => ({verdict: {state: 'unreachable', reason}})
const passing = (reason: string): Judged => ({...unreachable(reason), retry: true})
const unchecked = (reason: string): Judged => ({verdict: {state: 'unchecked', reason}})

/** What failures mean, by the codes of Node, undici and OpenSSL; their own words are never shown. */
const FAILURES: Record<string, Judged> = {
  [BLOCKED]: unchecked('address is private'),
  UND_ERR_DESTROYED: unchecked('cancelled'),
  UND_ERR_ABORTED: unchecked('cancelled'),
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
  REDIRECT_SCHEME: dead('redirects to an address that is no web page'),
  REDIRECT_CREDENTIALS: unchecked('redirects to an address that holds a user name or password'),
  BAD_PORT: dead('its port is one that browsers refuse'),
  EAI_AGAIN: passing('the name server does not answer'),
  ENETUNREACH: passing('no route to the host'),
  EHOSTUNREACH: passing('no route to the host'),
  ENETDOWN: passing('no network'),
  ECONNRESET: passing('connection was cut'),
  EPIPE: passing('connection was cut'),
  UND_ERR_SOCKET: passing('connection was cut'),
}
const TIMEOUTS = new Set([
  'TimeoutError',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])

function judgeFailure(code: string, timeoutMs: number): Judged {
  if (TIMEOUTS.has(code)) return passing(`no answer within ${timeoutMs / 1000} s`)
  // OpenSSL refuses more than browsers do, so that one of its many other complaints proves nothing.
  return (
    FAILURES[code] ?? unreachable(code.startsWith('ERR_SSL_') ? 'no secure connection' : 'no valid answer')
  )
}

/** Statuses that say no to programs. */
const TURNS_AWAY = new Set([429, 999])
/** Statuses that say no to some readers only. */
const NOT_FOR_ALL = new Set([402, 407, 423, 451])
/** Statuses of the moment, beside those of 5xx. */
const PASSING = new Set([408, 425])
/** Statuses behind which a bot wall may stand; what is 404 or 410 is gone for everybody. */
const OF_WALLS = new Set([400, 401, 403, 405, 406, 503])

/** Judge the answer for an image. @param timeoutMs How long was waited for it. */
export function judge(answer: Answer, timeoutMs: number): Judged {
  const {status, code = '', cut} = answer
  if (status === 0) return judgeFailure(code, timeoutMs)
  const name = STATUS_CODES[status]
  const said = name ? `${status} ${name}` : String(status)
  if (status >= 200 && status < 300) {
    const judged = judgeBody(answer, said)
    // What broke off before it could be told apart may have been an image.
    const unseen = cut !== undefined && answer.head!.length < MAGIC_BYTES
    return judged.verdict.state === 'dead' && unseen ? judgeFailure(cut, timeoutMs) : judged
  }
  if (TURNS_AWAY.has(status) || (OF_WALLS.has(status) && meetsWall(answer)))
    return {...turnedAway(said), retry: status === 429}
  if (NOT_FOR_ALL.has(status)) return blocked(said)
  return status >= 500 || PASSING.has(status) ? passing(said) : dead(said)
}

const turnedAway = (said: string) => blocked(`the server turns programs away: ${said}`)

/** `Content-Type` without parameters, and without anything a server could smuggle into a message. */
const clean = (type = '') =>
  type
    .split(';')[0]!
    .trim()
    .toLowerCase()
    .replace(/[^\w/+.-]/g, '')
    .slice(0, 60)

/** Types that browsers take at their word: what comes under them is shown only if its first bytes are an image's. */
const TEXT = /^(?:text\/html|application\/xhtml\+xml|application\/json|text\/plain)$/
const UNKNOWN = /^(?:|(?:application|binary)\/octet-stream)$/

function judgeBody(answer: Answer, said: string): Judged {
  const alive: Judged = {verdict: {state: 'alive'}}
  const type = clean(answer.type)
  if (type.startsWith('image/')) return alive
  // HEAD often gives another type than GET: only the body decides, and only a cancelled run ends before that.
  if (answer.head === undefined) return {...unchecked('cancelled'), look: true}
  if (hasImageMagic(answer.head)) return alive
  const isPage = /^\s*<(?:!doctype html|html)\b/i.test(textOf(answer.head))
  if (!TEXT.test(type) && !(UNKNOWN.test(type) && isPage)) return alive
  if (meetsWall(answer)) return turnedAway(said)
  const signIn = /\/(?:log-?in|sign-?in|auth|sso)\b/i.test(answer.redirectedTo ?? '')
    ? ' (a sign-in page)'
    : ''
  return dead(`answers with ${isPage && UNKNOWN.test(type) ? 'a page' : type}${signIn}, not an image`)
}

const textOf = (head: Uint8Array) => Buffer.from(head).toString('latin1')

const MAGIC_BYTES = 16

/** The first bytes of the formats that browsers show: PNG, JPEG, GIF, WebP, BMP, AVIF and its kin, JPEG XL, ICO. */
function hasImageMagic(head: Uint8Array): boolean {
  const formats =
    /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF[\s\S]{4}WEBP|BM|[\s\S]{4}ftyp|\xff\x0a|\0\0\0\x0cJXL |\0\0\x01\0)/
  return formats.test(textOf(head.subarray(0, MAGIC_BYTES)))
}

/** Words of the pages that ask a reader to prove that they are one. */
const CHALLENGE = /captcha|challenge-platform|cdn-cgi\/challenge|_Incapsula_|Just a moment|awswaf/i

const meetsWall = ({wall = false, head}: Answer) =>
  wall || (head !== undefined && CHALLENGE.test(textOf(head)))

/** Headers of bot walls that step in. */
const WALL_HEADERS = ['cf-mitigated', 'x-vercel-mitigated', 'x-amzn-waf-action']
/** Headers of services that often, but not always, are such a wall. */
const FRONT_HEADERS = ['cf-ray', 'x-datadome', 'x-iinfo']

/** Does the answer come from something that stands before the server and turns programs away? */
export function hasWallMarks(status: number, headers: Record<string, string>): boolean {
  if (WALL_HEADERS.some((name) => name in headers)) return true
  // A refusal that is a page is theirs more often than the image server's own.
  const isFront = headers.server === 'AkamaiGHost' || FRONT_HEADERS.some((name) => name in headers)
  return isFront && status >= 400 && clean(headers['content-type']) === 'text/html'
}

/** The wish of a `Retry-After` header: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(value: string | undefined, now = Date.now()): number {
  if (!value) return 0
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Math.max(0, ms || 0)
}

/** The code of the last failure among the errors that linkinator hands on; nothing if there was none. */
export function failureOf({failureDetails}: Pick<LinkResult, 'failureDetails'>): string | undefined {
  const error = failureDetails?.findLast((detail) => detail instanceof Error)
  return error && codeOf(error)
}

/** The code of an error of `fetch`. */
export function codeOf(error: Error): string {
  const cause = error.cause as (Partial<AggregateError> & {code?: string}) | undefined
  const words = `${error.message} ${cause?.message}`
  if (/redirect count exceeded/.test(words)) return 'REDIRECTS'
  if (/scheme must be/i.test(words)) return 'REDIRECT_SCHEME'
  if (/cross origin not allowed/.test(words)) return 'REDIRECT_CREDENTIALS'
  if (/bad port/.test(words)) return 'BAD_PORT'
  // A host with several addresses is only dead if each of them is.
  const codes = (cause?.errors ?? []).map((each: {code?: string}) => each.code)
  return codes.find((code) => code && code !== 'ECONNREFUSED') ?? cause?.code ?? error.name
}

/** What asking for one URL came to, for {@link networkIsDown}. */
export interface Asked {
  host: string
  /** The failure's code; nothing for a URL that was answered. */
  code?: string
  /** A connection to the host was made. */
  reached?: boolean
}

/** Failures before anything was sent. */
const NOT_SENT = new Set([BLOCKED, 'BAD_PORT'])
/** Failures of the way out, not of one host. */
const NO_WAY_OUT = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN'])

/**
 * Is the network down as a whole? So it is when nothing answered and every failure is of a kind that a missing
 * network brings. One failure suffices if it speaks of the way out; hosts that are silent must be two at least.
 * A name server that says that a host does not exist is an answer, once it is known to know any (see `believe`).
 */
export function networkIsDown(all: readonly Asked[]): boolean {
  const asked = all.filter(({code = '', reached}) => reached || !NOT_SENT.has(code))
  const noWayOut = ({code = ''}: Asked) => NO_WAY_OUT.has(code)
  const silent = ({code = '', reached}: Asked) => !reached && (TIMEOUTS.has(code) || code === 'EHOSTUNREACH')
  if (!asked.every((each) => noWayOut(each) || silent(each))) return false
  return asked.some(noWayOut) || new Set(asked.map(({host}) => host)).size > 1
}

/**
 * The code to believe: without a name server, some systems say of every host that it does not exist.
 *
 * @param namesResolve Whether names that are known to exist are found.
 */
export const believe = (code: string, namesResolve: boolean): string =>
  code === 'ENOTFOUND' && !namesResolve ? 'EAI_AGAIN' : code
