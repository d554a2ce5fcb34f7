import type {Span} from '../../text/span.ts'

/** A tag, with everything to its end tag for a script or a style sheet. */
export interface Tag extends Span {
  name: string
  isEnd: boolean
  /** It has no content that may contain other tags. */
  isEmpty: boolean
  attributes: string
}

const EMPTY = /^(?:area|base|br|col|command|embed|hr|img|input|keygen|link|meta|param|source|track|wbr)$/
const VERBATIM = /^(?:script|style)$/
/** A tag: a slash if it is an end tag, its name, and its attributes. */
const TAG = /<(\/?)([a-z][\w:-]*)(\s[^<>]*|\/)?>/iy
const COMMENT_OR_TAG = /<(?:!--|(?=[a-z/]))/gi
const SPACE = /\s*/y
const BLOCK = /[ \t]*(?:[-#>*+|:=`~]|\d+\.)/y

/** Finds tags in a text. */
export class Tags {
  readonly #text: string
  /** For each thing that was sought in vain, the offset from which on it does not occur. */
  readonly #absent = new Map<string, number>()

  constructor(text: string) {
    this.#text = text
  }

  /** The tag that begins at an offset. */
  at(offset: number): Tag | undefined {
    TAG.lastIndex = offset
    const found = TAG.exec(this.#text)
    if (!found) return
    const [{length}, slash, as = '', attributes = ''] = found
    const name = as.toLowerCase()
    const isVerbatim = slash === '' && VERBATIM.test(name)
    const end = isVerbatim ? this.search(`</${name}\\s*>`, offset)?.end : offset + length
    if (end === undefined) return
    const isEmpty = isVerbatim || EMPTY.test(name) || attributes.endsWith('/')
    return {start: offset, end, name, isEnd: slash !== '', isEmpty, attributes}
  }

  /** The first tag from an offset on that is not in a comment. */
  next(from: number): Tag | undefined {
    for (let at: number | undefined = from; at !== undefined; ) {
      COMMENT_OR_TAG.lastIndex = at
      const found = COMMENT_OR_TAG.exec(this.#text)
      if (!found) return
      const tag = this.at(found.index)
      if (tag) return tag
      at = found[0] === '<' ? found.index + 1 : this.search('-->', COMMENT_OR_TAG.lastIndex)?.end
    }
    return
  }

  /** Search for an expression, of which is remembered from where on it does not occur. */
  search(source: string, from: number): Span | undefined {
    if (from >= (this.#absent.get(source) ?? Number.POSITIVE_INFINITY)) return
    const pattern = new RegExp(source, 'gim')
    pattern.lastIndex = from
    const found = pattern.exec(this.#text)
    if (found) return {start: found.index, end: pattern.lastIndex}
    this.#absent.set(source, from)
    return
  }

  /** The end of fenced code, given its fence and the offset behind that. */
  endOfFence(fence: string, from: number): number | undefined {
    return this.search(`^ {0,3}${fence}${fence[0]}*[ \\t\\r]*$`, from)?.end
  }

  /** The offset behind white space. */
  endOfSpace(offset: number): number {
    SPACE.lastIndex = offset
    SPACE.exec(this.#text)
    return SPACE.lastIndex
  }

  /** Does only white space follow on the line? */
  isBlankFrom(offset: number): boolean {
    const end = this.endOfSpace(offset)
    return end === this.#text.length || this.#text.slice(offset, end).includes('\n')
  }

  /** Does other than text follow on the line? Blanked tags in front of it would make it indented code. */
  beginsBlock(offset: number): boolean {
    BLOCK.lastIndex = offset
    return BLOCK.test(this.#text)
  }
}
