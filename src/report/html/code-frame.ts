import {pointAt} from '../../text/lines.ts'
import {safeHtml} from '../../text/safe.ts'
import type {Span} from '../../text/span.ts'

/** The longest part of one line that is shown, and how much of it may precede the marked text, in UTF-16 units. */
const MAX_WIDTH = 180
const MAX_BEFORE = 60
/** The number of marked lines that are shown. */
const MAX_LINES = 6

/**
 * A few lines of a page as a numbered list, with the text of a finding marked.
 *
 * @param lines The UTF-16 offsets at which the text's lines start.
 * @param context The number of lines shown before and after.
 */
export function codeFrame(text: string, lines: Uint32Array, {start, end}: Span, context: number): string {
  const first = pointAt(lines, start).line - 1
  // Text that ends with a line break ends on the line before it.
  const last = Math.min(pointAt(lines, Math.max(start, end - 1)).line - 1, first + MAX_LINES - 1)
  const from = Math.max(0, first - context)
  const to = Math.min(lines.length - 1, last + context)
  const items: string[] = []
  for (let line = from; line <= to; line++) {
    const span = lineSpan(text, lines, line)
    if (line >= first && line <= last) {
      const markStart = Math.max(start, span.start)
      const mark = {start: markStart, end: Math.max(markStart, Math.min(end, span.end))}
      items.push(`<li class="hit">${markedLine(text, span, mark)}`)
    } else if (line < lines.length - 1 || span.start < text.length)
      items.push(`<li>${cut(text, span, span.start + MAX_WIDTH)}`)
    // A final line break does not start another line.
  }
  return `<ol class="frame" start="${from + 1}">${items.join('')}</ol>`
}

/** A line without its line break. */
function lineSpan(text: string, lines: Uint32Array, line: number): Span {
  const start = lines[line]!
  let end = lines[line + 1] ?? text.length
  while (end > start && /[\r\n]/.test(text[end - 1]!)) end--
  return {start, end}
}

function markedLine(text: string, line: Span, {start, end}: Span): string {
  const isLong = line.end - line.start > MAX_WIDTH
  const left = isLong ? beforeSurrogatePair(text, Math.max(line.start, start - MAX_BEFORE)) : line.start
  const right = isLong ? Math.min(line.end, left + MAX_WIDTH) : line.end
  const before = `${left > line.start ? '…' : ''}${safeHtml(text.slice(left, start))}`
  const after = end < right ? cut(text, {start: end, end: line.end}, right) : ''
  return `${before}<mark>${cut(text, {start, end}, right)}</mark>${after}`
}

/** A span up to a limit. */
const cut = (text: string, {start, end}: Span, limit: number): string =>
  end <= limit
    ? safeHtml(text.slice(start, end))
    : `${safeHtml(text.slice(start, beforeSurrogatePair(text, limit)))}…`

/** An offset moved out of the surrogate pair that it would split. */
const beforeSurrogatePair = (text: string, offset: number): number =>
  /^[\uDC00-\uDFFF]/.test(text[offset] ?? '') ? offset - 1 : offset
