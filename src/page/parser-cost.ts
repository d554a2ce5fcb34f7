/** Parsing the text may take so long that it must be interruptible, which requires a separate process. */
export class CostlyTextError extends Error {
  override name = 'CostlyTextError'

  constructor() {
    super('Parsing the page may take very long')
  }
}

/**
 * The parser takes one to three seconds for this many steps; a block of 70,000 characters, as people write, stays
 * below.
 */
const MOST_STEPS = 5e9
/** More tags in braces than people write in a row; each further one doubles the time of the MDX parser. */
const MOST_TAGS_IN_BRACES = 10
const TAG_IN_BRACES = /\{(?![^{}<]*\})[^{}<]*</g

/** Steps per character of a block, and per blank line that keeps its lists open. */
const STEPS_OF_BLANKS = 10

/**
 * Refuse a text that the parser may take very long for: it is native code, which cannot be interrupted. Its time is at
 * most quadratic in a block's length (`> > >`, `_a_a`), and it examines blank lines in every open list.
 *
 * @throws {@link CostlyTextError}
 */
export function refuseCostlyText(text: string, isMdx: boolean): void {
  if (isMdx && (text.match(TAG_IN_BRACES)?.length ?? 0) > MOST_TAGS_IN_BRACES) throw new CostlyTextError()
  // No block is longer than the text.
  if (STEPS_OF_BLANKS * text.length ** 2 > MOST_STEPS && stepsOf(text) > MOST_STEPS)
    throw new CostlyTextError()
}

/** An upper bound of the parser's steps. */
function stepsOf(text: string): number {
  let steps = 0
  let longest = 0
  /** Blank lines that follow another one. */
  let blanks = 0
  let start = 0
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    if (end < text.length && !isBlank(text, at, end)) {
      at = end + 1
      continue
    }
    const length = end - start
    if (start === at) blanks++
    steps += length ** 2
    longest = Math.max(longest, length)
    at = start = end + 1
  }
  return Math.max(steps, STEPS_OF_BLANKS * longest * blanks)
}

function isBlank(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (!' \t\r'.includes(text[at]!)) return false
  return true
}
