import type {Fix} from '../rule/types.ts'
import {firstNot} from '../text/sorted.ts'
import type {Edit} from '../text/span.ts'

/** What came of applying fixes to one text. */
export interface Fixed {
  text: string
  /** Those that were applied; the others overlap one of them, and may be applied to the new text. */
  applied: Fix[]
}

/**
 * Apply fixes to a text. The edits of a fix are applied together or not at all; of two fixes that overlap the one that
 * begins earlier is applied. Insertions at one place do not overlap; they come in the order of the fixes. Where all lines
 * between blank ones go, those below go, too: no second blank line is left.
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
    .sort((a, b) => a.start - b.start)
  for (const {fix} of sorted) {
    if (fix.edits.some((edit) => overlapsAny(edit, taken)) || overlapThemselves(fix.edits)) continue
    for (const edit of fix.edits) taken.splice(placeOf(edit, taken), 0, edit)
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
 * A fix as one edit, from the first of its edits to the last, with the blank lines that go with them.
 *
 * @returns nothing for one that cannot be applied to the text
 */
export function asOneEdit(text: string, {edits}: Fix): Edit | undefined {
  if (edits.length === 0 || edits.some(({end}) => end > text.length) || overlapThemselves(edits)) return
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

/** Where an edit belongs in a list that is in order, behind those at its place. */
const placeOf = (edit: Edit, taken: readonly Edit[]) => firstNot(taken, (other) => inOrder(other, edit) <= 0)

/** Does an edit overlap one of a list in order, none of which overlap each other? */
function overlapsAny(edit: Edit, taken: readonly Edit[]): boolean {
  const next = taken[firstNot(taken, ({end}) => end <= edit.start)]
  return next !== undefined && overlap(edit, next)
}

function overlapThemselves(edits: readonly Edit[]): boolean {
  if (edits.length < 2) return false
  const sorted = edits.toSorted(inOrder)
  return sorted.some((edit, at) => at > 0 && overlap(edit, sorted[at - 1]!))
}

const startOf = ({edits}: Fix) =>
  edits.reduce((least, {start}) => Math.min(least, start), Number.POSITIVE_INFINITY)

/** Stretches overlap if they share a character, or if one is an insertion within the other. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.start === a.end && b.start === b.end) return false
  return a.start < b.end && b.start < a.end
}

/** Edits in the order of the text; those that take lines away, with blank lines that would be too many. */
function withBlankLines(text: string, edits: readonly Edit[]): Edit[] {
  const found: Edit[] = []
  for (const edit of edits) {
    const last = found.at(-1)
    if (last && takesLines(text, last) && takesLines(text, edit) && isBlank(text.slice(last.end, edit.start)))
      found[found.length - 1] = {...last, end: edit.end}
    else found.push(edit)
  }
  return found.map((edit, index) =>
    takesLines(text, edit) ? widened(text, edit, found[index - 1], found[index + 1]) : edit,
  )
}

const takesLines = (text: string, {start, end, text: put}: Edit) =>
  put === '' &&
  start < end &&
  (start === 0 || text[start - 1] === '\n') &&
  (end === text.length || text[end - 1] === '\n')

const isBlank = (part: string) => /^[ \t\r\n]*$/.test(part)

/** What is not blank between two edits stands; what another edit touches does, too. */
function widened(text: string, edit: Edit, before: Edit | undefined, after: Edit | undefined): Edit {
  let {start: above, end: below} = edit
  while (above > 0) {
    // A position below 0 is searched from as if it were 0.
    const line = above > 1 ? text.lastIndexOf('\n', above - 2) + 1 : 0
    if (!isBlank(text.slice(line, above))) break
    above = line
  }
  while (below < text.length) {
    const end = text.indexOf('\n', below) + 1 || text.length
    if (!isBlank(text.slice(below, end))) break
    below = end
  }
  if (before && before.end > above) return edit
  // Of a text, the last line has no blank line below it.
  if (below === text.length) return after ? edit : {...edit, start: above, end: below}
  const isBetween = (above < edit.start || above === 0) && (!after || after.start >= below)
  return isBetween ? {...edit, end: below} : edit
}
