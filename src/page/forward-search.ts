/** Finds the next match at an offset or behind it; offsets must never decrease from one call to the next. */
export type ForwardSearch = (from: number) => RegExpExecArray | undefined

/**
 * Make a search for the matches of a global expression. A match is kept until it is passed, and so is that there are no
 * more of them: a page with many beginnings and no end is searched once, not once for each beginning.
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

/** Make a search for where the next match ends, as {@link forwardSearch} does. */
export function forwardSearchEnd(text: string, pattern: RegExp): (from: number) => number | undefined {
  const next = forwardSearch(text, pattern)
  return (from) => {
    const found = next(from)
    return found && found.index + found[0].length
  }
}
