import type {Span} from '../text/span.ts'
import {COVER} from './cover.ts'
import {forwardSearchEnd} from './forward-search.ts'
import {spansOutsideCode} from './template/outside-code.ts'

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
  const closing = forwardSearchEnd(text, /%%/g)
  return spansOutsideCode(text, '%%', (start) => closing(start + 2), from)
}

/** The end of a line is looked for this far. */
const LONGEST_END = 200

/** Spaces for a comment; before other text on its line, these would be indentation. */
function blank(text: string, start: number, end: number): string {
  const blanks = text.slice(start, end).replace(/[^\r\n]/g, ' ')
  if (/^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + LONGEST_END))) return blanks
  const line = Math.max(blanks.lastIndexOf('\n'), blanks.lastIndexOf('\r')) + 1
  return blanks.slice(0, line) + COVER.repeat(blanks.length - line)
}
