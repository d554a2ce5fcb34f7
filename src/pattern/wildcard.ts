/** One of the user's regular expressions, parsed. */
export interface Written {
  source: string
  flags: string
}

/** Parse a regular expression: `/a+/i` → `a+` and `i`; undefined for text without slashes around it. */
export function writtenExpression(text: string): Written | undefined {
  const found = /^\/(.*)\/([a-z]*)$/s.exec(text)
  return found ? {source: found[1]!, flags: found[2]!} : undefined
}

/** Escapes and classes, and syntax that cannot be matched in linear time: lookaround and backreferences. */
const BACKTRACKING = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]/gs

/** The reason why a regular expression cannot be used, as the predicate of a sentence; undefined if it can. */
export function expressionFault({source, flags}: Written): string | undefined {
  try {
    new RegExp(source, flags)
  } catch {
    return 'is not a valid regular expression'
  }
  for (const [found] of source.matchAll(BACKTRACKING))
    if (/^(?:\\[1-9k]|\(\?)/.test(found))
      return `contains \`${found}\`: lookaround and backreferences are not supported, since they can take exponential time`
  return
}

/** Tells whether a pattern matches an entire text. */
export interface Pattern {
  test(text: string): boolean
}

/** A pattern in which `*` matches any characters; matching takes linear time. */
export function wildcard(pattern: string, {ignoreCase = false} = {}): Pattern {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text)
  const [first = '', ...rest] = fold(pattern).split('*')
  const last = rest.pop()
  return {
    test: (given) => {
      const text = fold(given)
      if (last === undefined) return text === first
      if (!text.startsWith(first) || !text.endsWith(last)) return false
      let at = first.length
      for (const part of rest) {
        const found = text.indexOf(part, at)
        if (found < 0) return false
        at = found + part.length
      }
      return at + last.length <= text.length
    },
  }
}
