import type {Span} from './span.ts'

/**
 * The line of an offset, from 0.
 *
 * @param lines The result of {@link lineStarts}.
 */
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

/** An offset as a point of unist: line and column from 1, the column in UTF-16 code units. */
export function pointAt(lines: Uint32Array, offset: number): {line: number; column: number; offset: number} {
  const line = lineAt(lines, offset)
  return {line: line + 1, column: offset - lines[line]! + 1, offset}
}

/**
 * The lines of a block outside of lists and block quotes, including the line ending after it.
 *
 * @returns undefined for a block that does not start at the beginning of a line
 */
export function wholeLines({lines}: {lines: Uint32Array}, {start, end}: Span): Span | undefined {
  if (lines[lineAt(lines, start)] !== start) return
  const last = lineAt(lines, end)
  const next = lines[last]! >= end && lines[last]! > start ? lines[last] : lines[last + 1]
  // The last line of a page may have no line ending.
  return {start, end: next ?? end}
}

/** The offsets at which lines start. Line endings are LF, CRLF and CR, as in CommonMark. */
export function lineStarts(text: string): Uint32Array {
  const starts = [0]
  if (text.includes('\r'))
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length)
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}
