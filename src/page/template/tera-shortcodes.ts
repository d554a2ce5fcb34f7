import type {Span} from '../../text/span.ts'
import {forwardSearch, forwardSearchEnd} from '../forward-search.ts'
import {spansOf} from './spans.ts'

/** The maximum length of a call. */
const LONGEST = 4000

/** A call, `{{ name(` or `{% name(`, or the end of the body of one. All other braces are text. */
const OPENING = /\{[{%]-?\s{0,9}(?:[\w:.]{1,99}\s{0,9}\(|end\s{0,9}-?%\})/g
const NAME = /\{%-?\s{0,9}([\w:.]{1,99})\s{0,9}\(/y
const BODY = /\{%-?\s{0,9}[\w:.]{1,99}\s{0,9}\(/g

/**
 * The shortcodes of Zola, which may span lines: `{{ name(key="value") }}`, `{% name() %}`, `{% end %}`.
 *
 * @param verbatim The names of those that form one span with their body.
 */
export function teraShortcodes(text: string, verbatim: readonly string[]): Span[] {
  const endOfCall = forwardSearchEnd(text, /\}\}/g)
  const endOfTag = forwardSearchEnd(text, /%\}/g)
  const endOfBody = forwardSearchEnd(text, /\{%-?\s{0,9}end\s{0,9}-?%\}/g)
  const nextBody = forwardSearch(text, BODY)
  return spansOf(text, OPENING, (start) => {
    const end = (text[start + 1] === '{' ? endOfCall : endOfTag)(start + 2)
    if (end === undefined || end - start > LONGEST) return
    NAME.lastIndex = start
    const name = NAME.exec(text)?.[1]
    const bodyEnd = name !== undefined && verbatim.includes(name) ? endOfBody(end) : undefined
    // With another body in between, it is unknown which of them ends.
    return bodyEnd !== undefined && (nextBody(end)?.index ?? text.length) >= bodyEnd ? bodyEnd : end
  })
}
