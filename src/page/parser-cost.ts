/** A text may take the parser so long that it must be possible to stop it, which only a process of its own allows. */
export class CostlyTextError extends Error {
  override name = 'HeavyError'
}

/** Steps that take the parser one to three seconds; the blocks of 70,000 characters that people write stay below. */
const MOST_STEPS = 5e9
/** More tags in braces than people write in a row. The parser of MDX takes twice the time for each more. */
const MOST_TAGS_IN_BRACES = 10
const TAG_IN_BRACES = /\{(?![^{}<]*\})[^{}<]*</g

/** Steps of the parser for each byte of a block and each blank line that leaves its lists open. */
const STEPS_OF_BLANKS = 10

/**
 * Refuse a text for which the parser may take very long: it is native code, which nothing stops. It takes at most the
 * square of a block's length (`> > >`, `_a_a`), and looks at blank lines in every list that is open.
 *
 * @throws {@link HeavyError}
 */
export function refuseCostlyText(text: string, mdx: boolean): void {
  if (mdx && (text.match(TAG_IN_BRACES)?.length ?? 0) > MOST_TAGS_IN_BRACES) throw new CostlyTextError()
  // No part of a text is longer than the whole.
  if (STEPS_OF_BLANKS * text.length ** 2 > MOST_STEPS && stepsFor(text) > MOST_STEPS)
    throw new CostlyTextError()
}

function stepsFor(text: string): number {
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
