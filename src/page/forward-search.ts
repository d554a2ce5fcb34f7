/** Finds the next match at or after an offset; offsets must not decrease between calls. */
export type ForwardSearch = (from: number) => RegExpExecArray | undefined

/**
 * Create a search for the matches of a global expression. A match is kept until it is passed, and so is the absence of
 * further ones: a page with many openings and no closing is searched once, not once per opening.
 */
export function forwardSearch(text: string, pattern: RegExp): ForwardSearch {
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

/** Create a search for the end of the next match, as {@link forwardSearch} does. */
export function forwardSearchEnd(text: string, pattern: RegExp): (from: number) => number | undefined {
  const next = forwardSearch(text, pattern)
  return (from) => {
    const found = next(from)
    return found && found.index + found[0].length
  }
}
