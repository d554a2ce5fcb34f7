import {decodeHTML} from 'entities'
import type {Span} from '../text/span.ts'

const ESCAPE = /\\([!-/:-@[-`{-~])/g

/** A destination as CommonMark reads it: backslash escapes and character references resolved. */
const unescapeDestination = (raw: string) => {
  if (!raw.includes('\\') && !raw.includes('&')) return raw
  // Character references that stand behind a backslash are text.
  return raw
    .split(/(\\[!-/:-@[-`{-~])/)
    .map((part, index) => (index % 2 ? part.replace(ESCAPE, '$1') : decodeHTML(part)))
    .join('')
}

/**
 * Where the URL of an inline link, image or definition stands in the source; the parser gives only the whole.
 *
 * @param own The node's span.
 * @param url The URL the parser read, which the found stretch must mean.
 * @param from Where the content of a link ends, which may be an image of the same URL.
 * @returns The stretch, without angle brackets; nothing for autolinks.
 */
export function destinationOf(
  text: string,
  own: Span,
  url: string,
  image: boolean,
  definition = false,
  from = own.start,
): Span | undefined {
  if (text[own.start] !== (image ? '!' : '[')) return
  const mark = definition ? ']:' : ']('
  // Only text that was written to look like many destinations takes more steps, and then its own is not told.
  let steps = STEPS * (own.end - own.start)
  for (let at = text.indexOf(mark, from); at >= 0 && at < own.end; at = text.indexOf(mark, at + 1)) {
    let start = at + 2
    while (start < own.end && isSpace(text, start)) start++
    // Inside a block quote the next line begins with its marker.
    while (text[start] === '>' && text[start - 1] !== '(') {
      start++
      while (isSpace(text, start)) start++
    }
    let end: number
    if (text[start] === '<') {
      end = ++start
      while (end < own.end && (text[end] !== '>' || text[end - 1] === '\\')) end++
    } else {
      end = start
      let depth = 0
      for (; end < own.end && !isSpace(text, end); end++) {
        if (text[end] === '\\') end++
        else if (text[end] === '(') depth++
        else if (text[end] === ')' && depth-- === 0 && !definition) break
      }
    }
    if (unescapeDestination(text.slice(start, end)) === url) return {start, end}
    steps -= end - at
    if (steps < 0) return
  }
}

/** How often a node may be gone through in search of its destination. */
const STEPS = 20

const isSpace = (text: string, at: number) => {
  const code = text.charCodeAt(at)
  return code === 32 || (code >= 9 && code <= 13)
}
