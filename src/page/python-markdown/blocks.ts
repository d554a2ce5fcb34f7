import type {Span} from '../../text/span.ts'
import {blanked} from '../html-blocks/blanked.ts'
import {OF_BLOCK} from '../html-blocks/python-markdown.ts'
import type {BlockExtension} from '../syntax.ts'
import {type Marker, markerIn} from './markers.ts'

/** A block with a title, from its first line to the end of its body. */
export interface Block extends Span {
  isTab: boolean
}

/** A text in which CommonMark finds the content of blocks; offsets are unchanged. */
export interface WithBlocks {
  text: string
  /** The blocks with titles, by the offset of the heading that the title has become. */
  blocks: ReadonlyMap<number, Block>
  /** The tags that were blanked in bodies and items, where Python-Markdown has no blocks of HTML. */
  tags: readonly Span[]
}

/** A block, or an item of a list. */
interface Container {
  kind: 'block' | 'item' | 'definition'
  /** The column at which its content begins. */
  content: number
  /** For an item: no blank line has followed, so that no block begins in it. */
  isTight?: boolean
  /** The slashes that end it, if its content is not indented. */
  slashes?: string
  block?: Block
}

/** A line, with its content between white space. */
interface Line {
  start: number
  end: number
  content: string
  /** The offset of the content, and its column, with tab stops every four. */
  first: number
  column: number
}

const MAY_HAVE_BLOCKS = /^(?:[ \t]*(?:!!!|\?\?\?|===|\/\/\/|:[ \t])|(?: {4}|\t)[ \t]*<[a-z/])/m
const FENCE = /^(`{3,}|~{3,})(.*)/
const ITEM = /^(?:[-*+]|\d{1,9}\.)[ \t]+\S/
/** The start of a line that does not continue a paragraph. */
const INTERRUPTS = /[-*+\d!?=:/#`~<]/
/** Lines after which a list may begin without a blank line. */
const ENDS_PARAGRAPH = /^(?:#|[-*_]{3,}$|<.*>$)/
const TAG = /^<\/?([a-z][\w-]*)(?:\s[^<>]*)?>/
const TAB_LENGTH = 4
/** More than a page nests. */
const DEEPEST = 100

/**
 * Rewrite the blocks of Python-Markdown's extensions as items of lists: CommonMark takes a body that is indented by four
 * columns and follows a blank line for code.
 *
 * ```text
 * !!! note "Title"  →  +  #      Title
 *     body                 body
 * ```
 *
 * @param from The end of the front matter.
 */
export function withBlocks(text: string, from: number, extensions: readonly BlockExtension[]): WithBlocks {
  if (!MAY_HAVE_BLOCKS.test(text)) return {text, blocks: new Map(), tags: []}
  return new BlockScanner(text, new Set(extensions)).scan(from)
}

/** Reads a page line by line, and keeps a stack of the containers that a line may be in. */
class BlockScanner {
  readonly #text: string
  readonly #extensions: ReadonlySet<BlockExtension>
  readonly #open: Container[] = []
  readonly #blocks = new Map<number, Block>()
  readonly #tags: Span[] = []
  /** The rewritten text up to an offset. */
  #rewritten = ''
  #done = 0
  /** The fence of the code that the line is in. */
  #fence: string | undefined
  #isBelowBlank = true
  #isBelowParagraph = false

  constructor(text: string, extensions: ReadonlySet<BlockExtension>) {
    this.#text = text
    this.#extensions = extensions
  }

  scan(from: number): WithBlocks {
    for (let start = from; start < this.#text.length; ) {
      const newline = this.#text.indexOf('\n', start)
      const end = newline < 0 ? this.#text.length : newline
      this.#line(lineOf(this.#text, start, end))
      start = end + 1
    }
    while (this.#open.length > 0) this.#pop(this.#text.length)
    return {text: this.#rewritten + this.#text.slice(this.#done), blocks: this.#blocks, tags: this.#tags}
  }

  #line(line: Line): void {
    const isBlank = line.content === ''
    if (isBlank) {
      const top = this.#open.at(-1)
      if (top) top.isTight = false
    } else if (!this.#isLazy(line)) {
      const closed = this.#close(line)
      if (this.#isCode(line)) this.#isBelowParagraph = false
      else this.#block(line, closed)
    }
    this.#isBelowBlank = isBlank
  }

  /** Does a line that is not indented continue the paragraph of an item? */
  #isLazy({column, content}: Line): boolean {
    const top = this.#open.at(-1)
    if (this.#fence !== undefined || this.#isBelowBlank || !top || top.kind === 'block') return false
    return column < top.content && !INTERRUPTS.test(content[0]!)
  }

  /**
   * Close the containers that a line is not indented for.
   *
   * @returns the outermost of them
   */
  #close({start, column}: Line): Container | undefined {
    let closed: Container | undefined
    for (let top = this.#open.at(-1); top && column < top.content; top = this.#open.at(-1))
      closed = this.#pop(start)
    return closed
  }

  #pop(end: number): Container {
    const closed = this.#open.pop()!
    if (closed.block) closed.block.end = end
    this.#fence = undefined
    return closed
  }

  /** Is a line part of fenced code? */
  #isCode({content}: Line): boolean {
    const [, fence = '', info = ''] = FENCE.exec(content) ?? []
    if (this.#fence !== undefined) {
      if (fence.startsWith(this.#fence) && info === '') this.#fence = undefined
      return true
    }
    if (fence === '' || (fence[0] === '`' && info.includes('`'))) return false
    this.#fence = fence
    return true
  }

  /** @param closed The container that ends above the line. */
  #block(line: Line, closed: Container | undefined): void {
    const {column, content} = line
    const top = this.#open.at(-1)
    const base = top?.content ?? 0
    if (column >= base + TAB_LENGTH || this.#endsBlock(line)) return
    const marker =
      top?.isTight || this.#open.length > DEEPEST
        ? undefined
        : markerIn(content, column > base, this.#extensions)
    if (marker) this.#begin(line, base, marker)
    if (!marker && base > 0) this.#takeTag(line)
    const mayBeginList = this.#isBelowBlank || !this.#isBelowParagraph || (closed ?? top)?.kind === 'item'
    const isItem = !marker && mayBeginList && ITEM.test(content)
    if (isItem) this.#open.push({kind: 'item', content: base + TAB_LENGTH, isTight: true})
    this.#isBelowParagraph = !marker && !isItem && !ENDS_PARAGRAPH.test(content)
  }

  #begin({start, first, content}: Line, base: number, {extension, title, slashes, isTab}: Marker): void {
    if (extension === 'def_list') {
      // In a list that is not in a block, only the first line of a definition is Markdown.
      if (this.#open.at(-1)?.kind === 'item' && !this.#open.some(({kind}) => kind === 'block')) return
      this.#replace(first, '+')
      this.#open.push({kind: 'definition', content: base + TAB_LENGTH})
      return
    }
    const block = {start, end: start, isTab}
    const mark = slashes === undefined ? '+  #' : '#'
    this.#blocks.set(first + mark.length - 1, block)
    const [from, to] = title
    this.#replace(first, mark.padEnd(from) + content.slice(from, to) + ' '.repeat(content.length - to))
    this.#open.push(
      slashes === undefined
        ? {kind: 'block', content: base + TAB_LENGTH, block}
        : {kind: 'block', content: base, slashes, block},
    )
  }

  /** Take a tag out with which CommonMark would begin a block of HTML. */
  #takeTag({first, content}: Line): void {
    const [tag, name] = TAG.exec(content) ?? []
    if (name === undefined || !(OF_BLOCK.test(name) || tag === content)) return
    const span = {start: first, end: first + tag!.length}
    this.#tags.push(span)
    this.#replace(first, blanked(this.#text, span))
  }

  /** Does a line of slashes end a block? */
  #endsBlock({start, first, content}: Line): boolean {
    if (!/^\/{3,}$/.test(content)) return false
    const at = this.#open.findLastIndex(({slashes}) => slashes === content)
    if (at < 0) return false
    while (this.#open.length > at) this.#pop(start)
    this.#replace(first, ' '.repeat(content.length))
    this.#isBelowParagraph = false
    return true
  }

  #replace(at: number, replacement: string): void {
    this.#rewritten += this.#text.slice(this.#done, at) + replacement
    this.#done = at + replacement.length
  }
}

function lineOf(text: string, start: number, end: number): Line {
  let first = start
  let column = 0
  for (; first < end && ' \t'.includes(text[first]!); first++)
    column += text[first] === '\t' ? TAB_LENGTH - (column % TAB_LENGTH) : 1
  return {start, end, first, column, content: text.slice(first, end).trimEnd()}
}
