import type {Heading} from '../../page/types.ts'
import type {Span} from '../../text/span.ts'

/** A level 2 heading with plain text only, to ask a platform for the id of that text. */
export const headingOf = (text: string): Heading => ({text, depth: 2, start: 0, end: 0})

/** A span of text that is not prose: it stays as it is, or is replaced. */
export interface FixedStretch extends Span {
  replacement?: string
}

/**
 * Transform the prose of a text and leave spans such as code alone. With the first word fixed and `--` replaced by a
 * dash, `a--b c--d` becomes `a--b c–d`.
 *
 * @param fixed The spans to leave alone, in order and not overlapping.
 */
export function mapProse(
  text: string,
  fixed: readonly FixedStretch[] | undefined,
  change: (prose: string) => string,
): string {
  if (!fixed) return change(text)
  let mapped = ''
  let at = 0
  for (const {start, end, replacement} of fixed) {
    mapped += change(text.slice(at, start)) + (replacement ?? text.slice(start, end))
    at = end
  }
  return mapped + change(text.slice(at))
}
