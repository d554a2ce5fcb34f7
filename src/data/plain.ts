/** A value that cannot be represented as plain JSON within the limits. */
export class NotPlainError extends Error {
  override name = 'NotPlainError'
  readonly why: 'cyclic' | 'deep' | 'large'

  constructor(why: NotPlainError['why']) {
    super(
      {cyclic: 'it contains itself', deep: 'it is nested too deeply', large: 'it has too many values'}[why],
    )
    this.why = why
  }
}

/** Is a value an object, and not a list? */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The maximum nesting depth: more than people write, and shallow enough for recursive functions. */
export const DEEPEST = 200
/**
 * The maximum number of values: more than people write, while a few lines of YAML aliases can expand beyond the memory.
 */
export const MOST_VALUES = 100_000

/**
 * Copy the result of a YAML, TOML or JSON parser as plain JSON.
 *
 * Dates become ISO strings, big integers numbers, sets arrays and maps objects; NaN and infinities become null.
 *
 * @param nameOf Maps the keys of objects.
 * @param most The maximum number of values.
 * @throws {@link NotPlainError} for a value that contains itself, is nested too deeply or has too many values
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
  // Unlike an assignment, this also creates a key named `__proto__`.
  return Object.fromEntries(entries.map(([key, value]) => [nameOf(String(key)), copy(value)]))
}

function scalar(value: unknown): unknown {
  if (typeof value === 'bigint') return scalar(Number(value))
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** Comments, strings and the text between them, in TOML and JSON. */
const LEXEMES =
  /#.*|"""(?:\\[\s\S]|[^\\])*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|'[^'\n]*'?|[^"'#]+/g

/** Split TOML or JSON into comments, strings with their quotes, and the text between them, with nothing omitted. */
export const lexemesOfText = (text: string): readonly string[] => text.match(LEXEMES) ?? []

/**
 * Refuse TOML or JSON that is nested too deeply. Parsers are recursive, and if V8 compiles a regular expression when the
 * stack is full, the process crashes, which cannot be caught.
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
