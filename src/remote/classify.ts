import {STATUS_CODES} from 'node:http'
import {
  blocked,
  CANCELLED,
  type Classification,
  classifyFailure,
  dead,
  transient,
  unchecked,
  unreachable,
} from './failures.ts'
import {binaryText, bitmapFormat, SIGNATURE_BYTES} from './image-format.ts'
import {type HostPolicy, treatmentOf} from './policy.ts'
import {mediaType, type RequestOutcome} from './request-outcome.ts'
import {expiryOf} from './signed-url.ts'
import type {RemoteUse} from './types.ts'

/** Statuses that reject automated requests. */
const REJECTS_BOTS = new Set([429, 999])
/** Statuses that only some readers get. */
const FOR_SOME_READERS = new Set([402, 407, 423, 451])
/** Statuses that every reader gets: the resource is gone. Redirects are included, since working ones were followed. */
const GONE = new Set([300, 301, 302, 303, 305, 307, 308, 404, 410])
/** Temporary statuses, in addition to 5xx. */
const TEMPORARY = new Set([408, 425])
/** Statuses that a bot wall may have sent; 404 and 410 apply to everybody. */
const SENT_BY_BOT_WALLS = new Set([400, 401, 403, 405, 406, 503])

/** The circumstances of a request that its classification depends on. */
export interface ClassifySettings {
  use: RemoteUse
  /** The timeout of the request. */
  timeoutMs: number
  treat: HostPolicy['treat']
}

/** Classify the outcome of the requests for an image or a link. */
export function classify(outcome: RequestOutcome, settings: ClassifySettings): Classification {
  const {status} = outcome
  if (status === 0) return classifyFailure(outcome, settings.timeoutMs)
  const name = STATUS_CODES[status]
  const statusText = name ? `${status} ${name}` : String(status)
  const treatAs = treatmentOf(settings.treat, status)
  if (treatAs === 'alive') return {verdict: {state: 'alive'}}
  if (treatAs) return {verdict: {state: treatAs, reason: statusText}}
  return status >= 200 && status < 300
    ? classifySuccess(outcome, settings, statusText)
    : classifyError(outcome, settings.use, statusText)
}

function classifySuccess(
  outcome: RequestOutcome,
  {use, timeoutMs}: ClassifySettings,
  statusText: string,
): Classification {
  if (use === 'link') return isBlockedByWall(outcome) ? rejected(statusText) : alive(outcome)
  const classification = classifyImage(outcome, statusText)
  // A body that was cut off before its format was clear may have been an image.
  const {bodyErrorCode, bodyStart} = outcome
  return classification.verdict.state === 'dead' &&
    bodyErrorCode !== undefined &&
    bodyStart!.length < SIGNATURE_BYTES
    ? classifyFailure({code: bodyErrorCode}, timeoutMs)
    : classification
}

function classifyError(outcome: RequestOutcome, use: RemoteUse, statusText: string): Classification {
  const {status} = outcome
  if (REJECTS_BOTS.has(status) || (SENT_BY_BOT_WALLS.has(status) && isBlockedByWall(outcome)))
    return {...rejected(statusText), retry: status === 429}
  if (FOR_SOME_READERS.has(status)) return blocked(statusText)
  if (status >= 500 || TEMPORARY.has(status)) return transient(statusText)
  if (use === 'image' || GONE.has(status)) return dead(statusText)
  // A reader who follows a link may be signed in, or may send something that this request lacks.
  return status === 401 || status === 403 ? blocked(statusText) : unreachable(statusText)
}

/** It works, here or permanently at another URL. */
function alive({movedTo, redirectedTo}: RequestOutcome): Classification {
  const isReplacement =
    movedTo !== undefined &&
    !SIGN_IN.test(redirectedTo ?? movedTo) &&
    !expiryOf(movedTo) &&
    !new URL(movedTo).username
  return {verdict: isReplacement ? {state: 'redirected', to: movedTo} : {state: 'alive'}}
}

const rejected = (statusText: string) => blocked(`the server rejects automated requests: ${statusText}`)

/** Media types for which some renderers embed a player. */
const PLAYABLE = /^(?:video|audio)\//
/** The start of an HTML page, after a byte order mark, comments and whitespace. */
const HTML_PAGE = /^(?:\xef\xbb\xbf)?(?:\s|<!--(?:(?!-->)[\s\S])*-->)*<(?:!doctype html|html|head|body)\b/i
const UNKNOWN_TYPE = /^(?:|(?:application|binary)\/octet-stream)$/

function classifyImage(outcome: RequestOutcome, statusText: string): Classification {
  const type = mediaType(outcome.contentType)
  if (type.startsWith('image/') || PLAYABLE.test(type)) return alive(outcome)
  // HEAD often has a different type from GET: only the body decides, and only a cancelled run ends before it is read.
  if (outcome.bodyStart === undefined) return {...unchecked(CANCELLED), needsBody: true}
  if (bitmapFormat(outcome.bodyStart) !== undefined) return alive(outcome)
  const isPage = HTML_PAGE.test(binaryText(outcome.bodyStart))
  if (UNKNOWN_TYPE.test(type) && !isPage) return alive(outcome)
  if (isBlockedByWall(outcome)) return rejected(statusText)
  const signIn = SIGN_IN.test(outcome.redirectedTo ?? '') ? ' (a sign-in page)' : ''
  return dead(
    `responds with ${isPage && UNKNOWN_TYPE.test(type) ? 'an HTML page' : type}${signIn}, not an image`,
  )
}

const SIGN_IN = /\/(?:log-?in|sign-?in|auth|sso)\b/i

/** Text in the pages of bot walls. */
const CHALLENGE = /captcha|challenge-platform|cdn-cgi\/challenge|_Incapsula_|Just a moment|awswaf/i

const isBlockedByWall = ({hasBotWallHeaders = false, bodyStart}: RequestOutcome) =>
  hasBotWallHeaders || (bodyStart !== undefined && CHALLENGE.test(binaryText(bodyStart)))
