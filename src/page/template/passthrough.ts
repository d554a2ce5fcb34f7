import escapeStringRegexp from 'escape-string-regexp'
import type {Span} from '../../text/span.ts'
import {type ForwardSearch, forwardSearch} from '../forward-search.ts'
import {compile} from '../pattern.ts'
import {PARAGRAPH_END} from './code-spans.ts'
import {spansOutsideCode} from './outside-code.ts'
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
  const opening = delimiters.map((each) => each.opening).join('|')
  return spansOutsideCode(text, opening, passthroughEnds(text, delimiters))
}

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
