import {setTimeout as wait} from 'node:timers/promises'

const UNITS: Record<string, number> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}

/** Milliseconds of a duration as written in a configuration: a number is seconds; `NaN` for what is none. */
export function parseDuration(value: unknown): number {
  if (typeof value === 'number') return value >= 0 ? value * 1000 : Number.NaN
  const found = typeof value === 'string' && /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/.exec(value)
  return found ? Number(found[1]) * UNITS[found[2]!]! : Number.NaN
}

/** A duration as people say it: the largest unit in which it is a whole number. */
export function formatDuration(milliseconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(
    ([, each]) => milliseconds % each === 0 && milliseconds >= each,
  ) ?? ['s', 1000]
  return `${milliseconds / size} ${unit === 'm' ? 'min' : unit}`
}

/** Node's timers count in 31 bits; one that is longer ends at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Wait for so many milliseconds, but no longer than Node's timers can, or until a signal aborts. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(Math.min(milliseconds, LONGEST_TIMER_MS), undefined, {signal}).catch(() => {})

/** The day of a moment, in UTC: `2026-01-02`. */
export const formatDate = (moment: Date | number): string => new Date(moment).toISOString().slice(0, 10)
