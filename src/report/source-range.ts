import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {pointAt} from '../text/lines.ts'

/** A position on a page: line and column from 1, offset from 0, columns and offsets in UTF-16 units. */
export interface Point {
  line: number
  column: number
  offset: number
}

/** A range of a page's text; `end` is exclusive. */
export interface SourceRange {
  start: Point
  end: Point
}

/** The range of a message; undefined if it is about the page as such. A message at a point has an empty range. */
export function rangeOf({place}: VFileMessage, {page}: PageResult): SourceRange | undefined {
  if (!place) return undefined
  const [start, end] = 'start' in place ? [place.start, place.end] : [place, place]
  const withOffset = ({
    line,
    column,
    offset,
  }: {
    line: number
    column: number
    offset?: number | undefined
  }) => ({
    line,
    column,
    // Plugins may leave it out.
    offset: offset ?? (page?.lines[line - 1] ?? 0) + column - 1,
  })
  return {start: withOffset(start), end: withOffset(end)}
}

/** The range between two offsets of a page. */
export const rangeBetween = ({page}: PageResult, start: number, end: number): SourceRange => ({
  start: pointAt(page!.lines, start),
  end: pointAt(page!.lines, end),
})
