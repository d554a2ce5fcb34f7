import type {PageResult} from '../engine/types.ts'
import {commonDoubtWords} from '../site/doubts.ts'
import {safe, shortened} from '../text/safe.ts'
import {plural} from './numbers.ts'

/** More reasons are counted together. */
const MOST_REASONS = 5
/** Longer reasons, which may name a plugin, are cut, in UTF-16 units. */
const LONGEST_REASON = 200

/** The number of links that could not be judged. */
export const skippedCount = (pages: readonly PageResult[]): number =>
  pages.reduce((sum, {skipped = []}) => sum + skipped.length, 0)

/** The numbers of links that could not be judged, by reason in words, most first. */
export function skippedByReason(pages: readonly PageResult[]): [reason: string, count: number][] {
  const counts = new Map<string, number>()
  for (const {skipped = []} of pages)
    for (const {doubt} of skipped) {
      const reason = safe(shortened(commonDoubtWords(doubt), LONGEST_REASON))
      counts.set(reason, (counts.get(reason) ?? 0) + 1)
    }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

/** The links that could not be judged, a line for each reason: `12 links not judged: the plugin x may add pages`. */
export function skippedLines(pages: readonly PageResult[]): string[] {
  const reasons = skippedByReason(pages)
  const lines = reasons
    .slice(0, MOST_REASONS)
    .map(([reason, count]) => `${plural(count, 'link')} not judged: ${reason}`)
  const rest = reasons.slice(MOST_REASONS)
  if (rest.length === 0) return lines
  const count = rest.reduce((sum, [, number]) => sum + number, 0)
  return [...lines, `${plural(count, 'link')} not judged for ${plural(rest.length, 'other reason')}`]
}
