import type {Span} from '../../text/span.ts'
import {forwardSearchEnd} from '../forward-search.ts'
import {compile} from '../pattern.ts'
import {codeSpans} from './code-spans.ts'
import {FENCE, fenceEnds} from './fences.ts'
import type {EndOf} from './spans.ts'

/** The tags whose content is code, which forms one span with them. */
const VERBATIM = /\{%-?\s*(code|codeblock|mermaid)\b[^%]*%\}/y

/**
 * Tags, outputs and comments of Nunjucks, which are not run in code. The content of `raw` is HTML, and that of other tags
 * Markdown.
 */
export function nunjucksCode(text: string): Span[] {
  if (!/\{[{%#]/.test(text)) return []
  const endOfFence = fenceEnds(text)
  const endOfCode = codeSpans(text)
  const endOf = endsOf(text)
  const spans: Span[] = []
  const pattern = compile(`${FENCE}|\`+|\\{[{%#]`, 'gm')
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [found, fence] = match
    const end = found[0] === '{' && fence === undefined ? endOf(match.index) : undefined
    if (end !== undefined) spans.push({start: match.index, end})
    const marks = fence ?? found
    const fenceEnd = fence === undefined ? undefined : endOfFence(match.index)
    pattern.lastIndex =
      end ?? fenceEnd ?? (marks[0] === '`' ? endOfCode(pattern.lastIndex, marks.length) : pattern.lastIndex)
  }
  return spans
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
