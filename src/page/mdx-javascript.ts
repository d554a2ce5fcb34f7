import {forwardSearch} from './forward-search.ts'

/** The start of a comment or string of JavaScript, a bracket, or a blank line. */
const TOKEN = /\/\*|['"`]|\n[ \t\r]*(?=\n)|[()[\]{}]/g
const STRINGS: Record<string, RegExp> = {
  "'": /'(?:[^'\\\n]|\\.)*('?)/y,
  '"': /"(?:[^"\\\n]|\\.)*("?)/y,
  '`': /`(?:[^`\\]|\\[\s\S])*(`?)/y,
}

/** Finds the next token at or after an offset; offsets must not decrease between calls. */
export type NextToken = (from: number) => {token: string; index: number; end: number} | undefined

/**
 * Create a search for JavaScript tokens: comments, strings, brackets and blank lines. An unterminated string is not a
 * token, and neither is anything that begins in it.
 */
export function javascriptTokens(text: string): NextToken {
  const endOfComment = forwardSearch(text, /\*\//g)
  const unclosed: Record<string, number> = {}
  const endOf = (token: string, index: number) => {
    if (token === '/*') {
      const close = endOfComment(index + 2)
      return close && close.index + 2
    }
    const string = STRINGS[token]
    if (!string) return index + token.length
    if (index < (unclosed[token] ?? 0)) return
    string.lastIndex = index
    if (string.exec(text)?.[1]) return string.lastIndex
    unclosed[token] = string.lastIndex
    return
  }
  return (from) => {
    TOKEN.lastIndex = from
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
      const end = endOf(match[0], match.index)
      if (end !== undefined) return {token: match[0], index: match.index, end}
      TOKEN.lastIndex = match.index + 1
    }
    return
  }
}

/**
 * The end of the statements that begin at an offset: the end of their block, at a blank line outside of brackets;
 * undefined if that is the end of the text.
 */
export function endOfStatements(next: NextToken, from: number): number | undefined {
  let depth = 0
  for (let found = next(from); found; found = next(found.end)) {
    if (/^[([{]$/.test(found.token)) depth++
    else if (/^[)\]}]$/.test(found.token)) depth--
    else if (depth <= 0 && found.token.startsWith('\n')) return found.index
  }
  return
}

/** The closing brace for the one at an offset, ignoring strings and comments. */
export function endOfExpression(next: NextToken, open: number): number | undefined {
  let depth = 0
  for (let found = next(open); found; found = next(found.end)) {
    if (found.token === '{') depth++
    else if (found.token === '}' && --depth === 0) return found.index
  }
  return
}
