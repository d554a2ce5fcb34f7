import type {Span} from '../../text/span.ts'
import type {Syntax} from '../syntax.ts'
import {type Tag, Tags} from './tags.ts'
import type {HtmlBlocks} from './types.ts'

/** The content of an element: blocks, text, or neither. */
type Content = 'block' | 'span' | 'raw'

/** An element that has not ended. */
interface Element {
  name: string
  content: Content
}

/** The names of elements that begin a block (`block_level_elements` of Python-Markdown). */
export const OF_BLOCK =
  /^(?:address|article|aside|blockquote|body|canvas|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|group|h[1-6r]|header|hgroup|iframe|legend|li|main|map|math|menu|nav|noscript|object|ol|option|output|p|pre|progress|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul|video)$/
/** Those of them whose content is text, and those whose content is never Markdown (`md_in_html.py`). */
const WITH_TEXT = /^(?:address|dd|dt|h[1-6]|legend|li|p|summary|td|th)$/
const RAW = /^(?:canvas|math|option|pre|script|style|textarea)$/
const MARKDOWN = /\smarkdown(?:\s*=\s*["']?(\w+)|(?=[\s/]|$))/

/** The start of a line with which an element, a comment or fenced code may begin. */
const START = /^ {0,3}(<(?=[a-z/])|<!--|([~`])\2{2,})/gim
const TAG_OR_START = /<(?=[a-z/])|<!--|^ {0,3}([~`])\1{2,}/gim
/** More than a page nests. */
const DEEPEST = 100
/** Each element that does not end is sought to the end of the text. */
const MOST_UNCLOSED = 20

/**
 * Find the blocks of HTML of a page as Python-Markdown delimits them
 * (https://github.com/Python-Markdown/markdown/blob/master/markdown/htmlparser.py).
 */
export const pythonHtml = (text: string, {blocks = []}: Syntax): HtmlBlocks => ({
  html: new PythonScanner(text, blocks.includes('md_in_html')).scan(),
  elements: [],
})

class PythonScanner {
  readonly #text: string
  readonly #tags: Tags
  /** The attribute `markdown` is obeyed. */
  readonly #readsMarkdown: boolean

  constructor(text: string, readsMarkdown: boolean) {
    this.#text = text
    this.#tags = new Tags(text)
    this.#readsMarkdown = readsMarkdown
  }

  scan(): Span[] {
    const html: Span[] = []
    let unclosed = 0
    for (let tag = this.#first(0); tag && unclosed < MOST_UNCLOSED; ) {
      const found = this.#element(tag)
      if (found) for (const span of found.html) html.push(span)
      else unclosed++
      tag = this.#first(found?.end ?? tag.end)
    }
    return html
  }

  /** The first tag of a block: at the start of a line outside of fenced code, or behind the end of another block. */
  #first(from: number): Tag | undefined {
    const behind = from > 0 ? this.#ofBlock(this.#tags.at(from)) : undefined
    if (behind) return behind
    for (let at: number | undefined = from; at !== undefined; ) {
      START.lastIndex = at
      const [{length} = '', found, fence] = START.exec(this.#text) ?? []
      if (found === undefined) return
      const tag = found === '<' ? this.#ofBlock(this.#tags.at(START.lastIndex - 1), length - 1) : undefined
      if (tag) return tag
      at = this.#skip(found, fence, START.lastIndex)
    }
    return
  }

  /** @param found What begins in front of the offset. @returns undefined for a comment that does not end */
  #skip(found: string, fence: string | undefined, at: number): number | undefined {
    if (fence !== undefined) return this.#tags.endOfFence(found.trim(), at) ?? at
    return found === '<!--' ? this.#tags.search('-->', at)?.end : at
  }

  /** A start tag with which a block begins. @param indent The white space in front of it. */
  #ofBlock(tag: Tag | undefined, indent = 0): Tag | undefined {
    if (!tag) return
    if (OF_BLOCK.test(tag.name)) return tag.isEnd || this.#isUnread(tag) ? undefined : tag
    return this.#isAlone(tag, indent) ? {...tag, isEnd: false, isEmpty: true} : undefined
  }

  /** May its content be Markdown, although no known extension reads that? */
  #isUnread({attributes}: Tag): boolean {
    return !this.#readsMarkdown && MARKDOWN.test(attributes)
  }

  /** Does a tag of text stand alone on a line below a blank one or HTML, so that CommonMark begins a block of HTML? */
  #isAlone({name, start, end}: Tag, indent: number): boolean {
    if (OF_BLOCK.test(name) || !this.#tags.isBlankFrom(end)) return false
    const line = start - indent
    return /(?:^|\n[ \t\r]*\n|>[ \t\r]*\n)$/.test(this.#text.slice(Math.max(0, line - LONGEST_BLANK), line))
  }

  /** The HTML of the element that a tag begins, and its end; undefined if it is not closed, or cannot be taken out. */
  #element(first: Tag): {html: Span[]; end: number} | undefined {
    const html: Span[] = []
    const open: Element[] = []
    let from = first.start
    for (let tag: Tag | undefined = first; tag; ) {
      const wasRaw = open.at(-1)?.content === 'raw'
      if (!wasRaw) from = tag.start
      this.#take(tag, open)
      const around = open.at(-1)
      const isRaw = around?.content === 'raw'
      if (open.length > DEEPEST || (!isRaw && this.#tags.beginsBlock(tag.end))) return
      // The indentation of text is not that of code.
      const end = around?.content === 'span' ? this.#tags.endOfSpace(tag.end) : tag.end
      if (!isRaw) html.push({start: from, end})
      if (!around) return {html, end}
      tag = this.#inside(end, open)
    }
    return
  }

  /** Change the elements that are open at a tag to those that are open behind it. */
  #take(tag: Tag, open: Element[]): void {
    if (tag.isEnd) open.length = open.findLastIndex(({name}) => name === tag.name)
    else if (!tag.isEmpty) open.push({name: tag.name, content: contentOf(tag, open.at(-1)?.content)})
  }

  /** The next tag in the content of elements that Python-Markdown would recognize. */
  #inside(from: number, open: readonly Element[]): Tag | undefined {
    const isRaw = open.at(-1)!.content === 'raw'
    for (let at: number | undefined = from; at !== undefined; ) {
      TAG_OR_START.lastIndex = at
      const found = TAG_OR_START.exec(this.#text)
      if (!found) return
      const tag = found[0] === '<' ? this.#recognized(this.#tags.at(found.index), open, isRaw) : undefined
      if (tag) return tag
      at = this.#skip(found[0], isRaw ? undefined : found[1], TAG_OR_START.lastIndex)
    }
    return
  }

  #recognized(tag: Tag | undefined, open: readonly Element[], isRaw: boolean): Tag | undefined {
    if (!tag) return
    if (tag.isEnd && OF_BLOCK.test(tag.name))
      return open.some(({name}) => name === tag.name) ? tag : undefined
    if (isRaw) return OF_BLOCK.test(tag.name) ? tag : undefined
    const before = /(?:^|\n)( {0,3})$/.exec(this.#text.slice(Math.max(0, tag.start - 4), tag.start))
    return before ? this.#ofBlock(tag, before[1]!.length) : undefined
  }
}

const LONGEST_BLANK = 100

/** The content of an element that a tag begins. @param around That of the element around it. */
function contentOf({name, attributes}: Tag, around: Content | undefined): Content {
  const found = MARKDOWN.exec(attributes)
  const own = found ? (found[1] ?? '1').replace('markdown', '1') : '0'
  const value = around === 'raw' || (around === 'span' && own !== '0') ? around : own
  if (RAW.test(name)) return 'raw'
  if (value === 'block' || (value === '1' && !WITH_TEXT.test(name))) return 'block'
  return value === 'span' || value === '1' ? 'span' : 'raw'
}
