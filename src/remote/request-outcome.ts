import type {LinkResult} from 'linkinator'

/** What one request brought. */
export interface RequestOutcome {
  /** The HTTP status; 0 when there was no answer. */
  status: number
  /** The code of the failure, where there was no answer. */
  code?: string
  /** More about the failure, in our own words. */
  detail?: string | undefined
  /** `Content-Type`, as sent. */
  contentType?: string | undefined
  /** Where redirects ended, if there were any. */
  redirectedTo?: string | undefined
  /** Where they ended, if each of them was a permanent one. */
  movedTo?: string | undefined
  /** The first bytes of the body; nothing where only HEAD was asked. */
  bodyStart?: Uint8Array
  /** The failure that ended the body before enough of it was there. */
  bodyErrorCode?: string
  /** The headers bear marks of a bot wall. */
  hasBotWallHeaders?: boolean
  /** How long the server wishes to be left alone. */
  retryAfterMs?: number
}

/** Headers of bot walls that step in. */
const WALL_HEADERS = ['cf-mitigated', 'x-vercel-mitigated', 'x-amzn-waf-action']
/** Headers of services that often, but not always, are such a wall. */
const FRONT_HEADERS = ['cf-ray', 'x-datadome', 'x-iinfo']

/** Does the answer come from something that stands before the server and turns programs away? */
export function isBotWall(status: number, headers: Record<string, string>): boolean {
  if (WALL_HEADERS.some((name) => name in headers)) return true
  // A refusal that is a page is theirs more often than the image server's own.
  const isFront = headers.server === 'AkamaiGHost' || FRONT_HEADERS.some((name) => name in headers)
  return isFront && status >= 400 && mediaType(headers['content-type']) === 'text/html'
}

/** `Content-Type` without parameters; empty for what is no media type, so that nothing is smuggled into a message. */
export function mediaType(type = ''): string {
  const found = /^\s*([\w.+-]+\/[\w.+-]+)\s*(?:;|$)/.exec(type)
  return found ? found[1]!.toLowerCase().slice(0, 60) : ''
}

/** The wish of a `Retry-After` header: seconds or a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number {
  if (!value) return 0
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Math.max(0, ms || 0)
}

/** Why there was no answer. */
export type RequestFailure = Pick<RequestOutcome, 'detail'> & {code: string}

/** The last one among the errors that linkinator hands on; nothing if there was none. */
export const lastError = ({failureDetails}: Pick<LinkResult, 'failureDetails'>): Error | undefined =>
  failureDetails?.findLast((detail) => detail instanceof Error)

/** The code of an error of `fetch`, and what the guard knows of it. */
export function failureOf(error: Error): RequestFailure {
  const chain = [...causes(error)]
  const words = chain.map(({message}) => message).join(' ')
  if (/redirect count exceeded/.test(words)) return {code: 'REDIRECTS'}
  if (/scheme must be/i.test(words)) return {code: 'REDIRECT_SCHEME'}
  if (/cross origin not allowed/.test(words)) return {code: 'REDIRECT_CREDENTIALS'}
  if (/bad port/.test(words)) return {code: 'BAD_PORT'}
  if (/Proxy response \(\d+\)/.test(words)) return {code: 'PROXY_REFUSES'}
  // A `DOMException` has a number for a code, and a name that says it.
  const found = chain.find(({code}) => typeof code === 'string')
  // A host with several addresses is only dead if each of them is.
  const codes = (found?.errors ?? []).map((each: {code?: string}) => each.code)
  const code = codes.find((each) => each && each !== 'ECONNREFUSED') ?? found?.code ?? error.name
  return found?.detail === undefined ? {code} : {code, detail: found.detail}
}

type Cause = Error & Partial<AggregateError> & Partial<RequestFailure>

/** An error, its cause, the cause of that. */
function* causes(error: Error): Generator<Cause> {
  let at: unknown = error
  for (let depth = 0; at instanceof Error && depth < 5; depth++, at = at.cause) yield at as Cause
}
