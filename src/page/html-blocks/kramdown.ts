import type {Span} from '../../text/span.ts'
import type {Syntax} from '../syntax.ts'
import {type Tag, Tags} from './tags.ts'
import type {HtmlBlocks} from './types.ts'

/** How kramdown reads the content of an element. */
type Content = 'raw' | 'block' | 'span'

/** An element that has not ended. */
interface Element {
  name: string
  content: Content
}

/** Elements whose content is blocks, or text, if it is Markdown (`HTML_CONTENT_MODEL` of kramdown). */
const WITH_BLOCKS =
  /^(?:address|applet|article|aside|blockquote|body|dd|details|div|dl|fieldset|figure|figcaption|footer|form|header|hgroup|iframe|li|main|map|menu|nav|noscript|object|section|summary|td)$/
const WITH_TEXT = /^(?:caption|legend|optgroup|p|th)$/
/** Elements of text, with which no block begins (`HTML_SPAN_ELEMENTS`). */
const OF_TEXT =
  /^(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|rtc|ruby|samp|select|small|span|strong|sub|sup|tt|u|var)$/
const WITH_CODE = /^(?:code|kbd|samp|var)$/
const MARKDOWN = /\smarkdown\s*=\s*["']?(1|0|span|block)\b/

/** The start of a line with which an element or fenced code may begin or end. */
const START = /^ {0,3}(<(?=[a-z/])|([~`])\2{2,})/gim
/** More than a page nests. */
const DEEPEST = 100

/** Find the blocks of HTML of a page as kramdown delimits them. */
export const kramdownHtml = (text: string, syntax: Syntax): HtmlBlocks =>
  new KramdownScanner(text, syntax).scan()

/** Finds the blocks of HTML of a page. */
class KramdownScanner {
  readonly #text: string
  readonly #isGfm: boolean
  readonly #parsesBlocks: boolean
  readonly #tags: Tags

  constructor(text: string, {dialect, markdownInHtml}: Syntax) {
    this.#text = text
    this.#tags = new Tags(text)
    this.#isGfm = dialect === 'kramdown-gfm'
    this.#parsesBlocks = markdownInHtml === true
  }

  scan(): HtmlBlocks {
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
      if (open.length > DEEPEST || (around?.content !== 'raw' && this.#tags.beginsBlock(tag.end))) return
      // The indentation of text is not that of code.
      const end = around?.content === 'span' ? this.#tags.endOfSpace(tag.end) : tag.end
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
    if (content === 'raw') return this.#tags.next(from)
    const end = this.#tags.search(`</${name}\\s*>`, from)
    return end && {...end, name, isEnd: true, isEmpty: false, attributes: ''}
  }

  /** The next tag of a block: at the start of a line outside of fenced code, or right behind another one. */
  #blockTag(from: number): Tag | undefined {
    const here = this.#tags.at(from)
    if (here && !OF_TEXT.test(here.name)) return here
    for (let at = from; ; ) {
      START.lastIndex = at
      const [, found, isFence] = START.exec(this.#text) ?? []
      if (found === undefined) return
      at = START.lastIndex
      const tag = isFence ? undefined : this.#ofBlock(this.#tags.at(at - 1))
      if (tag) return tag
      if (isFence) at = this.#endOfFence(found, at) ?? at
    }
  }

  /** A tag at the start of a line, unless it begins a paragraph. */
  #ofBlock(tag: Tag | undefined): Tag | undefined {
    if (!tag || !OF_TEXT.test(tag.name)) return tag
    // With a line that is nothing else, CommonMark begins a block of HTML.
    const isAlone = !WITH_CODE.test(tag.name) && this.#tags.isBlankFrom(tag.end)
    return isAlone ? {...tag, isEnd: false, isEmpty: true} : undefined
  }

  #endOfFence(fence: string, from: number): number | undefined {
    if (!this.#isGfm && fence[0] === '`') return
    return this.#tags.endOfFence(fence, from)
  }
}
