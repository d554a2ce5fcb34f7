import {decodeHTML} from 'entities'
import type {Span} from '../text/span.ts'

const ESCAPE = /\\([!-/:-@[-`{-~])/g

/** A destination as CommonMark reads it, escapes and character references resolved: `a\_b&amp;c` → `a_b&c`. */
const unescapeDestination = (raw: string) => {
  if (!raw.includes('\\') && !raw.includes('&')) return raw
  // A character reference behind a backslash is text.
  return raw
    .split(/(\\[!-/:-@[-`{-~])/)
    .map((part, index) => (index % 2 ? part.replace(ESCAPE, '$1') : decodeHTML(part)))
    .join('')
}

/**
 * Find where the destination of a link, image or definition stands in the source; the parser gives only its value.
 *
 * @param node The node's span.
 * @param url The URL that the parser read, which the found stretch must stand for.
 * @param from Where the text of a link ends, which may be an image with the same URL.
 * @returns The stretch, without angle brackets; nothing for autolinks.
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
  // Only text that was written to look like many destinations takes more steps; its destination is not told.
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

/** How many times the length of a node may be scanned in search of its destination. */
const STEPS = 20

/** Past white space, and the markers of block quotes with which the next line begins. */
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
