import {firstNot} from '../../text/sorted.ts'
import type {Span} from '../../text/span.ts'
import type {Syntax} from '../types.ts'
import {templateCode} from './template-code.ts'

/** Stands for one masked UTF-16 unit: a Unicode noncharacter, so no honest page holds it. */
export const MASK_CHARACTER = '\uFDD0'

/** A page's text with its template code covered, every offset as before. */
export interface Masked {
  text: string
  /** The covered stretches, in order, not overlapping. */
  masks: Mask[]
}

/** One covered stretch. */
export interface Mask extends Span {
  /** It had its lines to itself and became white space, so that no {@link MASK_CHARACTER} stands for it. */
  blank: boolean
}

/**
 * Cover template code (Liquid, shortcodes, includes in double braces) with text of the same length, so that
 * `[a]({% link b c.md %})` parses as a link and offsets stay true.
 *
 * A stretch that has its lines to itself becomes blank; one among other text becomes {@link MASK_CHARACTER}.
 *
 * @param syntax Its templating; where that is Liquid, comments and highlighted code vanish as a whole.
 */
export function mask(text: string, syntax: Syntax): Masked {
  const spans = templateCode(text, syntax)
  if (spans.length === 0 || text.includes(MASK_CHARACTER)) return {text, masks: []}
  let out = ''
  let done = 0
  const masks: Mask[] = []
  for (const {start, end} of spans) {
    const blank = isFirst(text, start) && isLast(text, end)
    out += text.slice(done, start) + text.slice(start, end).replace(/[^\r\n]/g, blank ? ' ' : MASK_CHARACTER)
    masks.push({start, end, blank})
    done = end
  }
  return {text: out + text.slice(done), masks}
}

/** Is there only white space before a place on its line? */
function isFirst(text: string, at: number): boolean {
  let before = at - 1
  while (before >= 0 && text[before] !== '\n' && SPACE.test(text[before]!)) before--
  return before < 0 || text[before] === '\n'
}

/** Is there only white space behind a place on its line? */
function isLast(text: string, at: number): boolean {
  let behind = at
  while (behind < text.length && text[behind] !== '\n' && SPACE.test(text[behind]!)) behind++
  return behind === text.length || text[behind] === '\n'
}

const SPACE = /\s/

/**
 * Put the covered text back into a string that a parser took from the masked text.
 *
 * @param from Where the string's origin begins; the first {@link MASK_CHARACTER} in it belongs to the first mask from there on.
 */
export function restore(value: string, source: string, masks: Mask[], from: number): string {
  if (!value.includes(MASK_CHARACTER)) return value
  const count = value.split(MASK_CHARACTER).length - 1
  let filled = ''
  for (let at = firstBehind(masks, from); at < masks.length && filled.length < count; at++) {
    const {start, end, blank} = masks[at]!
    if (!blank) filled += source.slice(Math.max(from, start), end).replace(/[\r\n]/g, '')
  }
  let at = 0
  return value.replaceAll(MASK_CHARACTER, () => filled[at++] ?? '')
}

/** The first of the masks that ends behind a place. */
const firstBehind = (masks: Mask[], from: number): number => firstNot(masks, ({end}) => end <= from)
