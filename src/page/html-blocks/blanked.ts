import type {Span} from '../../text/span.ts'

/** Keeps text behind blanked tags from being indented code; it has no width. */
const WORD_JOINER = '\u2060'
const LONGEST_BLANK = 100

/** Blank the HTML of a span; a word joiner takes the place of what begins its last line if other text follows there. */
export function blanked(text: string, {start, end}: Span): string {
  const blank = text.slice(start, end).replace(/[^\r\n]/g, ' ')
  const line = blank.lastIndexOf('\n') + 1
  if (line === blank.length || /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + LONGEST_BLANK))) return blank
  return blank.slice(0, line) + WORD_JOINER + blank.slice(line + 1)
}

/** A block of HTML without content, which ends all lists. */
const EMPTY_BLOCK = '<!-->'

/** Blank the HTML of a span; if it begins a line on which no text remains, that line still is HTML. */
export function blankedAsHtml(text: string, span: Span): string {
  const blank = blanked(text, span)
  const isAtStart = /(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, span.start - 4), span.start))
  const isWide = blank.startsWith(' '.repeat(EMPTY_BLOCK.length))
  return isAtStart && isWide ? EMPTY_BLOCK + blank.slice(EMPTY_BLOCK.length) : blank
}
