import type {Span} from '../../text/span.ts'
import {forwardSearch} from '../forward-search.ts'

/** Where the code ends that begins at an offset; nothing where none begins, or it is never closed. */
export type EndOf = (start: number) => number | undefined

/** The stretches of a text that begin at a match of an expression and have an end, none in another. */
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
