import {forwardSearch} from './forward-search.ts'

/** The beginning of a comment or string of JavaScript, a bracket, or a blank line. */
const TOKEN = /\/\*|['"`]|\n[ \t\r]*(?=\n)|[()[\]{}]/g
const STRINGS: Record<string, RegExp> = {
  "'": /'(?:[^'\\\n]|\\.)*('?)/y,
  '"': /"(?:[^"\\\n]|\\.)*("?)/y,
  '`': /`(?:[^`\\]|\\[\s\S])*(`?)/y,
}

/** Finds the next token at an offset or behind it; offsets must never decrease from one call to the next. */
export type NextToken = (from: number) => {token: string; index: number; end: number} | undefined

/**
 * Make a search for tokens of JavaScript: comments, strings, brackets and blank lines. A string that is never closed is
 * not one, and neither is what begins in it.
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
 * Where the statements end that begin at an offset: with their block, that is at a blank line outside of brackets;
 * nothing if that is the end of the text.
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

/** Where the brace stands that closes the one at an offset, strings and comments aside. */
export function endOfExpression(next: NextToken, open: number): number | undefined {
  let depth = 0
  for (let found = next(open); found; found = next(found.end)) {
    if (found.token === '{') depth++
    else if (found.token === '}' && --depth === 0) return found.index
  }
  return
}
