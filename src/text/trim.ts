// All functions take linear time: an expression such as `/-+$/` is quadratic for a run of characters that is not at the
// end.

/** The whitespace characters of Unicode. */
export const WHITE_SPACE =
  '\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

/** A text without trailing characters of a set: `a--` and `-` → `a`. */
export function trimEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

/** A text without leading characters of a set. */
export function trimStart(text: string, characters: string): string {
  let start = 0
  while (start < text.length && characters.includes(text[start]!)) start++
  return text.slice(start)
}

/** A text without leading and trailing characters of a set. */
export const trimBoth = (text: string, characters: string): string =>
  trimStart(trimEnd(text, characters), characters)

/** The part of a text before the first character of a set: `a?b#c` and `#?` → `a`. */
export function before(text: string, characters: string): string {
  let end = 0
  while (end < text.length && !characters.includes(text[end]!)) end++
  return text.slice(0, end)
}

/**
 * Remove everything between two delimiters, such as comments: `a<!-- b -->c` → `ac`. An unclosed delimiter is kept.
 *
 * @param open Matches the opening delimiter; must be global, as must `close`.
 */
export function without(text: string, open: RegExp, close: RegExp): string {
  let out = ''
  let at = 0
  for (;;) {
    open.lastIndex = at
    const start = open.exec(text)
    close.lastIndex = open.lastIndex
    if (!start || !close.test(text)) return out + text.slice(at)
    out += text.slice(at, start.index)
    at = close.lastIndex
  }
}
