/**
 * The names of the modules that code imports or re-exports, by statements or calls; type imports and comments are
 * ignored.
 */
export function importedModules(code: string): string[] {
  const found: string[] = []
  let last = -1
  let isComment = COMMENT.test(code)
  for (const quote of code.matchAll(/['"]/g)) {
    const name = /[^'"]+(?=['"])/y
    name.lastIndex = quote.index + 1
    // Only the text since the last quote has not been tested yet.
    const text = code.slice(last + 1, quote.index)
    const line = text.lastIndexOf('\n') + 1
    if (line > 0) isComment = COMMENT.test(text.slice(line))
    const module = !isComment && imports(text, last < 0) ? name.exec(code) : null
    if (module) found.push(module[0])
    last = quote.index
  }
  return found
}

/** The start of a line in a comment. */
const COMMENT = /^[ \t]*(?:\/\/|\/?\*)/

const IMPORTS = /^[ \t]*(?:import|export)\s+(?!\s|type\b)/m

/**
 * Does a text end in an import of the module whose name follows: `import x from `, `export * from `, `import `,
 * `require(`?
 *
 * @param isStart The text begins where the code does, rather than within a line.
 */
function imports(text: string, isStart: boolean): boolean {
  const before = text.trimEnd()
  if (/\b(?:import|require)\($/.test(before.slice(-9))) return true
  if (before.length === text.length) return false
  const start = Math.max(...['(', ')', ';'].map((mark) => before.lastIndexOf(mark)))
  const startsStatement = start < 0 ? isStart : before[start] === ';'
  const statement = (startsStatement ? '' : ';') + before.slice(start + 1)
  const line = statement.slice(statement.lastIndexOf('\n') + 1)
  return (
    /^[ \t]*(?:import|export)$/.test(line) || (/\sfrom$/.test(before.slice(-5)) && IMPORTS.test(statement))
  )
}
