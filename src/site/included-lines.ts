/** A part of a file: lines from 1, the last one included. */
export interface Lines {
  first: number
  last: number
}

/** Both bounds, either of which may be left out: `:2:5` of mdBook and PyMdown, `{2,5}` of VitePress. */
const BOUNDS = /^(?::(\d*):(\d*)|\{(\d*),(\d*)\})$/

/** The lines that a part of a file is, as an include names it; undefined for a part that its text bounds. */
export function linesOf(part: string): Lines | undefined {
  const bounds = BOUNDS.exec(part)
  if (!bounds) return
  const [first, last] = bounds.slice(1).filter((bound) => bound !== undefined)
  return {first: Number(first || 1), last: Number(last || Number.POSITIVE_INFINITY)}
}
