import type {Span} from '../text/span.ts'

/**
 * The URLs of a `srcset` as written (HTML Standard, “parse a srcset attribute”): `a.png 1x, b.png 2x` → `a.png`, `b.png`.
 *
 * @param at The start of the attribute's value in the page.
 */
export function srcsetUrls(raw: string, at: number): (Span & {text: string})[] {
  const found: (Span & {text: string})[] = []
  for (let match = urlFrom(raw, 0); match; ) {
    const [whole] = match
    let length = whole.length
    while (whole[length - 1] === ',') length--
    const start = at + match.index
    found.push({text: whole.slice(0, length), start, end: start + length})
    const behind = match.index + whole.length
    match = urlFrom(raw, length < whole.length ? behind : endOfDescriptors(raw, behind))
  }
  return found
}

/** The next run of characters that does not begin with whitespace or a comma. */
function urlFrom(raw: string, at: number): RegExpExecArray | null {
  URL_RUN.lastIndex = at
  return URL_RUN.exec(raw)
}

const URL_RUN = /[^\s,]\S*/g

/** The comma that ends the descriptors after a URL, outside of parentheses. */
function endOfDescriptors(raw: string, from: number): number {
  let at = from
  let isOpen = false
  for (; at < raw.length && (isOpen || raw[at] !== ','); at++)
    if (raw[at] === '(') isOpen = true
    else if (raw[at] === ')') isOpen = false
  return at
}
