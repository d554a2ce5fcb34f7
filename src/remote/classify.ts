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
import {type HostPolicy, treatmentOf} from './policy.ts'
import {mediaType, type RequestOutcome} from './request-outcome.ts'
import {expiryOf} from './signed-url.ts'
import type {RemoteUse} from './types.ts'

/** Statuses that say no to programs. */
const TURNS_AWAY = new Set([429, 999])
/** Statuses that say no to some readers only. */
const NOT_FOR_ALL = new Set([402, 407, 423, 451])
/** Statuses that mean the same to everybody: what was asked for is not there. A redirect to nowhere is one. */
const GONE = new Set([300, 301, 302, 303, 305, 307, 308, 404, 410])
/** Statuses of the moment, beside those of 5xx. */
const PASSING = new Set([408, 425])
/** Statuses behind which a bot wall may stand; what is 404 or 410 is gone for everybody. */
const OF_WALLS = new Set([400, 401, 403, 405, 406, 503])

/** What a judgement depends on beside the answer. */
export interface ClassifySettings {
  kind: RemoteUse
  /** How long was waited for the answer. */
  timeoutMs: number
  treat: HostPolicy['treat']
}

/** Judge the answer for an image or a link. */
export function classify(answer: RequestOutcome, {kind, timeoutMs, treat}: ClassifySettings): Classification {
  const {status, bodyErrorCode} = answer
  if (status === 0) return classifyFailure(answer, timeoutMs)
  const name = STATUS_CODES[status]
  const said = name ? `${status} ${name}` : String(status)
  const treated = treatmentOf(treat, status)
  if (treated === 'alive') return {verdict: {state: 'alive'}}
  if (treated) return {verdict: {state: treated, reason: said}}
  if (status >= 200 && status < 300) {
    if (kind === 'link') return meetsWall(answer) ? turnedAway(said) : alive(answer)
    const judged = judgeBody(answer, said)
    // What broke off before it could be told apart may have been an image.
    const unseen = bodyErrorCode !== undefined && answer.bodyStart!.length < MAGIC_BYTES
    return judged.verdict.state === 'dead' && unseen
      ? classifyFailure({code: bodyErrorCode}, timeoutMs)
      : judged
  }
  if (TURNS_AWAY.has(status) || (OF_WALLS.has(status) && meetsWall(answer)))
    return {...turnedAway(said), retry: status === 429}
  if (NOT_FOR_ALL.has(status)) return blocked(said)
  if (status >= 500 || PASSING.has(status)) return transient(said)
  if (kind === 'image' || GONE.has(status)) return dead(said)
  // A reader who follows a link may be signed in, or bring what the server misses here.
  return status === 401 || status === 403 ? blocked(said) : unreachable(said)
}

/** It answers: there, or at another address for good. */
function alive({movedTo, redirectedTo}: RequestOutcome): Classification {
  const isBetter =
    movedTo !== undefined &&
    !SIGN_IN.test(redirectedTo ?? movedTo) &&
    !expiryOf(movedTo) &&
    !new URL(movedTo).username
  return {verdict: isBetter ? {state: 'redirected', to: movedTo} : {state: 'alive'}}
}

const turnedAway = (said: string) => blocked(`the server rejects automated requests: ${said}`)

/** Types that some renderers make a player of. */
const PLAYED = /^(?:video|audio)\//
/** A page begins with one of these, behind a mark of UTF-8, comments and white space. */
const PAGE = /^(?:\xef\xbb\xbf)?(?:\s|<!--(?:(?!-->)[\s\S])*-->)*<(?:!doctype html|html|head|body)\b/i
const UNKNOWN = /^(?:|(?:application|binary)\/octet-stream)$/

function judgeBody(answer: RequestOutcome, said: string): Classification {
  const type = mediaType(answer.contentType)
  if (type.startsWith('image/') || PLAYED.test(type)) return alive(answer)
  // HEAD often gives another type than GET: only the body decides, and only a cancelled run ends before that.
  if (answer.bodyStart === undefined) return {...unchecked(CANCELLED), needsBody: true}
  if (hasImageMagic(answer.bodyStart)) return alive(answer)
  const isPage = PAGE.test(textOf(answer.bodyStart))
  if (UNKNOWN.test(type) && !isPage) return alive(answer)
  if (meetsWall(answer)) return turnedAway(said)
  const signIn = SIGN_IN.test(answer.redirectedTo ?? '') ? ' (a sign-in page)' : ''
  return dead(`answers with ${isPage && UNKNOWN.test(type) ? 'a page' : type}${signIn}, not an image`)
}

const SIGN_IN = /\/(?:log-?in|sign-?in|auth|sso)\b/i

const textOf = (head: Uint8Array) => Buffer.from(head).toString('latin1')

const MAGIC_BYTES = 16

/** The formats that browsers show, by their first bytes. */
const FORMATS: [magic: RegExp, extension: string][] = [
  [/^\x89PNG/, 'png'],
  [/^\xff\xd8\xff/, 'jpg'],
  [/^GIF8/, 'gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'webp'],
  [/^[\s\S]{4}ftyp/, 'avif'],
  [/^(?:\xff\x0a|\0\0\0\x0cJXL )/, 'jxl'],
  [/^\0\0\x01\0/, 'ico'],
  [/^BM[\s\S]{4}\0{4}/, 'bmp'],
]
/**
 * A drawing begins with its element, behind a declaration, comments and white space. None of these goes on behind its
 * own end: were there two ways to read a row of comments, a server could keep us busy for ever.
 */
const SVG =
  /^\uFEFF?(?:\s|<\?(?:(?!\?>)[\s\S])*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE\s+svg\b[^>[]*(?:\[[^\]]*\])?>)*<svg[\s>]/i

/** The extension of an image's format by its first bytes, without a dot; nothing for what is no image. */
export function imageFormat(bytes: Uint8Array): string | undefined {
  const start = textOf(bytes.subarray(0, MAGIC_BYTES))
  const found = FORMATS.find(([magic]) => magic.test(start))?.[1]
  return found ?? (SVG.test(Buffer.from(bytes.subarray(0, 4096)).toString('utf8')) ? 'svg' : undefined)
}

const hasImageMagic = (head: Uint8Array) =>
  FORMATS.some(([magic]) => magic.test(textOf(head.subarray(0, MAGIC_BYTES))))

/** Words of the pages that ask a reader to prove that they are one. */
const CHALLENGE = /captcha|challenge-platform|cdn-cgi\/challenge|_Incapsula_|Just a moment|awswaf/i

const meetsWall = ({hasBotWallHeaders = false, bodyStart}: RequestOutcome) =>
  hasBotWallHeaders || (bodyStart !== undefined && CHALLENGE.test(textOf(bodyStart)))
