import {decodeHTMLStrict} from 'entities'
import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import type {Link} from './types.ts'

const ESCAPE = /\\([!-/:-@[-`{-~])/g

/** A destination as CommonMark reads it, escapes and character references resolved: `a\_b&amp;c` → `a_b&c`. */
const unescapeDestination = (raw: string) => {
  if (!raw.includes('\\') && !raw.includes('&')) return raw
  // A character reference after a backslash is plain text.
  return raw
    .split(/(\\[!-/:-@[-`{-~])/)
    .map((part, index) => (index % 2 ? part.replace(ESCAPE, '$1') : decodeHTMLStrict(part)))
    .join('')
}

/**
 * Locate the destination of a link, image or definition in the source; the parser provides only its value.
 *
 * @param node The node's span.
 * @param url The URL from the parser, which the located span must decode to.
 * @param from The end of a link's text, which may contain an image with the same URL.
 * @returns the span, without angle brackets; nothing for autolinks
 */
export function destinationOf(
  text: string,
  node: Span,
  url: string,
  kind: 'link' | 'image' | 'definition',
  from = node.start,
): Span | undefined {
  if (text[node.start] !== (kind === 'image' ? '!' : '[')) return
  const isDefinition = kind === 'definition'
  const mark = isDefinition ? ']:' : ']('
  // Only text crafted to look like many destinations takes more steps; its destination is not located.
  let steps = STEPS * (node.end - node.start)
  for (let at = text.indexOf(mark, from); at >= 0 && at < node.end; at = text.indexOf(mark, at + 1)) {
    const first = skipMarkers(text, at + 2, node.end)
    const isAngled = text[first] === '<'
    const start = isAngled ? first + 1 : first
    const end = isAngled
      ? endOfAngled(text, start, node.end)
      : endOfUnangled(text, start, node.end, isDefinition)
    if (unescapeDestination(text.slice(start, end)) === url) return {start, end}
    steps -= end - at
    if (steps < 0) return
  }
}

/** The number of times that a node may be scanned in search of its destination. */
const STEPS = 20

/** Skip whitespace, and block quote markers at the start of the next line. */
function skipMarkers(text: string, from: number, end: number): number {
  let at = from
  while (at < end && isSpace(text, at)) at++
  while (text[at] === '>' && text[at - 1] !== '(') {
    at++
    while (isSpace(text, at)) at++
  }
  return at
}

/** The `>` that ends a destination in angle brackets. */
function endOfAngled(text: string, from: number, end: number): number {
  let at = from
  while (at < end && (text[at] !== '>' || text[at - 1] === '\\')) at++
  return at
}

/** The space, or for links the unbalanced parenthesis, that ends a destination without angle brackets. */
function endOfUnangled(text: string, from: number, end: number, isDefinition: boolean): number {
  let depth = 0
  let at = from
  for (; at < end && !isSpace(text, at); at++) {
    const char = text[at]
    if (char === '\\') at++
    else if (char === '(') depth++
    else if (char === ')' && depth-- === 0 && !isDefinition) break
  }
  return at
}

const isSpace = (text: string, at: number) => {
  const code = text.charCodeAt(at)
  return code === 32 || (code >= 9 && code <= 13)
}

/** A title behind a destination: `":ignore"` in `[a](b ":ignore")`. */
const TITLE = /^>?\s{1,99}["'(](.*)["')]\s{0,99}\)?$/s

/** Take the title of a link for its attributes. */
export function addTitle(link: Link, text: string): void {
  const title = TITLE.exec(text.slice(link.target.end, link.end).trimEnd())?.[1]
  if (title) link.attributes = copyString(title)
}

/** The list of attributes that begins at an offset, without its braces; empty if it is never closed. */
export function attributesAt(text: string, start: number): string {
  const end = text.indexOf('}', start)
  return end < 0 || end - start > LONGEST_ATTRIBUTES ? '' : copyString(text.slice(start + 1, end))
}

const LONGEST_ATTRIBUTES = 300
