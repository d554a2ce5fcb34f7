import {pointAt} from '../../text/lines.ts'
import {safeHtml} from '../../text/safe.ts'

/** The longest stretch of one line that is shown, and how much of it may stand before what is marked. */
const WIDTH = 180
const BEFORE = 60
/** How many lines of what is marked are shown. */
const HEIGHT = 6

/** Where something stands in a text: UTF-16 offsets from 0, `end` not included. */
interface Stretch {
  start: number
  end: number
}

/**
 * A few lines of a page as a numbered list, with the broken part marked.
 *
 * @param lines The offsets at which the text's lines start.
 * @param context How many lines are shown before and after.
 */
export function codeFrame(text: string, lines: Uint32Array, {start, end}: Stretch, context: number): string {
  const first = pointAt(lines, start).line - 1
  // What ends with a line break ends on the line before it.
  const last = Math.min(pointAt(lines, Math.max(start, end - 1)).line - 1, first + HEIGHT - 1)
  const from = Math.max(0, first - context)
  const to = Math.min(lines.length - 1, last + context)
  let out = `<ol class="frame" start="${from + 1}">`
  for (let line = from; line <= to; line++) {
    const lineStart = lines[line]!
    let lineEnd = lines[line + 1] ?? text.length
    while (lineEnd > lineStart && /[\r\n]/.test(text[lineEnd - 1]!)) lineEnd--
    if (line < first || line > last) {
      // An empty line at the end of the text is none.
      if (line === lines.length - 1 && lineStart === text.length) continue
      out += `<li>${cut(text, lineStart, lineEnd, lineStart + WIDTH)}`
    } else {
      const a = Math.max(start, lineStart)
      const b = Math.max(a, Math.min(end, lineEnd))
      out += `<li class="hit">${marked(text, {start: lineStart, end: lineEnd}, {start: a, end: b})}`
    }
  }
  return `${out}</ol>`
}

function marked(text: string, line: Stretch, {start, end}: Stretch): string {
  const isLong = line.end - line.start > WIDTH
  const left = isLong ? whole(text, Math.max(line.start, start - BEFORE)) : line.start
  const right = isLong ? Math.min(line.end, left + WIDTH) : line.end
  const before = `${left > line.start ? '…' : ''}${safeHtml(text.slice(left, start))}`
  return `${before}<mark>${cut(text, start, end, right)}</mark>${end < right ? cut(text, end, line.end, right) : ''}`
}

/** A stretch up to a limit. */
const cut = (text: string, start: number, end: number, limit: number): string =>
  end <= limit ? safeHtml(text.slice(start, end)) : `${safeHtml(text.slice(start, whole(text, limit)))}…`

/** An offset that is not within a surrogate pair. */
const whole = (text: string, offset: number): number =>
  /^[\uDC00-\uDFFF]/.test(text[offset] ?? '') ? offset - 1 : offset
