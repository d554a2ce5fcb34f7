import type {Span} from '../../text/span.ts'
import {forwardSearch} from '../forward-search.ts'

/** Finds the end of the code that begins at an offset; undefined if none begins there, or it is never closed. */
export type EndOf = (start: number) => number | undefined

/** The spans of a text that begin at a match of an expression and have an end; they do not nest. */
export function spansOf(text: string, opening: RegExp, endOf: EndOf): Span[] {
  const spans: Span[] = []
  const next = forwardSearch(text, opening)
  for (let match = next(0); match; ) {
    const start = match.index
    const end = endOf(start)
    if (end !== undefined) spans.push({start, end})
    match = next(end ?? start + 1)
  }
  return spans
}
