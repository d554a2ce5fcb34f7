// Static evaluation of Python modules.

/** The source of each value that a variable of the module is assigned, or extended by. */
export function valuesOf(code: string, variable: string): string[] {
  const found: string[] = []
  const assignment = new RegExp(
    `^[ \\t]*${variable}(?:\\s*(?:\\+|:[^=\\n]*)?=|\\.(?:extend|append)\\()\\s*`,
    'gm',
  )
  for (let match = assignment.exec(code); match; match = assignment.exec(code)) {
    const start = assignment.lastIndex
    assignment.lastIndex = endOfExpression(code, start)
    found.push(code.slice(start, assignment.lastIndex))
  }
  return found
}

/** The end of an expression: the end of its line, unless a bracket is open. */
function endOfExpression(code: string, start: number): number {
  const token = /'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|[[({]|[\])}]|\n/g
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(code); match; match = token.exec(code)) {
    if (/^[[({]$/.test(match[0])) depth++
    else if (/^[\])}]$/.test(match[0])) depth--
    if (depth < 0 || (match[0] === '\n' && depth === 0)) return match.index
  }
  return code.length
}

/** The string literals in an expression. */
export const stringsIn = (code: string): string[] =>
  [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(([, single, double]) => (single ?? double)!)
