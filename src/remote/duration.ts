import {setTimeout as wait} from 'node:timers/promises'

const UNITS: Record<string, number> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}

/** The milliseconds of a duration in a configuration: `10` → 10000, `'5m'` → 300000; `NaN` for an invalid one. */
export function parseDuration(value: unknown): number {
  if (typeof value === 'number') return value >= 0 ? value * 1000 : Number.NaN
  const found = typeof value === 'string' && /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/.exec(value)
  return found ? Number(found[1]) * UNITS[found[2]!]! : Number.NaN
}

/** A duration in the largest unit that divides it: 300000 → `5 min` */
export function formatDuration(milliseconds: number): string {
  const [unit, size] = Object.entries(UNITS).findLast(
    ([, each]) => milliseconds % each === 0 && milliseconds >= each,
  ) ?? ['s', 1000]
  return `${milliseconds / size} ${unit === 'm' ? 'min' : unit}`
}

/** Units of ages, each up to a limit in seconds; from `git log --date=relative`. */
const AGE_UNITS = [
  {unit: 'second', seconds: 1, below: 90},
  {unit: 'minute', seconds: 60, below: 90 * 60},
  {unit: 'hour', seconds: 3600, below: 36 * 3600},
  {unit: 'day', seconds: 86_400, below: 14 * 86_400},
  {unit: 'week', seconds: 7 * 86_400, below: Number.POSITIVE_INFINITY},
] as const

/** An age as Git words it: `40 minutes ago` */
export function formatAge(milliseconds: number): string {
  const age = Math.max(0, Math.round(milliseconds / 1000))
  const {unit, seconds} = AGE_UNITS.find(({below}) => age < below)!
  return new Intl.RelativeTimeFormat('en').format(-Math.round(age / seconds), unit)
}

/** The limit of Node's timers, which have 31 bits: longer ones fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Wait, up to the limit of Node's timers, or until a signal aborts. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(Math.min(milliseconds, LONGEST_TIMER_MS), undefined, {signal}).catch(() => {})

/** The date of a time, in UTC: `2026-01-02` */
export const formatDate = (moment: Date | number): string => new Date(moment).toISOString().slice(0, 10)
