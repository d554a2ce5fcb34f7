import type {Span} from '../../text/span.ts'
import {forwardSearch, forwardSearchEnd} from '../forward-search.ts'
import {type EndOf, spansOf} from './spans.ts'

/**
 * Liquid's tags and outputs, and kramdown's extensions. Comments and highlighted code, which never reach the Markdown
 * parser, form one span with their content.
 */
export function liquidCode(text: string): Span[] {
  const endOfTag = forwardSearchEnd(text, /%\}/g)
  const endOfOutput = forwardSearchEnd(text, /\}\}/g)
  const endOfExtension = extensionEnds(text)
  const ends: Record<string, EndOf> = {
    comment: forwardSearchEnd(text, /\{%-?\s*endcomment\s*-?%\}/g),
    highlight: forwardSearchEnd(text, /\{%-?\s*endhighlight\s*-?%\}/g),
    raw: forwardSearchEnd(text, /\{%-?\s*endraw\s*-?%\}/g),
  }
  const endOf = (start: number) => {
    if (text[start + 1] === '{') return endOfOutput(start + 2)
    if (text[start + 1] === ':') return endOfExtension(start)
    PAIRED.lastIndex = start
    const [opening, name] = PAIRED.exec(text) ?? []
    const end = opening === undefined ? undefined : ends[name ?? 'raw']!(start + opening.length)
    return end ?? endOfTag(start + 2)
  }
  const spans: Span[] = []
  for (const span of spansOf(text, /\{(?:[{%]|::)/g, endOf)) spans.push(...withoutRaw(text, span))
  return spans
}

/** A tag whose content is not Liquid: a comment, highlighted code, or raw text. */
const PAIRED = /\{%-?\s*(?:(comment|highlight)\b[^%]*|raw\s*-?)%\}/y
const RAW = /\{%-?\s*raw\b[^%]*%\}/y

/** A span of code without the content of `raw`, which is plain Markdown. */
function withoutRaw(text: string, {start, end}: Span): Span[] {
  RAW.lastIndex = start
  const open = RAW.test(text) ? RAW.lastIndex : undefined
  const close = open === undefined ? -1 : text.lastIndexOf('{%', end - 1)
  return open !== undefined && close >= open
    ? [
        {start, end: open},
        {start: close, end},
      ]
    : [{start, end}]
}

/**
 * Create the function that finds the end of comments and other extensions of kramdown: `{::comment}…{:/comment}`,
 * `{::options key="a" /}`.
 */
function extensionEnds(text: string): EndOf {
  const brace = forwardSearch(text, /\}/g)
  const line = forwardSearch(text, /\n/g)
  const ends: Record<string, EndOf> = {
    comment: forwardSearchEnd(text, /\{:\/(?:comment)?\}/g),
    nomarkdown: forwardSearchEnd(text, /\{:\/(?:nomarkdown)?\}/g),
  }
  return (start) => {
    const close = brace(start)?.index
    if (close === undefined) return
    PAIRED_EXTENSION.lastIndex = start
    const [, name] = PAIRED_EXTENSION.exec(text) ?? []
    const end = name && ends[name]!(close + 1)
    return end || (close < (line(start)?.index ?? text.length) ? close + 1 : undefined)
  }
}

const PAIRED_EXTENSION = /\{::(comment|nomarkdown)\b/y
