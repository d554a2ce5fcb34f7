/** The regular expression that is written as `/expression/flags`; nothing for other text. @throws SyntaxError */
export function expressionOf(text: string): RegExp | undefined {
  const found = /^\/(.*)\/([a-z]*)$/s.exec(text)
  return found ? new RegExp(found[1]!, found[2]) : undefined
}

/** A pattern in which `*` stands for any run of characters, as an expression that fits whole strings. */
export const wildcard = (pattern: string, flags = ''): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&'))
      .join('.*')}$`,
    `s${flags}`,
  )
