import type {Span} from '../text/span.ts'
import type {Syntax} from './types.ts'

/** A text in which CommonMark finds the Markdown of kramdown; offsets are unchanged. */
export interface WithoutHtml {
  text: string
  /** The spans of HTML that were blanked in the text, in order. */
  html: readonly Span[]
  /** The elements that it belongs to, with the Markdown that remained. */
  elements: readonly Span[]
}

/** How kramdown reads the content of an element. */
type Content = 'raw' | 'block' | 'span'

/** An element that has not ended. */
interface Element {
  name: string
  content: Content
}

/** A tag, with everything to its end tag for a script or a style sheet. */
interface Tag extends Span {
  name: string
  isEnd: boolean
  /** It has no content that may contain other tags. */
  isEmpty: boolean
  attributes: string
}

/** Elements whose content is blocks, or text, if it is Markdown (`HTML_CONTENT_MODEL` of kramdown). */
const WITH_BLOCKS =
  /^(?:address|applet|article|aside|blockquote|body|dd|details|div|dl|fieldset|figure|figcaption|footer|form|header|hgroup|iframe|li|main|map|menu|nav|noscript|object|section|summary|td)$/
const WITH_TEXT = /^(?:caption|legend|optgroup|p|th)$/
/** Elements of text, with which no block begins (`HTML_SPAN_ELEMENTS`). */
const OF_TEXT =
  /^(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|tt|u|var)$/
const WITH_CODE = /^(?:code|kbd|samp|var)$/
const EMPTY = /^(?:area|base|br|col|command|embed|hr|img|input|keygen|link|meta|param|source|track|wbr)$/
const VERBATIM = /^(?:script|style)$/
const MARKDOWN = /\smarkdown\s*=\s*["']?(1|0|span|block)\b/

/** The start of a line with which an element or fenced code may begin or end. */
const START = /^ {0,3}(<(?=[a-z/])|([~`])\2{2,})/gim
/** A tag: a slash if it is an end tag, its name, and its attributes. */
const TAG = /<(\/?)([a-z][\w:-]*)(\s[^<>]*|\/)?>/iy
const BLOCK = /[ \t]*(?:[-#>*+|:=`~]|\d+\.)/y
const SPACE = /\s*/y
const COMMENT_OR_TAG = /<(?:!--|(?=[a-z/]))/gi
/** Keeps text behind blanked tags from being indented code; it has no width. */
const WORD_JOINER = '\u2060'
/** More than a page nests. */
const DEEPEST = 100

/**
 * Take blocks of HTML out of a text as kramdown delimits them: CommonMark ends one at a blank line, kramdown at the end tag
 * of its element. What the attribute `markdown` makes Markdown remains.
 *
 * ```text
 * <div markdown="1">
 * [a](b.md)           →  [a](b.md)
 * </div>
 * ```
 */
export function withoutHtml(text: string, syntax: Syntax): WithoutHtml {
  const isKramdown = syntax.dialect === 'kramdown' || syntax.dialect === 'kramdown-gfm'
  if (!isKramdown || !hasBlocks(text)) return {text, html: [], elements: []}
  const {html, elements} = new HtmlScanner(text, syntax).scan()
  let rest = ''
  let done = 0
  for (const span of html) {
    rest += text.slice(done, span.start) + blanked(text, span)
    done = span.end
  }
  return {text: rest + text.slice(done), html, elements}
}

/** Does a line begin with a tag? Faster than an expression that looks at each line. */
function hasBlocks(text: string): boolean {
  for (const {index} of text.matchAll(/<[a-zA-Z]/g))
    if (/(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, index - 4), index))) return true
  return false
}

/** A span without its text; a word joiner begins its last line if other text follows there. */
function blanked(text: string, {start, end}: Span): string {
  const blank = text.slice(start, end).replace(/[^\r\n]/g, ' ')
  if (/^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + LONGEST_BLANK))) return blank
  const line = blank.lastIndexOf('\n') + 1
  return blank.slice(0, line) + WORD_JOINER + blank.slice(line + 1)
}

const LONGEST_BLANK = 100

/** Finds the blocks of HTML of a page. */
class HtmlScanner {
  readonly #text: string
  readonly #isGfm: boolean
  readonly #parsesBlocks: boolean
  /** For each thing that was sought in vain, the offset from which on it does not occur. */
  readonly #absent = new Map<string, number>()

  constructor(text: string, {dialect, markdownInHtml}: Syntax) {
    this.#text = text
    this.#isGfm = dialect === 'kramdown-gfm'
    this.#parsesBlocks = markdownInHtml === true
  }

  scan(): Pick<WithoutHtml, 'html' | 'elements'> {
    const html: Span[] = []
    const elements: Span[] = []
    for (let tag = this.#blockTag(0); tag; ) {
      const found = tag.isEnd ? undefined : this.#element(tag)
      if (found) {
        for (const span of found.html) html.push(span)
        elements.push({start: tag.start, end: found.end})
      }
      tag = this.#blockTag(found?.end ?? tag.end)
    }
    return {html, elements}
  }

  /** The HTML of the element that a tag begins, and its end; undefined if it is not closed, or cannot be taken out. */
  #element(first: Tag): {html: Span[]; end: number} | undefined {
    const html: Span[] = []
    const open: Element[] = []
    let from = first.start
    for (let tag: Tag | undefined = first; tag; ) {
      if (open.at(-1)?.content !== 'raw') from = tag.start
      this.#take(tag, open)
      const around = open.at(-1)
      if (open.length > DEEPEST || (around?.content !== 'raw' && this.#beginsBlock(tag.end))) return
      // The indentation of text is not that of code.
      const end = around?.content === 'span' ? this.#endOfSpace(tag.end) : tag.end
      if (around?.content !== 'raw') html.push({start: from, end})
      if (!around) return {html, end}
      tag = this.#next(end, around)
    }
    return
  }

  /** Change the elements that are open at a tag to those that are open behind it. */
  #take(tag: Tag, open: Element[]): void {
    const top = open.at(-1)
    if (tag.isEnd && tag.name === top?.name) open.pop()
    else if (!tag.isEnd && !tag.isEmpty) open.push({name: tag.name, content: this.#contentOf(tag, top)})
  }

  #contentOf({name, attributes}: Tag, parent: Element | undefined): Content {
    const value = MARKDOWN.exec(attributes)?.[1]
    if (value === 'span' || value === 'block') return value
    const isMarkdown =
      value === '1' || (value === undefined && this.#parsesBlocks && parent?.content !== 'raw')
    if (!isMarkdown) return 'raw'
    if (WITH_BLOCKS.test(name)) return 'block'
    return WITH_TEXT.test(name) ? 'span' : 'raw'
  }

  /** The next tag in the content of an element that kramdown would recognize. */
  #next(from: number, {name, content}: Element): Tag | undefined {
    if (content === 'block') return this.#blockTag(from)
    if (content === 'raw') return this.#rawTag(from)
    const end = this.#search(`</${name}\\s*>`, from)
    return end && {...end, name, isEnd: true, isEmpty: false, attributes: ''}
  }

  /** The next tag of a block: at the start of a line outside of fenced code, or right behind another one. */
  #blockTag(from: number): Tag | undefined {
    const here = this.#tagAt(from)
    if (here && !OF_TEXT.test(here.name)) return here
    for (let at = from; ; ) {
      START.lastIndex = at
      const [, found, isFence] = START.exec(this.#text) ?? []
      if (found === undefined) return
      at = START.lastIndex
      const tag = isFence ? undefined : this.#ofBlock(this.#tagAt(at - 1))
      if (tag) return tag
      if (isFence) at = this.#endOfFence(found, at) ?? at
    }
  }

  /** A tag at the start of a line, unless it begins a paragraph. */
  #ofBlock(tag: Tag | undefined): Tag | undefined {
    if (!tag || !OF_TEXT.test(tag.name)) return tag
    // With a line that is nothing else, CommonMark begins a block of HTML.
    const isAlone = !WITH_CODE.test(tag.name) && this.#isBlankFrom(tag.end)
    return isAlone ? {...tag, isEnd: false, isEmpty: true} : undefined
  }

  #rawTag(from: number): Tag | undefined {
    for (let at: number | undefined = from; at !== undefined; ) {
      COMMENT_OR_TAG.lastIndex = at
      const found = COMMENT_OR_TAG.exec(this.#text)
      if (!found) return
      const tag = this.#tagAt(found.index)
      if (tag) return tag
      at = found[0] === '<' ? found.index + 1 : this.#search('-->', COMMENT_OR_TAG.lastIndex)?.end
    }
    return
  }

  #tagAt(offset: number): Tag | undefined {
    TAG.lastIndex = offset
    const found = TAG.exec(this.#text)
    if (!found) return
    const [{length}, slash, as = '', attributes = ''] = found
    const name = as.toLowerCase()
    const isVerbatim = slash === '' && VERBATIM.test(name)
    const end = isVerbatim ? this.#search(`</${name}\\s*>`, offset)?.end : offset + length
    if (end === undefined) return
    const isEmpty = isVerbatim || EMPTY.test(name) || attributes.endsWith('/')
    return {start: offset, end, name, isEnd: slash !== '', isEmpty, attributes}
  }

  /** Does other than text follow on the line? Blanked tags in front of it would make it indented code. */
  #beginsBlock(offset: number): boolean {
    BLOCK.lastIndex = offset
    return BLOCK.test(this.#text)
  }

  #isBlankFrom(offset: number): boolean {
    const end = this.#endOfSpace(offset)
    return end === this.#text.length || this.#text.slice(offset, end).includes('\n')
  }

  #endOfSpace(offset: number): number {
    SPACE.lastIndex = offset
    SPACE.exec(this.#text)
    return SPACE.lastIndex
  }

  #endOfFence(fence: string, from: number): number | undefined {
    if (!this.#isGfm && fence[0] === '`') return
    return this.#search(`^ {0,3}${fence}${fence[0]}*[ \\t\\r]*$`, from)?.end
  }

  /** Search for an expression, of which is remembered from where on it does not occur. */
  #search(source: string, from: number): Span | undefined {
    if (from >= (this.#absent.get(source) ?? Number.POSITIVE_INFINITY)) return
    const pattern = new RegExp(source, 'gim')
    pattern.lastIndex = from
    const found = pattern.exec(this.#text)
    if (found) return {start: found.index, end: pattern.lastIndex}
    this.#absent.set(source, from)
    return
  }
}
