import type {Edit, Fix} from './rule.ts'

/** What came of applying fixes to one text. */
export interface Fixed {
  text: string
  /** Those that were applied; the others overlap one of them, and may be applied to the new text. */
  applied: Fix[]
}

/**
 * Apply fixes to a text. The edits of a fix are applied together or not at all; of two fixes that overlap the one that
 * begins earlier is applied. Insertions at one place do not overlap; they come in the order of the fixes.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): Fixed {
  const taken: Edit[] = []
  const applied: Fix[] = []
  const sorted = fixes
    .filter(
      ({edits}) =>
        edits.length > 0 && edits.every(({start, end}) => 0 <= start && start <= end && end <= text.length),
    )
    .toSorted((a, b) => startOf(a) - startOf(b))
  for (const fix of sorted) {
    if (
      fix.edits.some((edit, index) =>
        [...taken, ...fix.edits.slice(0, index)].some((other) => overlap(edit, other)),
      )
    )
      continue
    taken.push(...fix.edits)
    applied.push(fix)
  }
  let out = ''
  let done = 0
  for (const {start, end, text: put} of taken.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    out += text.slice(done, start) + put
    done = end
  }
  return {text: out + text.slice(done), applied}
}

const startOf = ({edits}: Fix) => Math.min(...edits.map(({start}) => start))

/** Stretches overlap if they share a character, or if one is an insertion within the other. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return false
  return a.start < b.end && b.start < a.end
}
