/** The end of a paragraph: a blank line. */
export const PARAGRAPH_END = /\n[ \t\r]*\n/g

/**
 * Create the function that finds the end of a code span: after the next run of as many backticks in its paragraph, or
 * right at `from`, after the opening run, if that opens none. Offsets must not decrease between calls.
 *
 * All runs of backticks in a paragraph are recorded at once, so that a page of nothing but backticks takes no longer.
 */
export function codeSpans(text: string): (from: number, ticks: number) => number {
  let endsByLength = new Map<number, number[]>()
  let paragraphEnd = 0
  return (from, ticks) => {
    if (from >= paragraphEnd) {
      PARAGRAPH_END.lastIndex = from
      paragraphEnd = PARAGRAPH_END.exec(text)?.index ?? text.length
      endsByLength = backtickRuns(text, from, paragraphEnd)
    }
    const ends = endsByLength.get(ticks)
    while (ends && ends.length > 0 && ends.at(-1)! - ticks < from) ends.pop()
    return ends?.at(-1) ?? from
  }
}

/** The ends of the runs of backticks in a part of a text, by length, the first one last. */
function backtickRuns(text: string, from: number, until: number): Map<number, number[]> {
  const runs = new Map<number, number[]>()
  for (let start = text.indexOf('`', from); start >= 0 && start < until; ) {
    let end = start
    while (text[end] === '`') end++
    const same = runs.get(end - start)
    if (same) same.push(end)
    else runs.set(end - start, [end])
    start = text.indexOf('`', end)
  }
  for (const ends of runs.values()) ends.reverse()
  return runs
}
