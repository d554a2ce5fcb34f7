import escapeStringRegexp from 'escape-string-regexp'
import type {Span} from '../../text/span.ts'
import {type ForwardSearch, forwardSearch} from '../forward-search.ts'
import {compile} from '../pattern.ts'
import {spansOf} from './spans.ts'

/** The maximum length of a shortcode's tag. */
const LONGEST = 2000

/**
 * Shortcodes such as `{{< name key="value" >}}` and `{{% name %}}`, which may span lines, and outputs on one line.
 *
 * @param verbatim The names of paired shortcodes that form one span with their content.
 */
export function shortcodes(text: string, verbatim: readonly string[]): Span[] {
  if (!text.includes('{{')) return []
  const endOfOutput = forwardSearch(text, /\}\}/g)
  const endOfLine = forwardSearch(text, /\n/g)
  const closing = forwardSearch(text, /[>%]\}\}/g)
  const endOfPair = pairEnds(text, verbatim)
  return spansOf(text, /\{\{/g, (start) => {
    const end = /[<%]/.test(text[start + 2] ?? '') ? closing(start + 3)?.index : undefined
    if (end !== undefined) {
      const pairEnd = endOfPair(start, end)
      if (pairEnd !== undefined) return pairEnd
      if (end - (start + 3) <= LONGEST) return end + 3
    }
    const output = endOfOutput(start + 2)?.index
    return output !== undefined && output < (endOfLine(start)?.index ?? text.length) ? output + 2 : undefined
  })
}

/**
 * Create the function that finds the end of a shortcode with verbatim content:
 * after its closing tag, `{{< name >}}…{{< /name >}}`; undefined for all other shortcodes.
 */
function pairEnds(
  text: string,
  verbatim: readonly string[],
): (start: number, end: number) => number | undefined {
  if (verbatim.length === 0) return () => undefined
  const pairs = new Map<string, {opening: ForwardSearch; closing: ForwardSearch}>()
  const pairOf = (mark: string, name: string) => {
    let pair = pairs.get(mark + name)
    if (!pair) {
      const open = `\\{\\{${mark}\\s*`
      const own = escapeStringRegexp(name)
      pair = {
        opening: forwardSearch(text, compile(`${open}${own}(?=[\\s>%])`, 'g')),
        closing: forwardSearch(text, compile(`${open}\\/\\s*${own}\\s*[>%]\\}\\}`, 'g')),
      }
      pairs.set(mark + name, pair)
    }
    return pair
  }
  const named = compile(`\\{\\{([<%])\\s*(${verbatim.map(escapeStringRegexp).join('|')})(?=[\\s>%])`, 'y')
  return (start, end) => {
    named.lastIndex = start
    const [opening = '', mark = '', name] = named.exec(text) ?? []
    if (name === undefined) return
    const from = start + opening.length
    // A self-closing shortcode has no content.
    const isEmpty = end > from && text[end - 1] === '/'
    if (isEmpty || end - from > LONGEST) return
    const pair = pairOf(mark, name)
    const close = pair.closing(end + 3)
    // With another one of the same name in between, it is unknown which of them is closed.
    if (!close || (pair.opening(end + 3)?.index ?? text.length) < close.index) return
    return close.index + close[0].length
  }
}
