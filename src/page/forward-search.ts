/**
 * Finds the next match of a global expression from places that only grow. What was found is kept until it is passed, and
 * so is that there is nothing more: a page with many beginnings and no end is searched once, not once for each.
 */
export function forwardSearch(text: string, pattern: RegExp): (from: number) => RegExpExecArray | undefined {
  let found: RegExpExecArray | null = null
  let isOver = false
  return (from) => {
    if (!isOver && (found === null || found.index < from)) {
      pattern.lastIndex = from
      found = pattern.exec(text)
      isOver = found === null
    }
    return found ?? undefined
  }
}
