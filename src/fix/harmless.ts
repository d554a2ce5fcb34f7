import {sameBlocks} from '../page/same-blocks.ts'
import type {Fix} from '../rule/types.ts'
import {applyFixes, type Fixed} from './edits.ts'

/** Once this many fixes of a page would change its blocks, the remaining ones are refused untested. */
const MOST_REFUSED = 100

/** Apply the fixes that keep the blocks of a page as they are, and refuse the others. */
export function applyHarmless(text: string, fixes: readonly Fix[]): Fixed & {refused: Fix[]} {
  const all = applyFixes(text, fixes)
  if (sameBlocks(text, all.text)) return {...all, refused: []}
  let good = applyFixes(text, [])
  const refused: Fix[] = []
  /** Apply as many fixes as possible: if all of them together are harmful, each half is tried separately. */
  const take = (some: readonly Fix[]): void => {
    if (some.length === 0) return
    const more = applyFixes(text, [...good.applied, ...some])
    if (more.applied.length < good.applied.length + some.length && some.length === 1) return
    if (sameBlocks(text, more.text)) good = more
    else if (some.length === 1 || refused.length >= MOST_REFUSED) for (const fix of some) refused.push(fix)
    else {
      take(some.slice(0, some.length >> 1))
      take(some.slice(some.length >> 1))
    }
  }
  take(all.applied)
  // Fixes that overlap an applied one are tried last, since that may have been refused.
  const applied = new Set(all.applied)
  for (const fix of fixes.filter((each) => !applied.has(each)).slice(0, MOST_REFUSED)) take([fix])
  return {...good, refused}
}
