import type {LinkResult} from 'linkinator'

/** The outcome of the requests for one URL. */
export interface RequestOutcome {
  /** The HTTP status; 0 without a response. */
  status: number
  /** The error code, if there was no response. */
  code?: string
  /** A detail of the error for its reason: `on 2026-01-02` */
  detail?: string | undefined
  /** The `Content-Type` header, verbatim. */
  contentType?: string | undefined
  /** The URL after redirects, if there were any. */
  redirectedTo?: string | undefined
  /** The same, if all redirects were permanent. */
  movedTo?: string | undefined
  /** The first bytes of the body; absent if only HEAD was sent. */
  bodyStart?: Uint8Array
  /** The code of an error that cut off the body. */
  bodyErrorCode?: string
  /** The headers are those of a bot wall. */
  hasBotWallHeaders?: boolean
  /** The value of `Retry-After`, in milliseconds. */
  retryAfterMs?: number
}

/** Headers that bot walls add when they respond instead of the server. */
const WALL_HEADERS = ['cf-mitigated', 'x-vercel-mitigated', 'x-amzn-waf-action']
/** Headers of services that often, but not always, act as a bot wall. */
const FRONT_HEADERS = ['cf-ray', 'x-datadome', 'x-iinfo']

/** Does a response come from a bot wall in front of the server? */
export function isBotWall(status: number, headers: Record<string, string>): boolean {
  if (WALL_HEADERS.some((name) => name in headers)) return true
  // An error with an HTML body is more often theirs than the image server's own.
  const isFront = headers.server === 'AkamaiGHost' || FRONT_HEADERS.some((name) => name in headers)
  return isFront && status >= 400 && mediaType(headers['content-type']) === 'text/html'
}

/**
 * A `Content-Type` without parameters, in lower case: `Text/HTML; charset=utf-8` → `text/html`. Empty for an invalid one,
 * which could otherwise inject text into a message.
 */
export function mediaType(type = ''): string {
  const found = /^\s*([\w.+-]+\/[\w.+-]+)\s*(?:;|$)/.exec(type)
  return found ? found[1]!.toLowerCase().slice(0, 60) : ''
}

/** The milliseconds of a `Retry-After` header, which has seconds or a date (RFC 9110, 10.2.3); 0 for an invalid one. */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number {
  if (!value) return 0
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Math.max(0, ms || 0)
}

/** The reason why there was no response. */
export type RequestFailure = Pick<RequestOutcome, 'detail'> & {code: string}

/** The last error that linkinator reports for a link, if any. */
export const lastError = ({failureDetails}: Pick<LinkResult, 'failureDetails'>): Error | undefined =>
  failureDetails?.findLast((detail) => detail instanceof Error)

/** The code of an error that `fetch` threw, with the detail that the dispatcher added. */
export function failureOf(error: Error): RequestFailure {
  const chain = [...causes(error)]
  const messages = chain.map(({message}) => message).join(' ')
  if (/redirect count exceeded/.test(messages)) return {code: 'REDIRECTS'}
  if (/scheme must be/i.test(messages)) return {code: 'REDIRECT_SCHEME'}
  if (/cross origin not allowed/.test(messages)) return {code: 'REDIRECT_CREDENTIALS'}
  if (/bad port/.test(messages)) return {code: 'BAD_PORT'}
  if (/Proxy response \(\d+\)/.test(messages)) return {code: 'PROXY_REFUSES'}
  // A `DOMException` has a numeric code; its name is the code.
  const found = chain.find(({code}) => typeof code === 'string')
  // A connection counts as refused only if all addresses of the host refused it.
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
