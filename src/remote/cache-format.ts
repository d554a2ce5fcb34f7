import {createHash} from 'node:crypto'
import type {Verdict} from './types.ts'

/** A verdict as it is remembered. */
export interface CachedVerdict {
  /** When it was found, ms since the epoch. */
  checkedAt: number
  state: Exclude<Verdict['state'], 'unchecked'>
  /** The reason, or the new address. */
  text: string
  /** Since when the address has been failing. */
  failingSince?: number
}

/** What is remembered, by key. */
export type CachedVerdicts = Map<string, CachedVerdict>

/** States that mean: a reader does not get there. */
export const FAILING_STATES: ReadonlySet<Verdict['state']> = new Set(['dead', 'unreachable'])
const STATES: ReadonlySet<unknown> = new Set(['alive', 'redirected', 'dead', 'blocked', 'unreachable'])

/** A larger file holds no cache of ours; to parse it could take thirty times as much memory. */
export const MAX_CACHE_BYTES = 16_000_000
const LONGEST_TEXT = 2000
const MOST_ENTRIES = 100_000
const KEPT_MS = 30 * 86_400_000
/** Clocks of two machines, or of one before and after it was set. */
const SKEW_MS = 60_000
const VERSION = 1
const NAME = 'remote verdicts'

/**
 * A key for things that belong together: a hash, so that no token of any URL stands in the file.
 */
export const cacheKey = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

/** An entry as a verdict. */
export function verdictOf({state, text}: CachedVerdict): Verdict {
  if (state === 'alive') return {state}
  return state === 'redirected' ? {state, to: text} : {state, reason: text}
}

/**
 * Read a file's text. Single entries that make no sense, or come from the future, are left out.
 *
 * @returns why it is none of ours, or none that this version understands.
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
  if (!isTime(checkedAt) || !STATES.has(state) || typeof text !== 'string' || text.length > LONGEST_TEXT)
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

/** Put what was found in this run beside what others have found: the later one holds, a failure counts from its start. */
export function mergeVerdicts(there: CachedVerdicts, noted: CachedVerdicts): CachedVerdicts {
  const merged: CachedVerdicts = new Map(there)
  for (const [key, entry] of noted) {
    const other = there.get(key)
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

/** The text of a file: what is long past is left out, and the oldest where there is too much. */
export function serializeCache(entries: CachedVerdicts, now: number): string {
  const kept = [...entries]
    .filter(([, {checkedAt, text}]) => now - checkedAt < KEPT_MS && text.length <= LONGEST_TEXT)
    .sort(([, a], [, b]) => b.checkedAt - a.checkedAt)
    .slice(0, MOST_ENTRIES)
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
