import type {Span} from '../text/span.ts'
import {COVER} from './cover.ts'
import {forwardSearch} from './forward-search.ts'
import {codeSpans} from './template/code-spans.ts'
import {FENCE, fenceEnds} from './template/fences.ts'

const MARKS = new RegExp(`${FENCE}|\`+|%%`, 'gm')

/**
 * Blank the comments between `%%`, which may span paragraphs and never begin in code; offsets are unchanged. One that is
 * never closed is text.
 *
 * @param from The end of the front matter.
 */
export function withoutPercentComments(text: string, from: number): string {
  let rest = ''
  let done = 0
  for (const {start, end} of commentSpans(text, from)) {
    rest += text.slice(done, start) + blank(text, start, end)
    done = end
  }
  return rest + text.slice(done)
}

function commentSpans(text: string, from: number): Span[] {
  if (!text.includes('%%', from)) return []
  const endOfFence = fenceEnds(text)
  const endOfCode = codeSpans(text)
  const closing = forwardSearch(text, /%%/g)
  const spans: Span[] = []
  MARKS.lastIndex = from
  for (let match = MARKS.exec(text); match; match = MARKS.exec(text)) {
    const [found, fence] = match
    const next = match.index + found.length
    if (found === '%%') {
      const close = closing(next)
      if (!close) break
      MARKS.lastIndex = close.index + 2
      spans.push({start: match.index, end: MARKS.lastIndex})
    } else
      MARKS.lastIndex =
        (fence !== undefined ? endOfFence(match.index) : undefined) ??
        endOfCode(next, (fence ?? found).length)
  }
  return spans
}

/** Spaces for a comment; before other text on its line, these would be indentation. */
function blank(text: string, start: number, end: number): string {
  const blanks = text.slice(start, end).replace(/[^\r\n]/g, ' ')
  if (/^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + LONGEST_END))) return blanks
  const line = Math.max(blanks.lastIndexOf('\n'), blanks.lastIndexOf('\r')) + 1
  return blanks.slice(0, line) + COVER.repeat(blanks.length - line)
}

/** The end of a line is looked for this far. */
const LONGEST_END = 200
