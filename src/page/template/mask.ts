import {firstNot} from '../../text/sorted.ts'
import type {Span} from '../../text/span.ts'
import type {Syntax} from '../syntax.ts'
import {templateCode} from './template-code.ts'

/** Represents one masked UTF-16 unit: a Unicode noncharacter, which no genuine page contains. */
export const MASK_CHARACTER = '\uFDD0'

/** A page's text with masked template code; offsets are unchanged. */
export interface Masked {
  text: string
  /** The masked spans, in order, not overlapping. */
  masks: Mask[]
}

/** One masked span. */
export interface Mask extends Span {
  /** It had its lines to itself and became whitespace, not {@link MASK_CHARACTER}. */
  blank: boolean
}

/**
 * Mask template code with text of the same length, so that it parses as part of its Markdown and offsets are unchanged:
 * `[a]({% b %})` → `[a](███████)`.
 *
 * A span that has its lines to itself becomes blank; one among other text becomes {@link MASK_CHARACTER}.
 */
export function mask(text: string, syntax: Syntax): Masked {
  const spans = templateCode(text, syntax)
  if (spans.length === 0 || text.includes(MASK_CHARACTER)) return {text, masks: []}
  let masked = ''
  let done = 0
  const masks: Mask[] = []
  for (const {start, end} of spans) {
    const blank = isFirstOnLine(text, start) && isLastOnLine(text, end)
    masked += text.slice(done, start) + masking(text.slice(start, end), blank ? ' ' : MASK_CHARACTER)
    masks.push({start, end, blank})
    done = end
  }
  return {text: masked + text.slice(done), masks}
}

/** Line endings, and the indentation of the next line, by which that belongs to a list item. */
const LINE_STARTS = /[\r\n]+[ \t]*/g

const masking = (code: string, character: string): string =>
  code.replace(/([\r\n]+[ \t]*)|./gs, (_, lineStart?: string) => lineStart ?? character)

/** Is there only whitespace before an offset on its line? */
function isFirstOnLine(text: string, offset: number): boolean {
  let before = offset - 1
  while (before >= 0 && text[before] !== '\n' && SPACE.test(text[before]!)) before--
  return before < 0 || text[before] === '\n'
}

/** Is there only whitespace after an offset on its line? */
function isLastOnLine(text: string, offset: number): boolean {
  let behind = offset
  while (behind < text.length && text[behind] !== '\n' && SPACE.test(text[behind]!)) behind++
  return behind === text.length || text[behind] === '\n'
}

const SPACE = /\s/

/**
 * Restore the template code in a string that the parser took from the masked text: `a/███████` → `a/{% b %}`.
 *
 * @param from The start of the string in the text; its first {@link MASK_CHARACTER} belongs to the first mask from
 * there on.
 */
export function restore(value: string, source: string, masks: Mask[], from: number): string {
  if (!value.includes(MASK_CHARACTER)) return value
  const count = value.split(MASK_CHARACTER).length - 1
  let code = ''
  for (let at = firstBehind(masks, from); at < masks.length && code.length < count; at++) {
    const {start, end, blank} = masks[at]!
    if (!blank) code += source.slice(Math.max(from, start), end).replace(LINE_STARTS, '')
  }
  let at = 0
  return value.replaceAll(MASK_CHARACTER, () => code[at++] ?? '')
}

/** The first of the masks that ends after an offset. */
const firstBehind = (masks: Mask[], offset: number): number => firstNot(masks, ({end}) => end <= offset)
