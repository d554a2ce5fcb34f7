import type {Span} from '../../text/span.ts'
import {compile} from '../pattern.ts'
import {codeSpans} from './code-spans.ts'
import type {EndOf} from './spans.ts'

/** The line that opens or closes fenced code. */
const FENCE = '^[ \\t>]*(`{3,}|~{3,})'

/**
 * The spans of a text that begin at a match of an expression outside of fenced code and code spans, and have an end; they
 * do not nest.
 *
 * @param opening The source of the expression, without groups.
 * @param from Where the first one may begin.
 */
export function spansOutsideCode(text: string, opening: string, endOf: EndOf, from = 0): Span[] {
  const endOfFence = fenceEnds(text)
  const endOfCode = codeSpans(text)
  const spans: Span[] = []
  const pattern = compile(`${FENCE}|\`+|${opening}`, 'gm')
  pattern.lastIndex = from
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const {index} = match
    const [found, fence] = match
    const ticks = ticksOf(fence ?? found)
    const fenceEnd = fence === undefined ? undefined : endOfFence(index)
    if (fenceEnd !== undefined) pattern.lastIndex = fenceEnd
    else if (ticks > 0) pattern.lastIndex = endOfCode(pattern.lastIndex, ticks)
    else if (fence === undefined) {
      const end = endOf(index)
      if (end !== undefined) spans.push({start: index, end})
      pattern.lastIndex = end ?? index + 1
    }
  }
  return spans
}

/** The number of backticks in a run of them; 0 for other marks. */
const ticksOf = (marks: string) => (marks[0] === '`' ? marks.length : 0)

/** Create the function that finds the end of the fenced code that begins on a line; undefined for an unclosed fence. */
function fenceEnds(text: string): EndOf {
  const ends = new Map<number, number>()
  const open: Record<string, {start: number; length: number}[]> = {'`': [], '~': []}
  for (const match of text.matchAll(compile(FENCE, 'gm'))) {
    const marks = match[1]!
    const waiting = open[marks[0]!]!
    // The shortest ones are last: each is closed by the next one that is at least as long.
    while (waiting.length > 0 && waiting.at(-1)!.length <= marks.length)
      ends.set(waiting.pop()!.start, match.index + match[0].length)
    waiting.push({start: match.index, length: marks.length})
  }
  return (start) => ends.get(start)
}
