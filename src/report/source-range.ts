import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {pointAt} from '../text/lines.ts'

/** A place on a page: line and column from 1, offset from 0, columns and offsets in UTF-16 units. */
export interface Point {
  line: number
  column: number
  offset: number
}

/** A stretch of a page's text; `end` is behind its last character. */
export interface SourceRange {
  start: Point
  end: Point
}

/** Where a message stands; nothing for one on a whole page. A message on one point has an empty stretch. */
export function rangeOf({place}: VFileMessage, {page}: PageResult): SourceRange | undefined {
  if (!place) return undefined
  const [start, end] = 'start' in place ? [place.start, place.end] : [place, place]
  const full = ({line, column, offset}: {line: number; column: number; offset?: number | undefined}) => ({
    line,
    column,
    // Plugins may leave it out.
    offset: offset ?? (page?.lines[line - 1] ?? 0) + column - 1,
  })
  return {start: full(start), end: full(end)}
}

/** The stretch between two offsets of a page. */
export const rangeBetween = ({page}: PageResult, start: number, end: number): SourceRange => ({
  start: pointAt(page!.lines, start),
  end: pointAt(page!.lines, end),
})
