import {decodeHTMLAttribute} from 'entities'
import {Tokenizer, type TokenizerCallbacks} from 'htmlparser2'
import type {Span} from '../text/span.ts'
import {type ForwardSearch, forwardSearch} from './forward-search.ts'

/** A URL in an HTML attribute. */
export interface HtmlLink extends Span {
  url: string
  tag: string
  attribute: string
}

/** An opening or closing tag of `h1` to `h6`. */
export interface HtmlHeadingTag extends Span {
  depth: number
  isOpening: boolean
}

/** The facts in a span of HTML. */
export interface HtmlFacts {
  links: HtmlLink[]
  ids: (Span & {id: string})[]
  /** In order. */
  headings: HtmlHeadingTag[]
  /** A `<base href>` changes the base URL of every link. */
  hasBase: boolean
  /** An `<include from>`, as of Writerside, shows content from elsewhere. */
  includes: boolean
  /** Attribute values of MDX components, each of which may become an id. */
  componentProps: string[]
}

/**
 * The attributes with a URL that the reader's browser loads or follows, by tag (HTML Standard, index of attributes).
 */
const URL_ATTRIBUTES: Record<string, readonly string[]> = {
  a: ['href'],
  area: ['href'],
  audio: ['src'],
  embed: ['src'],
  iframe: ['src'],
  image: ['href', 'xlink:href'],
  img: ['src', 'srcset'],
  input: ['src'],
  link: ['href'],
  object: ['data'],
  script: ['src'],
  source: ['src', 'srcset'],
  track: ['src'],
  video: ['src', 'poster'],
}
/** Elements whose `name` names a form control or metadata, not a place on the page. */
const NAMES_NO_PLACE = new Set(['button', 'input', 'meta', 'param', 'select', 'slot', 'textarea', 'iframe'])
/** The form of an id. */
const NAME = /^[\p{L}\p{N}_][^<>{}/\n]{0,99}$/u
const HEADING = /^h[1-6]$/
const WORTH_READING = /<\/?h[1-6]|<base|\b(?:href|src|srcset|poster|data|id|name)\s*=/i
/** Props that MDX components pass on to an element, by convention. */
const JSX_ATTRIBUTES: Record<string, readonly string[]> = {image: ['src'], link: ['to'], navlink: ['to']}
const noFacts = (): HtmlFacts => ({
  links: [],
  ids: [],
  headings: [],
  hasBase: false,
  includes: false,
  componentProps: [],
})
const NO_FACTS = noFacts()

/**
 * Read links, ids and headings in raw HTML with htmlparser2's tokenizer. Of invalid HTML, it reads as much as possible.
 *
 * @param text The page's text, which offsets in the result refer to.
 * @param isJsx It is an MDX tag: components have links, too, and braces contain code.
 */
export function readHtml(text: string, {start, end}: Span, isJsx = false): HtmlFacts {
  const html = text.slice(start, end)
  if (!isJsx && !WORTH_READING.test(html)) return NO_FACTS
  const reader = new HtmlReader(html, start, isJsx)
  const tokenizer = new Tokenizer({xmlMode: false, decodeEntities: false}, reader)
  tokenizer.write(html)
  tokenizer.end()
  return reader.facts
}

/** Collects facts from the tokenizer, whose offsets are relative to a span of HTML. */
class HtmlReader implements TokenizerCallbacks {
  readonly facts = noFacts()
  readonly #html: string
  /** The start of the span in the page. */
  readonly #offset: number
  readonly #isJsx: boolean
  readonly #endOfTag: ForwardSearch
  #tag = ''
  #tagStart = 0
  #isComponent = false
  #attribute = ''
  /** The start of the attribute's value; negative if it has none. */
  #valueStart = -1
  #valueEnd = -1

  constructor(html: string, offset: number, isJsx: boolean) {
    this.#html = html
    this.#offset = offset
    this.#isJsx = isJsx
    this.#endOfTag = forwardSearch(html, />/g)
  }

  onopentagname(start: number, end: number): void {
    this.#isComponent = this.#isJsx && /\p{Lu}/u.test(this.#html[start]!)
    this.#tag = this.#html.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
  }

  onopentagend(end: number): void {
    this.#heading(true, end + 1)
  }

  onclosetag(start: number, end: number): void {
    this.#tag = this.#html.slice(start, end).toLowerCase()
    this.#tagStart = start - 2
    this.#heading(false, (this.#endOfTag(end)?.index ?? -1) + 1)
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, end).toLowerCase()
    this.#valueStart = -1
  }

  onattribdata(start: number, end: number): void {
    if (this.#valueStart < 0) this.#valueStart = start
    this.#valueEnd = end
  }

  onattribend(_quote: number, end: number): void {
    if (this.#valueStart < 0) this.#valueStart = this.#valueEnd = end
    if (this.#isJsx && this.#html[this.#valueStart] === '{') return
    this.#value(this.#html.slice(this.#valueStart, this.#valueEnd), this.#offset + this.#valueStart)
  }

  onattribentity(): void {}
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  onselfclosingtag(): void {}
  ontext(): void {}
  ontextentity(): void {}

  #heading(isOpening: boolean, end: number): void {
    if (!HEADING.test(this.#tag)) return
    this.facts.headings.push({
      depth: Number(this.#tag[1]),
      isOpening,
      start: this.#offset + this.#tagStart,
      end: this.#offset + end,
    })
  }

  /** Process the value of the current attribute, as written, and its start in the page. */
  #value(raw: string, start: number): void {
    const attribute = this.#attribute
    if (this.#isComponent && attribute !== 'id' && NAME.test(raw)) this.facts.componentProps.push(raw)
    if (this.#tag === 'include' && attribute === 'from') this.facts.includes = true
    if (this.#isId()) {
      if (raw) this.facts.ids.push({id: decodeHTMLAttribute(raw), start, end: start + raw.length})
    } else if (this.#tag === 'base' && attribute === 'href') this.facts.hasBase = true
    else if (this.#isUrl()) this.#links(raw, start)
  }

  #isId(): boolean {
    return (
      this.#attribute === 'id' ||
      (this.#attribute === 'element-id' && this.#tag === 'include') ||
      (this.#attribute === 'name' && !this.#isComponent && !NAMES_NO_PLACE.has(this.#tag))
    )
  }

  #isUrl(): boolean {
    return (
      URL_ATTRIBUTES[this.#tag]?.includes(this.#attribute) ||
      (this.#isJsx && (this.#attribute === 'href' || JSX_ATTRIBUTES[this.#tag]?.includes(this.#attribute))) ||
      false
    )
  }

  #links(raw: string, start: number): void {
    const tag = this.#tag
    const attribute = this.#attribute
    if (attribute === 'srcset') {
      for (const link of srcsetLinks(raw, start, tag)) this.facts.links.push(link)
      return
    }
    const url = raw.trim()
    const at = start + raw.length - raw.trimStart().length
    this.facts.links.push({url: decodeHTMLAttribute(url), tag, attribute, start: at, end: at + url.length})
  }
}

/** The URLs of a `srcset` (HTML Standard, “parse a srcset attribute”), each with its span. */
function srcsetLinks(raw: string, at: number, tag: string): HtmlLink[] {
  const found: HtmlLink[] = []
  for (let match = urlFrom(raw, 0); match; ) {
    const [whole] = match
    let length = whole.length
    while (whole[length - 1] === ',') length--
    const url = whole.slice(0, length)
    const start = at + match.index
    found.push({url: decodeHTMLAttribute(url), tag, attribute: 'srcset', start, end: start + length})
    const behind = match.index + whole.length
    match = urlFrom(raw, length < whole.length ? behind : endOfDescriptors(raw, behind))
  }
  return found
}

/** The next run of characters that does not begin with whitespace or a comma. */
function urlFrom(raw: string, at: number): RegExpExecArray | null {
  URL_RUN.lastIndex = at
  return URL_RUN.exec(raw)
}

const URL_RUN = /[^\s,]\S*/g

/** The comma that ends the descriptors after a URL, outside of parentheses. */
function endOfDescriptors(raw: string, from: number): number {
  let at = from
  let isOpen = false
  for (; at < raw.length && (isOpen || raw[at] !== ','); at++)
    if (raw[at] === '(') isOpen = true
    else if (raw[at] === ')') isOpen = false
  return at
}
