/** A regular expression as JSON; it must match in time linear in the text. */
export interface Pattern {
  source: string
  flags: string
}

/** A regular expression as JSON: `/a/g` → `{source: 'a', flags: 'g'}`. */
export const patternOf = ({source, flags}: RegExp): Pattern => ({source, flags})

/** All expressions ever compiled, by flags and source: a handful per platform of a tree. */
const compiled = new Map<string, RegExp>()

/**
 * The regular expression of a pattern, compiled once per thread. It is shared, so callers must set its `lastIndex`
 * before each use.
 */
export function compile(source: string, flags: string): RegExp {
  const key = `${flags}/${source}`
  let expression = compiled.get(key)
  if (!expression) compiled.set(key, (expression = new RegExp(source, flags)))
  return expression
}
