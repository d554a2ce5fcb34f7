/** Why a value is not plain JSON. */
export class NotPlainError extends Error {
  override name = 'NotPlainError'
  readonly why: 'cyclic' | 'deep' | 'large'

  constructor(why: NotPlainError['why']) {
    super(
      {cyclic: 'it holds itself', deep: 'it is nested too deeply', large: 'it holds too many values'}[why],
    )
    this.why = why
  }
}

/** Whether a value is an object, and not a list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper than any data that people write, and shallow enough for every function that follows it by calling itself. */
export const DEEPEST = 200
/** More values than people write by hand; a few lines of YAML aliases stand for more than memory can hold. */
export const MOST_VALUES = 100_000

/**
 * Copy what a parser of YAML, TOML or JSON made, as plain JSON: a tree, no deeper and larger than anybody needs.
 *
 * Dates become text, big integers numbers, sets lists and maps objects; numbers that JSON has not become null.
 *
 * @param nameOf What a key is called in the copy.
 * @param most How many values it may hold; what was written without aliases holds no more than its text has room for.
 * @throws {@link NotPlainError} for a value that holds itself, is too deep or too large
 */
export function plain(value: unknown, nameOf = (key: string) => key, most = MOST_VALUES): unknown {
  const above: object[] = []
  let count = 0
  const copy = (from: unknown): unknown => {
    if (++count > most) throw new NotPlainError('large')
    if (typeof from !== 'object' || from === null) return scalar(from)
    if (from instanceof Date) return Number.isNaN(from.getTime()) ? null : from.toISOString()
    if (above.includes(from)) throw new NotPlainError('cyclic')
    if (above.length >= DEEPEST) throw new NotPlainError('deep')
    above.push(from)
    const copied = copyItems(from, copy, nameOf)
    above.pop()
    return copied
  }
  return copy(value)
}

function copyItems(
  from: object,
  copy: (value: unknown) => unknown,
  nameOf: (key: string) => string,
): unknown {
  if (Array.isArray(from) || from instanceof Set || ArrayBuffer.isView(from))
    return Array.from(from as Iterable<unknown>, copy)
  const entries = from instanceof Map ? [...from] : Object.entries(from)
  // Unlike an assignment, this makes a key of `__proto__`, too.
  return Object.fromEntries(entries.map(([key, value]) => [nameOf(String(key)), copy(value)]))
}

function scalar(value: unknown): unknown {
  if (typeof value === 'bigint') return scalar(Number(value))
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** Comments, strings and what is between them, in TOML and JSON. */
const LEXEMES =
  /#.*|"""(?:\\[\s\S]|[^\\])*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\n]*'?|[^"'#]+/g

/** A text of TOML or JSON in pieces, none left out: comments, strings with their quotes, what is between them. */
export const lexemesOfText = (text: string): readonly string[] => text.match(LEXEMES) ?? []

/**
 * Refuse a text of TOML or JSON that is deeper than any data. Parsers follow it by calling themselves, and where the stack
 * ends, an expression that V8 compiles just then ends the whole process, which no `catch` can help.
 *
 * @throws {@link NotPlainError}
 */
export function refuseDeepText(text: string): void {
  let depth = 0
  for (const lexeme of lexemesOfText(text)) {
    if (/^["'#]/.test(lexeme)) continue
    for (const [bracket] of lexeme.matchAll(/[[\]{}]/g)) {
      depth += bracket === '[' || bracket === '{' ? 1 : -1
      if (depth > DEEPEST) throw new NotPlainError('deep')
    }
  }
}
