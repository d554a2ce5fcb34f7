/** A text may take the parser so long that it must be possible to stop it, which only a process of its own allows. */
export class HeavyError extends Error {
  override name = 'HeavyError'
}

/** Steps of the parser that take it about a second. */
const MOST_STEPS = 1e9
/** More tags in braces than people write in a row. The parser of MDX takes twice the time for each more. */
const MOST_TAGS_IN_BRACES = 10
const TAG_IN_BRACES = /\{(?![^{}<]*\})[^{}<]*</g

/**
 * Refuse a text for which the parser may take very long: it is native code, which nothing stops. It takes at most the
 * square of a block's length (`> > >`, `_a_a`), and looks at every line in every container that is open.
 *
 * @throws {@link HeavyError}
 */
export function refuseHeavy(text: string, mdx: boolean): void {
  if (mdx && (text.match(TAG_IN_BRACES)?.length ?? 0) > MOST_TAGS_IN_BRACES) throw new HeavyError()
  if (text.length ** 2 > MOST_STEPS && stepsFor(text) > MOST_STEPS) throw new HeavyError()
}

function stepsFor(text: string): number {
  let steps = 0
  let longest = 0
  let lines = 0
  let start = 0
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    lines++
    if (end < text.length && text.slice(at, end).trim() !== '') {
      at = end + 1
      continue
    }
    const length = end - start
    steps += length ** 2
    longest = Math.max(longest, length)
    at = start = end + 1
  }
  return Math.max(steps, longest * lines)
}
