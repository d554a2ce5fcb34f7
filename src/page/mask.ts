import type {Span} from '../rule.ts'
import type {Hugo} from './facts.ts'

/** Stands for one masked UTF-16 unit: a Unicode noncharacter, so no honest page holds it. */
export const FILL = '\uFDD0'

/** A page's text with its template code covered, every offset as before. */
export interface Masked {
  text: string
  /** The covered stretches, in order, not overlapping. */
  masks: Mask[]
  /** There is more code than can be read in time, so that all of the page is covered. */
  tooMuch?: true
}

/**
 * Each beginning of code may have to be followed to the end of the page, in search of its own end: on a page of a
 * megabyte with five thousand of them this takes seconds, and hours where somebody means harm.
 */
const MOST_STEPS = 5e9
const BEGINNING = /\{[{%:]/

/** One covered stretch. */
export interface Mask extends Span {
  /** It had its lines to itself and became white space, so that no {@link FILL} stands for it. */
  blank: boolean
}

/** Liquid tags whose content never reaches the Markdown converter as Markdown. */
const SWALLOWED = 'comment|highlight'

// One pass: a swallowed block, a `raw` block's two tags, a tag, an output, a kramdown comment or extension.
const LIQUID = new RegExp(
  `\\{%-?\\s*(${SWALLOWED})\\b[^%]*%\\}[\\s\\S]*?\\{%-?\\s*end\\1\\s*-?%\\}` +
    '|\\{%-?\\s*raw\\s*-?%\\}[\\s\\S]*?\\{%-?\\s*endraw\\s*-?%\\}' +
    '|\\{%[\\s\\S]*?%\\}|\\{\\{[\\s\\S]*?\\}\\}' +
    '|\\{::(comment|nomarkdown)\\b[^}]*\\}[\\s\\S]*?\\{:/(?:\\2)?\\}|\\{::[^}\\n]*\\}',
  'g',
)
const TEMPLATE = /\{%[^\n]*?%\}|\{\{[^\n]*?\}\}/g
const RAW = /^\{%-?\s*raw\b[\s\S]*\{%-?\s*endraw/

/**
 * Cover template code (Liquid, Hugo shortcodes, mdBook includes) with text of the same length, so that
 * `[a]({% link b c.md %})` parses as a link and offsets stay true.
 *
 * A stretch that has its lines to itself becomes blank; one among other text becomes {@link FILL}.
 *
 * @param liquid The page really is run through Liquid: comments and highlighted code vanish as a whole.
 * @param hugo The page is Hugo's.
 */
export function mask(text: string, liquid: boolean, hugo?: Hugo): Masked {
  if (!/\{[{%]/.test(text) && !(liquid && text.includes('{::')) && !hugo?.passed.length)
    return {text, masks: []}
  if (text.includes(FILL)) return {text, masks: []}
  const most = Math.ceil(MOST_STEPS / text.length)
  if (text.split(BEGINNING, most).length >= most)
    return {text: text.replace(/[^\r\n]/g, ' '), masks: [], tooMuch: true}
  const spans: Span[] = []
  for (const match of text.matchAll(liquid ? LIQUID : hugo ? hugoCode(hugo) : TEMPLATE)) {
    const start = match.index
    const end = start + match[0].length
    if (RAW.test(match[0]) && liquid) {
      // What stands between the two tags is Markdown as it is written.
      const open = match[0].indexOf('%}') + 2
      const close = match[0].lastIndexOf('{%')
      spans.push({start, end: start + open}, {start: start + close, end})
    } else spans.push({start, end})
  }
  if (hugo?.passed.length) {
    const code = [...spans]
    for (const span of passedThrough(text, hugo.passed))
      if (!code.some(({start, end}) => start < span.end && span.start < end)) spans.push(span)
    spans.sort((a, b) => a.start - b.start)
  }
  let out = ''
  let done = 0
  const masks: Mask[] = []
  for (const {start, end} of spans) {
    const blank = isFirst(text, start) && isLast(text, end)
    out += text.slice(done, start) + text.slice(start, end).replace(/[^\r\n]/g, blank ? ' ' : FILL)
    masks.push({start, end, blank})
    done = end
  }
  return {text: out + text.slice(done), masks}
}

/** Is there only white space before a place on its line? */
function isFirst(text: string, at: number): boolean {
  let before = at - 1
  while (before >= 0 && text[before] !== '\n' && SPACE.test(text[before]!)) before--
  return before < 0 || text[before] === '\n'
}

/** Is there only white space behind a place on its line? */
function isLast(text: string, at: number): boolean {
  let behind = at
  while (behind < text.length && text[behind] !== '\n' && SPACE.test(text[behind]!)) behind++
  return behind === text.length || text[behind] === '\n'
}

const SPACE = /\s/

/** Hugo's shortcodes, over several lines, too; some with all that stands within them. */
function hugoCode({verbatim}: Hugo): RegExp {
  const key = verbatim.join(' ')
  let found = patterns.get(key)
  if (!found) {
    const names = verbatim.map(escaped).join('|')
    found = new RegExp(
      `\\{\\{([<%])\\s*(${names})(?=[\\s>%])(?:(?!\\/[>%]\\}\\}|[>%]\\}\\})[\\s\\S]){0,2000}[>%]\\}\\}` +
        '(?:(?!\\{\\{\\1\\s*\\2(?=[\\s>%]))[\\s\\S])*?\\{\\{\\1\\s*\\/\\s*\\2\\s*[>%]\\}\\}' +
        '|\\{\\{[<%][\\s\\S]{0,2000}?[>%]\\}\\}|\\{\\{[^\\n]*?\\}\\}',
      'g',
    )
    patterns.set(key, found)
  }
  return found
}

/** Up to the end of the paragraph. */
const IN_PARAGRAPH = '(?:(?!\\n[ \\t\\r]*\\n)[\\s\\S])'
const FENCE_OR_SPAN = `^[ \\t>]*(\`{3,}|~{3,})[^\\n]*\\n[\\s\\S]*?^[ \\t>]*\\1|(\`+)${IN_PARAGRAPH}*?[^\`]\\2(?!\`)`

/** Text between delimiters that goldmark hands on as it is, such as math: within one paragraph, and never from code. */
function* passedThrough(text: string, passed: Hugo['passed']): Generator<Span> {
  const pairs = passed.map(([open, close]) => `|${escaped(open)}${IN_PARAGRAPH}{1,4000}?${escaped(close)}`)
  for (const match of text.matchAll(new RegExp(FENCE_OR_SPAN + pairs.join(''), 'gm')))
    if (match[1] === undefined && match[2] === undefined)
      yield {start: match.index, end: match.index + match[0].length}
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const patterns = new Map<string, RegExp>()

/**
 * Put the covered text back into a string that a parser took from the masked text.
 *
 * @param from Where the string's origin begins; the first {@link FILL} in it belongs to the first mask from there on.
 */
export function restore(value: string, source: string, masks: Mask[], from: number): string {
  if (!value.includes(FILL)) return value
  let filled = ''
  for (const mask of masks)
    if (mask.end > from && !mask.blank)
      filled += source.slice(Math.max(from, mask.start), mask.end).replace(/[\r\n]/g, '')
  let at = 0
  return value.replaceAll(FILL, () => filled[at++] ?? '')
}
