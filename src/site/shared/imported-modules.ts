/** The names of the modules that code imports or hands on, by statements or by calls; types do not count. */
export function modulesIn(code: string): string[] {
  const found: string[] = []
  let last = -1
  for (const quote of code.matchAll(/['"]/g)) {
    const name = /[^'"]+(?=['"])/y
    name.lastIndex = quote.index + 1
    // Between two quotes: what is before the first of them has been looked at.
    const asked = asks(code.slice(last + 1, quote.index), last < 0) ? name.exec(code) : null
    if (asked) found.push(asked[0])
    last = quote.index
  }
  return found
}

const IMPORTS = /^[ \t]*(?:import|export)\s+(?!\s|type\b)/m

/**
 * Does a text ask for the module whose name follows?
 *
 * @param isWhole It begins where the code does, not within a line.
 */
function asks(text: string, isWhole: boolean): boolean {
  const before = text.trimEnd()
  if (/\b(?:import|require)\($/.test(before.slice(-9))) return true
  if (before.length === text.length) return false
  const start = Math.max(...['(', ')', ';'].map((mark) => before.lastIndexOf(mark)))
  const statement = start < 0 && isWhole ? before : `;${before.slice(start + 1)}`
  const line = statement.slice(statement.lastIndexOf('\n') + 1)
  return (
    /^[ \t]*(?:import|export)$/.test(line) || (/\sfrom$/.test(before.slice(-5)) && IMPORTS.test(statement))
  )
}
