import escapeStringRegexp from 'escape-string-regexp'
import type {Span} from '../../text/span.ts'
import {forwardSearch} from '../forward-search.ts'
import {compile} from '../pattern.ts'
import type {Syntax} from '../types.ts'

/** Where code ends that begins somewhere; nothing where none begins, or it has no end. */
type EndOf = (start: number) => number | undefined

/** The code of a text: what begins at a match of an expression and has an end, none within another. */
function spansOf(text: string, beginning: RegExp, endOf: EndOf): Span[] {
  const spans: Span[] = []
  const next = forwardSearch(text, beginning)
  for (let match = next(0); match; ) {
    const start = match.index
    const end = endOf(start)
    if (end !== undefined) spans.push({start, end})
    match = next(end ?? start + 1)
  }
  return spans
}

/** Make what tells where an expression ends that is next found from a place. */
function endBehind(text: string, pattern: RegExp): EndOf {
  const next = forwardSearch(text, pattern)
  return (from) => {
    const found = next(from)
    return found && found.index + found[0].length
  }
}

/** Where a match of a sticky expression ends that begins at a place. */
function endAt(text: string, pattern: RegExp, start: number): number | undefined {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** The stretches of a page that are template code, in order, not overlapping. */
export function templateCode(text: string, syntax: Syntax): Span[] {
  const {templating, passthrough = []} = syntax
  const hasBraces = /\{[{%]/.test(text)
  if (templating === 'liquid') return hasBraces || text.includes('{::') ? liquidCode(text) : []
  if (templating === 'shortcodes')
    return hasBraces || passthrough.length > 0 ? shortcodesAndPassthrough(text, syntax) : []
  return hasBraces ? oneLineCode(text) : []
}

/** Template code on one line: tags and outputs. */
function oneLineCode(text: string): Span[] {
  const endOfLine = forwardSearch(text, /\n/g)
  const endOfTag = forwardSearch(text, /%\}/g)
  const endOfOutput = forwardSearch(text, /\}\}/g)
  return spansOf(text, /\{[{%]/g, (start) => {
    const end = (text[start + 1] === '%' ? endOfTag : endOfOutput)(start + 2)?.index
    return end !== undefined && end < (endOfLine(start)?.index ?? text.length) ? end + 2 : undefined
  })
}

/** Liquid's tags and outputs; comments and highlighted code as a whole, which never reach the Markdown converter. */
function liquidCode(text: string): Span[] {
  const endOfTag = endBehind(text, /%\}/g)
  const endOfOutput = endBehind(text, /\}\}/g)
  const ends: Record<string, EndOf> = {
    comment: endBehind(text, /\{%-?\s*endcomment\s*-?%\}/g),
    highlight: endBehind(text, /\{%-?\s*endhighlight\s*-?%\}/g),
    raw: endBehind(text, /\{%-?\s*endraw\s*-?%\}/g),
  }
  const extension = extensionEnds(text)
  const spans: Span[] = []
  for (const span of spansOf(text, /\{(?:[{%]|::)/g, endOf)) spans.push(...withoutRaw(text, span))
  return spans

  function endOf(start: number): number | undefined {
    if (text[start + 1] === '{') return endOfOutput(start + 2)
    if (text[start + 1] === ':') return extension(start)
    SWALLOWING.lastIndex = start
    const [opening, swallowed] = SWALLOWING.exec(text) ?? []
    const end = opening === undefined ? undefined : ends[swallowed ?? 'raw']!(start + opening.length)
    return end ?? endOfTag(start + 2)
  }
}

/** A tag whose content is no code: a comment, highlighted code, or what is to stay as it is. */
const SWALLOWING = /\{%-?\s*(?:(comment|highlight)\b[^%]*|raw\s*-?)%\}/y

/** What stands between the two tags of `raw` is Markdown as it is written. */
function withoutRaw(text: string, {start, end}: Span): Span[] {
  const open = endAt(text, /\{%-?\s*raw\b[^%]*%\}/y, start)
  const close = open === undefined ? -1 : text.lastIndexOf('{%', end - 1)
  return open !== undefined && close >= open
    ? [
        {start, end: open},
        {start: close, end},
      ]
    : [{start, end}]
}

/** Make what tells where comments and extensions of kramdown end: `{::comment}…{:/comment}`, `{::options key="a" /}`. */
function extensionEnds(text: string): EndOf {
  const brace = forwardSearch(text, /\}/g)
  const line = forwardSearch(text, /\n/g)
  const ends: Record<string, EndOf> = {
    comment: endBehind(text, /\{:\/(?:comment)?\}/g),
    nomarkdown: endBehind(text, /\{:\/(?:nomarkdown)?\}/g),
  }
  return (start) => {
    const close = brace(start)?.index
    if (close === undefined) return
    WITH_CONTENT.lastIndex = start
    const [, name] = WITH_CONTENT.exec(text) ?? []
    const end = name && ends[name]!(close + 1)
    return end || (close < (line(start)?.index ?? text.length) ? close + 1 : undefined)
  }
}

const WITH_CONTENT = /\{::(comment|nomarkdown)\b/y

/** The most characters of a shortcode's own text, and of text that is passed through. */
const MOST_OF_SHORTCODE = 2000
const MOST_PASSED = 4000

/** Shortcodes, over several lines, too; some with all that stands within them; and what is passed through. */
function shortcodesAndPassthrough(text: string, syntax: Syntax): Span[] {
  const {verbatimShortcodes = [], passthrough: passed = []} = syntax
  const spans = shortcodes(text, verbatimShortcodes)
  if (!passed.some(([open]) => text.includes(open))) return spans
  const all = [...spans]
  let at = 0
  for (const span of passedThrough(text, passed)) {
    while (at < spans.length && spans[at]!.end <= span.start) at++
    if (!spans[at] || spans[at]!.start >= span.end) all.push(span)
  }
  return all.sort((a, b) => a.start - b.start)
}

function shortcodes(text: string, verbatim: readonly string[]): Span[] {
  if (!text.includes('{{')) return []
  const endOfOutput = forwardSearch(text, /\}\}/g)
  const endOfLine = forwardSearch(text, /\n/g)
  const closing = forwardSearch(text, /[>%]\}\}/g)
  const name = compile(`\\{\\{([<%])\\s*(${verbatim.map(escapeStringRegexp).join('|')})(?=[\\s>%])`, 'y')
  const pairs = new Map<
    string,
    {open: ReturnType<typeof forwardSearch>; close: ReturnType<typeof forwardSearch>}
  >()
  const pairOf = (mark: string, own: string) => {
    let pair = pairs.get(mark + own)
    if (!pair) {
      const [open, word] = [`\\{\\{${mark}\\s*`, escapeStringRegexp(own)]
      pair = {
        open: forwardSearch(text, compile(`${open}${word}(?=[\\s>%])`, 'g')),
        close: forwardSearch(text, compile(`${open}\\/\\s*${word}\\s*[>%]\\}\\}`, 'g')),
      }
      pairs.set(mark + own, pair)
    }
    return pair
  }
  return spansOf(text, /\{\{/g, (start) => {
    const end = /[<%]/.test(text[start + 2] ?? '') ? closing(start + 3)?.index : undefined
    if (end !== undefined) {
      name.lastIndex = start
      const [opening = '', mark = '', own = ''] = verbatim.length > 0 ? (name.exec(text) ?? []) : []
      const from = start + opening.length
      // One that ends with a slash has no content.
      const isOpen = own !== '' && end - from <= MOST_OF_SHORTCODE && !(end > from && text[end - 1] === '/')
      const pair = isOpen ? pairOf(mark, own) : undefined
      const close = pair?.close(end + 3)
      // With another one of its name within, it is not known which of them ends.
      if (close && (pair!.open(end + 3)?.index ?? text.length) >= close.index)
        return close.index + close[0].length
      if (end - (start + 3) <= MOST_OF_SHORTCODE) return end + 3
    }
    const output = endOfOutput(start + 2)?.index
    return output !== undefined && output < (endOfLine(start)?.index ?? text.length) ? output + 2 : undefined
  })
}

/** Text between delimiters that goldmark hands on as it is, such as math: within one paragraph, and never from code. */
function passedThrough(text: string, passed: NonNullable<Syntax['passthrough']>): Span[] {
  const fenceEnd = fenceEnds(text)
  const codeEnd = codeSpans(text)
  const paragraphEnd = forwardSearch(text, PARAGRAPH_END)
  const closers = passed.map(([open, close]) => ({
    open,
    close: forwardSearch(text, compile(escapeStringRegexp(close), 'g')),
  }))
  const endOfPassed = (index: number) => {
    for (const {open, close} of closers) {
      const from = index + open.length
      const behind = text.startsWith(open, index) ? close(from + 1) : undefined
      if (!behind || behind.index - from > MOST_PASSED) continue
      if (behind.index <= (paragraphEnd(from)?.index ?? text.length)) return behind.index + behind[0].length
    }
    return
  }
  const spans: Span[] = []
  const pattern = compile(`${FENCE}|\`+|${passed.map(([open]) => escapeStringRegexp(open)).join('|')}`, 'gm')
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const {index} = match
    const [found, fence] = match
    const ticks = (fence ?? found)[0] === '`' ? (fence ?? found).length : 0
    const fenced = fence === undefined ? undefined : fenceEnd(index)
    if (fenced !== undefined) pattern.lastIndex = fenced
    else if (ticks > 0) pattern.lastIndex = codeEnd(pattern.lastIndex, ticks)
    else if (fence === undefined) {
      const end = endOfPassed(index)
      if (end === undefined) pattern.lastIndex = index + 1
      else spans.push({start: index, end: (pattern.lastIndex = end)})
    }
  }
  return spans
}

/** The line that opens a fence, or closes one. */
const FENCE = '^[ \\t>]*(`{3,}|~{3,})'
const PARAGRAPH_END = /\n[ \t\r]*\n/g

/** Make what tells where the block of code ends whose fence begins on a line; nothing for one that is not closed. */
function fenceEnds(text: string): EndOf {
  const ends = new Map<number, number>()
  const open: Record<string, {start: number; length: number}[]> = {'`': [], '~': []}
  for (const match of text.matchAll(compile(FENCE, 'gm'))) {
    const marks = match[1]!
    const waiting = open[marks[0]!]!
    // The shortest ones wait at the end: each is closed by the next that is as long.
    while (waiting.length > 0 && waiting.at(-1)!.length <= marks.length)
      ends.set(waiting.pop()!.start, match.index + match[0].length)
    waiting.push({start: match.index, length: marks.length})
  }
  return (start) => ends.get(start)
}

/**
 * Make what finds the place behind the same number of ticks in the same paragraph; right there, if they open no code. All
 * runs of ticks of a paragraph are noted at once, so that a page of nothing but ticks takes no longer than others.
 */
export function codeSpans(text: string): (from: number, ticks: number) => number {
  const runs = new Map<number, number[]>()
  let until = 0
  return (from, ticks) => {
    if (from >= until) {
      PARAGRAPH_END.lastIndex = from
      until = PARAGRAPH_END.exec(text)?.index ?? text.length
      runs.clear()
      for (let start = text.indexOf('`', from); start >= 0 && start < until; ) {
        let end = start
        while (text[end] === '`') end++
        const same = runs.get(end - start)
        if (same) same.push(end)
        else runs.set(end - start, [end])
        start = text.indexOf('`', end)
      }
      for (const ends of runs.values()) ends.reverse()
    }
    const ends = runs.get(ticks)
    while (ends && ends.length > 0 && ends.at(-1)! - ticks < from) ends.pop()
    return ends?.at(-1) ?? from
  }
}
