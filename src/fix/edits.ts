import type {Fix} from '../rule/types.ts'
import {firstNot} from '../text/sorted.ts'
import type {Edit} from '../text/span.ts'

/** A text with fixes applied. */
export interface Fixed {
  text: string
  /** The fixes that were applied; others that overlap one of these may be applied to the new text. */
  applied: Fix[]
}

/**
 * Apply fixes to a text. The edits of a fix are applied together or not at all; of two overlapping fixes, the one that
 * begins earlier is applied, but a suggestion never instead of a certain one. Insertions at the same offset do not overlap; they are applied in the order of the fixes.
 * If a fix deletes all lines between two blank ones, it deletes the second blank line as well: `a\n\nb\n\nc` without
 * `b\n` → `a\n\nc`.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): Fixed {
  const taken: Edit[] = []
  const applied: Fix[] = []
  const sorted = fixes
    .filter(
      ({edits}) =>
        edits.length > 0 && edits.every(({start, end}) => 0 <= start && start <= end && end <= text.length),
    )
    .map((fix) => ({fix, start: startOf(fix)}))
    .sort((a, b) => Number(b.fix.safe) - Number(a.fix.safe) || a.start - b.start)
  for (const {fix} of sorted) {
    if (fix.edits.some((edit) => overlapsAny(edit, taken)) || overlapEachOther(fix.edits)) continue
    for (const edit of fix.edits) taken.splice(indexFor(edit, taken), 0, edit)
    applied.push(fix)
  }
  let out = ''
  let done = 0
  for (const {start, end, text: put} of withBlankLines(text, taken)) {
    out += text.slice(done, start) + put
    done = end
  }
  return {text: out + text.slice(done), applied}
}

/**
 * Join the edits of a fix, including blank lines deleted with them, into one edit from the first to the last.
 *
 * @returns undefined for a fix that cannot be applied to the text
 */
export function asOneEdit(text: string, {edits}: Fix): Edit | undefined {
  if (edits.length === 0 || edits.some(({end}) => end > text.length) || overlapEachOther(edits)) return
  const all = withBlankLines(text, edits.toSorted(inOrder))
  const {start} = all[0]!
  let out = ''
  let done = start
  for (const {start, end, text: put} of all) {
    out += text.slice(done, start) + put
    done = end
  }
  return {start, end: done, text: out}
}

const inOrder = (a: Edit, b: Edit) => a.start - b.start || a.end - b.end

/** The index at which an edit belongs in a sorted list, after those at the same offset. */
const indexFor = (edit: Edit, taken: readonly Edit[]) => firstNot(taken, (other) => inOrder(other, edit) <= 0)

/** Does an edit overlap one of a sorted list, whose edits do not overlap each other? */
function overlapsAny(edit: Edit, taken: readonly Edit[]): boolean {
  const next = taken[firstNot(taken, ({end}) => end <= edit.start)]
  return next !== undefined && overlap(edit, next)
}

function overlapEachOther(edits: readonly Edit[]): boolean {
  if (edits.length < 2) return false
  const sorted = edits.toSorted(inOrder)
  return sorted.some((edit, at) => at > 0 && overlap(edit, sorted[at - 1]!))
}

const startOf = ({edits}: Fix) =>
  edits.reduce((least, {start}) => Math.min(least, start), Number.POSITIVE_INFINITY)

/** Edits overlap if they share a character, or if one is an insertion inside the other. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return false
  return a.start < b.end && b.start < a.end
}

/** Extend edits that delete entire lines to blank lines that would otherwise be doubled. */
function withBlankLines(text: string, edits: readonly Edit[]): Edit[] {
  const found: Edit[] = []
  for (const edit of edits) {
    const last = found.at(-1)
    if (
      last &&
      deletesLines(text, last) &&
      deletesLines(text, edit) &&
      isBlank(text.slice(last.end, edit.start))
    )
      found[found.length - 1] = {...last, end: edit.end}
    else found.push(edit)
  }
  return found.map((edit, index) =>
    deletesLines(text, edit) ? widened(text, edit, found[index - 1], found[index + 1]) : edit,
  )
}

const deletesLines = (text: string, {start, end, text: put}: Edit) =>
  put === '' &&
  start < end &&
  (start === 0 || text[start - 1] === '\n') &&
  (end === text.length || text[end - 1] === '\n')

const isBlank = (part: string) => /^[ \t\r\n]*$/.test(part)

/**
 * Extend an edit that deletes lines to the blank lines below it, if there is a blank line above. Nothing that another
 * edit touches is deleted.
 */
function widened(text: string, edit: Edit, before: Edit | undefined, after: Edit | undefined): Edit {
  const above = startOfBlankLines(text, edit.start)
  const below = endOfBlankLines(text, edit.end)
  if (before && before.end > above) return edit
  // At the end of a text, blank lines above the edit no longer separate anything.
  if (below === text.length) return after ? edit : {...edit, start: above, end: below}
  const isBetween = (above < edit.start || above === 0) && (!after || after.start >= below)
  return isBetween ? {...edit, end: below} : edit
}

/** The start of the blank lines that end at an offset. */
function startOfBlankLines(text: string, end: number): number {
  let start = end
  while (start > 0) {
    // `lastIndexOf` treats a negative position as 0.
    const line = start > 1 ? text.lastIndexOf('\n', start - 2) + 1 : 0
    if (!isBlank(text.slice(line, start))) break
    start = line
  }
  return start
}

/** The end of the blank lines that begin at an offset. */
function endOfBlankLines(text: string, start: number): number {
  let end = start
  while (end < text.length) {
    const next = text.indexOf('\n', end) + 1 || text.length
    if (!isBlank(text.slice(end, next))) break
    end = next
  }
  return end
}
