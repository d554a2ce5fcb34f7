import type {Page} from './page/facts.ts'
import type {Span} from './rule.ts'

/**
 * The whole lines of a block that stands outside of lists and quotes, with the line break behind it.
 *
 * @returns nothing for a block that begins within a line.
 */
export function wholeLines({lines}: Pick<Page, 'lines'>, {start, end}: Span): Span | undefined {
  const at = lines.indexOf(start)
  if (at < 0) return
  const next = lines.find((line) => line >= end && line > start)
  // Without a line break at the end of the page, none is taken.
  return {start, end: next ?? end}
}
