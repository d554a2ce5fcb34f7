/** A regular expression as a user writes it. */
export interface Written {
  source: string
  flags: string
}

/** The regular expression that is written as `/expression/flags`; nothing for other text. */
export function writtenExpression(text: string): Written | undefined {
  const found = /^\/(.*)\/([a-z]*)$/s.exec(text)
  return found ? {source: found[1]!, flags: found[2]!} : undefined
}

/** What an engine that takes time in proportion to the text cannot match: lookaround, and references back. */
const BACKTRACKING = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]/gs

/** What is wrong with a regular expression of a user's; nothing where it can be run. */
export function expressionFault({source, flags}: Written): string | undefined {
  try {
    new RegExp(source, flags)
  } catch {
    return 'is no regular expression'
  }
  for (const [found] of source.matchAll(BACKTRACKING))
    if (/^(?:\\[1-9k]|\(\?)/.test(found))
      return `holds \`${found}\`: lookaround and references back are not supported, since they may take for ever`
  return
}

/** Tells whether a whole text is as a pattern says. */
export interface Pattern {
  test(text: string): boolean
}

/**
 * A pattern in which `*` stands for any run of characters. What stands between two of them is looked for once: no text
 * takes longer than its length.
 */
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
