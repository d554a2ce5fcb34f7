import type {Span} from '../../text/span.ts'
import {forwardSearchEnd} from '../forward-search.ts'
import {spansOutsideCode} from './outside-code.ts'
import type {EndOf} from './spans.ts'

/** The tags whose content is code, which forms one span with them. */
const VERBATIM = /\{%-?\s*(code|codeblock|mermaid)\b[^%]*%\}/y

/**
 * Tags, outputs and comments of Nunjucks, which are not run in code. The content of `raw` is HTML, and that of other tags
 * Markdown.
 */
export function nunjucksCode(text: string): Span[] {
  return /\{[{%#]/.test(text) ? spansOutsideCode(text, '\\{[{%#]', endsOf(text)) : []
}

/** Create the function that finds the end of the code that begins at an offset. */
function endsOf(text: string): EndOf {
  const ends: Record<string, EndOf> = {
    '{': forwardSearchEnd(text, /\}\}/g),
    '%': forwardSearchEnd(text, /%\}/g),
    '#': forwardSearchEnd(text, /#\}/g),
    code: forwardSearchEnd(text, /\{%-?\s*endcode\s*-?%\}/g),
    codeblock: forwardSearchEnd(text, /\{%-?\s*endcodeblock\s*-?%\}/g),
    mermaid: forwardSearchEnd(text, /\{%-?\s*endmermaid\s*-?%\}/g),
  }
  return (start) => {
    VERBATIM.lastIndex = start
    const [opening, name] = VERBATIM.exec(text) ?? []
    const end = name === undefined ? undefined : ends[name]!(start + opening!.length)
    return end ?? ends[text[start + 1]!]!(start + 2)
  }
}
