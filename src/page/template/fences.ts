import {compile} from '../pattern.ts'
import type {EndOf} from './spans.ts'

/** The line that opens or closes fenced code. */
export const FENCE = '^[ \\t>]*(`{3,}|~{3,})'

/** Create the function that finds the end of the fenced code that begins on a line; undefined for an unclosed fence. */
export function fenceEnds(text: string): EndOf {
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
