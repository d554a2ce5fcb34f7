import {createHash} from 'node:crypto'
import type {Verdict} from '../types.ts'

/** A verdict in the cache. */
export interface CachedVerdict {
  /** The time of the request, in milliseconds since the epoch. */
  checkedAt: number
  state: Exclude<Verdict['state'], 'unchecked'>
  /** The reason, or the new URL. */
  text: string
  /** When the URL began to fail, in milliseconds since the epoch. */
  failingSince?: number
}

/** The entries of a cache, by key. */
export type CachedVerdicts = Map<string, CachedVerdict>

/** The states of a URL that readers cannot reach. */
export const FAILING_STATES: ReadonlySet<Verdict['state']> = new Set(['dead', 'unreachable'])
const STATES: ReadonlySet<unknown> = new Set(['alive', 'redirected', 'dead', 'blocked', 'unreachable'])

/** No cache is larger; parsing could take thirty times as much memory. */
export const MAX_CACHE_BYTES = 16_000_000
const MAX_TEXT_LENGTH = 2000
const MAX_ENTRIES = 100_000
const MAX_AGE_MS = 30 * 86_400_000
/** The tolerated difference between two clocks, or of one that was set. */
const SKEW_MS = 60_000
const VERSION = 1
const NAME = 'remote verdicts'

/** The key of a verdict: a hash of all that it depends on, so that the file contains no secrets from URLs. */
export const cacheKey = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

/** The verdict of an entry. */
export function verdictOf({state, text}: CachedVerdict): Verdict {
  if (state === 'alive') return {state}
  return state === 'redirected' ? {state, to: text} : {state, reason: text}
}

/**
 * Parse a cache file. Invalid entries and those from the future are ignored.
 *
 * @returns the entries; `foreign` for a file that is not a cache, `newer` for a later version of the format
 */
export function parseCache(text: string, now: number): CachedVerdicts | 'foreign' | 'newer' {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return 'foreign'
  }
  if (typeof parsed !== 'object' || parsed === null) return 'foreign'
  const {doccheck, version, entries} = parsed as Record<string, unknown>
  if (doccheck !== NAME || typeof version !== 'number') return 'foreign'
  if (version > VERSION) return 'newer'
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) return 'foreign'
  const found: CachedVerdicts = new Map()
  for (const [key, value] of Object.entries(entries)) {
    const entry = parseEntry(value)
    if (entry && entry.checkedAt <= now + SKEW_MS && /^[\w-]{22}$/.test(key)) found.set(key, entry)
  }
  return found
}

function parseEntry(value: unknown): CachedVerdict | undefined {
  if (!Array.isArray(value)) return
  const [checkedAt, state, text = '', failingSince] = value as unknown[]
  if (!isTime(checkedAt) || !STATES.has(state) || typeof text !== 'string' || text.length > MAX_TEXT_LENGTH)
    return
  if (failingSince !== undefined && !(isTime(failingSince) && failingSince <= checkedAt)) return
  if ((state === 'redirected' && !URL.canParse(text)) || (state !== 'alive' && text === '')) return
  return {
    checkedAt,
    state: state as CachedVerdict['state'],
    text,
    ...(failingSince !== undefined && {failingSince}),
  }
}

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/** Merge the entries of two caches: the later entry wins, and a failure counts from its earlier start. */
export function mergeVerdicts(first: CachedVerdicts, second: CachedVerdicts): CachedVerdicts {
  const merged: CachedVerdicts = new Map(first)
  for (const [key, entry] of second) {
    const other = first.get(key)
    if (!other) merged.set(key, entry)
    else {
      const [earlier, later] = other.checkedAt > entry.checkedAt ? [entry, other] : [other, entry]
      const failingSince =
        later.failingSince !== undefined && earlier.failingSince !== undefined
          ? Math.min(later.failingSince, earlier.failingSince)
          : later.failingSince
      merged.set(key, {...later, ...(failingSince !== undefined && {failingSince})})
    }
  }
  return merged
}

/** The text of a cache file, without outdated entries and, above the limit, without the oldest. */
export function serializeCache(entries: CachedVerdicts, now: number): string {
  const kept = [...entries]
    .filter(([, {checkedAt, text}]) => now - checkedAt < MAX_AGE_MS && text.length <= MAX_TEXT_LENGTH)
    .sort(([, a], [, b]) => b.checkedAt - a.checkedAt)
    .slice(0, MAX_ENTRIES)
    .map(([key, {checkedAt, state, text, failingSince}]) => [
      key,
      failingSince !== undefined
        ? [checkedAt, state, text, failingSince]
        : text
          ? [checkedAt, state, text]
          : [checkedAt, state],
    ])
  return JSON.stringify({doccheck: NAME, version: VERSION, entries: Object.fromEntries(kept)})
}
