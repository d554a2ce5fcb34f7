import escapeStringRegexp from 'escape-string-regexp'
import type {Span} from '../../text/span.ts'
import {type ForwardSearch, forwardSearch} from '../forward-search.ts'
import {compile} from '../pattern.ts'
import {codeSpans, PARAGRAPH_END} from './code-spans.ts'
import {FENCE, fenceEnds} from './fences.ts'
import type {EndOf} from './spans.ts'

/** The maximum length of text between two delimiters. */
const LONGEST = 4000

/**
 * Text between delimiters that the Markdown parser passes through unchanged, such as math: within one paragraph, and
 * never in code.
 *
 * @param delimiters The opening and the closing one of each kind, such as `['$$', '$$']`.
 */
export const passthroughSpans = (
  text: string,
  delimiters: readonly (readonly [open: string, close: string])[],
): Span[] =>
  spansBetween(
    text,
    delimiters.map(([open, close]) => ({
      open,
      opening: escapeStringRegexp(open),
      closing: escapeStringRegexp(close),
    })),
  )

/** The spans of math between dollars, by the rule of Pandoc: no space just inside single ones, and no digit after them. */
export const dollarMathSpans = (text: string): Span[] => spansBetween(text, DOLLARS)

/** Delimiters, as regular expressions. */
interface Delimiters {
  /** The text that the opening one consists of. */
  open: string
  opening: string
  closing: string
}

const DOLLARS: readonly Delimiters[] = [
  {open: '$$', opening: String.raw`(?<!\\)\$\$`, closing: String.raw`(?<!\\)\$\$`},
  {open: '$', opening: String.raw`(?<!\\)\$(?![\s$])`, closing: String.raw`(?<![\s\\])\$(?!\d)`},
]

function spansBetween(text: string, delimiters: readonly Delimiters[]): Span[] {
  if (!delimiters.some(({open}) => text.includes(open))) return []
  const endOfFence = fenceEnds(text)
  const endOfCode = codeSpans(text)
  const endOfText = passthroughEnds(text, delimiters)
  const spans: Span[] = []
  const opening = delimiters.map((each) => each.opening).join('|')
  const pattern = compile(`${FENCE}|\`+|${opening}`, 'gm')
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const {index} = match
    const [found, fence] = match
    const ticks = ticksOf(fence ?? found)
    const fenceEnd = fence === undefined ? undefined : endOfFence(index)
    if (fenceEnd !== undefined) pattern.lastIndex = fenceEnd
    else if (ticks > 0) pattern.lastIndex = endOfCode(pattern.lastIndex, ticks)
    else if (fence === undefined) {
      const end = endOfText(index)
      if (end !== undefined) spans.push({start: index, end})
      pattern.lastIndex = end ?? index + 1
    }
  }
  return spans
}

/** The number of backticks in a run of them; 0 for other marks. */
const ticksOf = (marks: string) => (marks[0] === '`' ? marks.length : 0)

/** Create the function that finds the end of the text whose opening delimiter is at an offset. */
function passthroughEnds(text: string, delimiters: readonly Delimiters[]): EndOf {
  const paragraphEnd = forwardSearch(text, PARAGRAPH_END)
  const kinds = delimiters.map(({open, closing}): {open: string; closing: ForwardSearch} => ({
    open,
    closing: forwardSearch(text, compile(closing, 'g')),
  }))
  return (start) => {
    for (const {open, closing} of kinds) {
      const from = start + open.length
      const close = text.startsWith(open, start) ? closing(from + 1) : undefined
      if (!close || close.index - from > LONGEST) continue
      if (close.index <= (paragraphEnd(from)?.index ?? text.length)) return close.index + close[0].length
    }
    return
  }
}
