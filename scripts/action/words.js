/** White space, a piece in quotes, an escaped character, or plain text. */
const PIECE = /(\s+)|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y

/**
 * Splits text into words as a POSIX shell does, but expands and runs nothing: `$HOME`, `*` and `;` are text.
 *
 * `--rule 'no-dead-link: error' --quiet` → `--rule`, `no-dead-link: error`, `--quiet`
 *
 * @throws {Error} for a quote that is not closed, or a backslash at the end
 */
export function splitWords(text) {
  const words = []
  let word
  PIECE.lastIndex = 0
  for (let at = 0; at < text.length; at = PIECE.lastIndex) {
    const [, space, single, double, escaped, plain] = PIECE.exec(text) ?? fail(text, at)
    if (space !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (escaped === '\n') {
      // A line that is continued on the next one.
    } else word = (word ?? '') + (single ?? double?.replace(/\\([$`"\\\n])/g, unescaped) ?? escaped ?? plain)
  }
  if (word !== undefined) words.push(word)
  return words
}

const unescaped = (_, character) => (character === '\n' ? '' : character)

function fail(text, at) {
  const line = text.slice(at).split('\n')[0]
  throw new Error(
    text[at] === '\\'
      ? 'a backslash at the end escapes nothing'
      : `the quote before ${line.slice(1)} is never closed`,
  )
}
