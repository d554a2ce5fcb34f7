import type {Span} from '../../text/span.ts'
import {forwardSearch} from '../forward-search.ts'
import type {Syntax} from '../syntax.ts'
import {liquidCode} from './liquid.ts'
import {charactersOfUrls} from './loose-urls.ts'
import {nunjucksCode} from './nunjucks.ts'
import {passthroughSpans} from './passthrough.ts'
import {shortcodes} from './shortcodes.ts'
import {spansOf} from './spans.ts'
import {teraShortcodes} from './tera-shortcodes.ts'

/** The spans of a page that are template code, or that CommonMark does not allow, in order, not overlapping. */
export function templateCode(text: string, syntax: Syntax): Span[] {
  const code = codeInBraces(text, syntax)
  const {passthrough} = syntax
  const spans = passthrough?.length ? merged(code, passthroughSpans(text, passthrough)) : code
  return merged(spans, charactersOfUrls(text, syntax))
}

function codeInBraces(text: string, {templating, verbatimShortcodes = []}: Syntax): Span[] {
  if (templating === 'nunjucks') return nunjucksCode(text)
  const hasBraces = /\{[{%]/.test(text)
  if (templating === 'liquid') return hasBraces || text.includes('{::') ? liquidCode(text) : []
  if (!hasBraces) return []
  if (templating === 'tera') return teraShortcodes(text, verbatimShortcodes)
  return templating === 'shortcodes' ? shortcodes(text, verbatimShortcodes) : oneLineCode(text)
}

/** Template code on one line: `{% … %}` and `{{ … }}`. */
function oneLineCode(text: string): Span[] {
  const endOfLine = forwardSearch(text, /\n/g)
  const endOfTag = forwardSearch(text, /%\}/g)
  const endOfOutput = forwardSearch(text, /\}\}/g)
  return spansOf(text, /\{[{%]/g, (start) => {
    const end = (text[start + 1] === '%' ? endOfTag : endOfOutput)(start + 2)?.index
    return end !== undefined && end < (endOfLine(start)?.index ?? text.length) ? end + 2 : undefined
  })
}

/** Merge two ordered lists of spans, without those of the second that overlap one of the first. */
function merged(first: Span[], second: readonly Span[]): Span[] {
  if (second.length === 0) return first
  const all = [...first]
  let at = 0
  for (const span of second) {
    while (at < first.length && first[at]!.end <= span.start) at++
    if (!first[at] || first[at]!.start >= span.end) all.push(span)
  }
  return all.sort((a, b) => a.start - b.start)
}
