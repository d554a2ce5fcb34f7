import type {Link} from './types.ts'

/** An import of a file in MDX. */
export interface FileImport {
  link: Link
  /** The clause before the specifier: `Lamp, {Wick as Other} from `. */
  names: string
}

const WORD = /[\w$]+/g
const KEYWORD = /^(?:from|as|type|default)$/
const STRING = /(['"`])(?:(?!\1)[^\\\n]|\\.)*\1/g
/** The name of an element or component, and what it is a member of: `<Lamp.Wick`. */
const TAG = /<\/?[A-Za-z_$][\w$.]*/g

/**
 * Mark the imports none of whose names occurs elsewhere in code: some bundlers leave these out.
 *
 * @param source The text of the page, for its tags.
 * @param expressions The code in braces.
 * @param statements The code of imports and exports.
 */
export function markUnused(
  imports: readonly FileImport[],
  source: string,
  {expressions, statements}: {expressions: readonly string[]; statements: readonly string[]},
): void {
  if (imports.length === 0) return
  const used = new Set([...(source.match(TAG) ?? []), ...expressions].flatMap(wordsIn))
  const stated = new Map<string, number>()
  for (const word of statements.flatMap((code) => wordsIn(code.replace(STRING, ''))))
    stated.set(word, (stated.get(word) ?? 0) + 1)
  for (const {link, names} of imports) {
    const own = wordsIn(names).filter((word) => !KEYWORD.test(word))
    const isUsed = own.some((name) => used.has(name) || stated.get(name) !== 1)
    if (own.length > 0 && !isUsed) link.isUnused = true
  }
}

const wordsIn = (code: string): string[] => code.match(WORD) ?? []
