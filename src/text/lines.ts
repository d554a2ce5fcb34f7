import type {Span} from './span.ts'

/** The line that an offset is on, counted from 0. @param lines Where each line starts. */
export function lineAt(lines: Uint32Array, offset: number): number {
  let low = 0
  let high = lines.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (lines[middle]! <= offset) low = middle
    else high = middle
  }
  return low
}

/** Where an offset is, as messages count: line and column from 1, the column in UTF-16 units. */
export function pointAt(lines: Uint32Array, offset: number): {line: number; column: number; offset: number} {
  const line = lineAt(lines, offset)
  return {line: line + 1, column: offset - lines[line]! + 1, offset}
}

/**
 * The whole lines of a block that stands outside of lists and quotes, with the line break behind it.
 *
 * @returns nothing for a block that begins within a line.
 */
export function wholeLines({lines}: {lines: Uint32Array}, {start, end}: Span): Span | undefined {
  if (lines[lineAt(lines, start)] !== start) return
  const last = lineAt(lines, end)
  const next = lines[last]! >= end && lines[last]! > start ? lines[last] : lines[last + 1]
  // Without a line break at the end of the page, none is taken.
  return {start, end: next ?? end}
}

/** The offsets at which lines start; line endings are those of CommonMark: LF, CRLF, CR. */
export function lineStarts(text: string): Uint32Array {
  const starts = [0]
  if (text.includes('\r'))
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length)
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}
