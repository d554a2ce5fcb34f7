import {firstNot} from '../text/sorted.ts'
import type {Span} from '../text/span.ts'
import {type ForwardSearch, forwardSearch} from './forward-search.ts'
import {dollarMathSpans} from './template/passthrough.ts'

/** TeX math by pandoc's rule: no space just inside single dollars, no digit after the closing one. */
const MATH = /\\\\[([]|\\.|\$\$|\$(?![\s$])(?:\\.|[^\\$])*?(?<!\s)\$(?!\d)/g

/** Create a predicate for spans of a block within math; the block is scanned on first use. */
export const mathIn = (text: string, block: Span): ((stretch: Span) => boolean) =>
  isWithin(() => mathSpans(text, block))

/** Create a predicate for spans within math between dollars; the text is scanned on first use. */
export const mathOn = (text: string): ((stretch: Span) => boolean) => isWithin(() => dollarMathSpans(text))

function isWithin(find: () => Span[]): (stretch: Span) => boolean {
  let spans: Span[] | undefined
  return ({start, end}) => {
    spans ??= find()
    const around = spans[firstNot(spans, (span) => span.start <= start) - 1]
    return around !== undefined && end <= around.end
  }
}

function mathSpans(text: string, {start, end}: Span): Span[] {
  const block = text.slice(start, end)
  if (!block.includes('$') && !block.includes('\\\\')) return []
  const closing = {
    $$: forwardSearch(block, /\$\$/g),
    '\\\\(': forwardSearch(block, /\\\\\)/g),
    '\\\\[': forwardSearch(block, /\\\\\]/g),
  }
  const spans: Span[] = []
  MATH.lastIndex = 0
  for (let match = MATH.exec(block); match; match = MATH.exec(block)) {
    const found = match[0]
    const mathEnd = endOfMath(closing, found, MATH.lastIndex, block.length)
    if (mathEnd !== undefined) {
      spans.push({start: start + match.index, end: Math.min(end, start + mathEnd)})
      MATH.lastIndex = mathEnd
    }
    // An unclosed delimiter is an escaped backslash, followed by a bracket that may begin something else.
    else if (found in closing) MATH.lastIndex = match.index + 2
  }
  return spans
}

/**
 * The end of the math that begins with a match of {@link MATH}; undefined if it is not math.
 *
 * @param from The offset after the match.
 */
function endOfMath(
  closing: Record<string, ForwardSearch>,
  found: string,
  from: number,
  length: number,
): number | undefined {
  if (found === '$$') return (closing.$$!(from)?.index ?? length) + 2
  const close = closing[found]
  if (close) {
    const at = close(from)?.index
    return at === undefined ? undefined : at + 3
  }
  return found[0] === '\\' ? undefined : from
}
