import {decodeHTMLAttribute} from 'entities'
import {QuoteType, Tokenizer, type TokenizerCallbacks} from 'htmlparser2'
import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {type ForwardSearch, forwardSearch} from './forward-search.ts'
import {isLikeId, NAMES_NO_PLACE, PLACE} from './html-elements.ts'
import {type HtmlFacts, type HtmlLink, noFacts} from './html-facts.ts'
import {isLikePath, possibleLink} from './possible-links.ts'
import {srcsetUrls} from './srcset.ts'
import type {Syntax} from './syntax.ts'
import {JSX_ATTRIBUTES, URL_ATTRIBUTES} from './url-attributes.ts'
import {boundString, isBound, isUrlOfVue, isVueComponent, withoutBinding} from './vue-attributes.ts'

/** The syntax of elements and components. */
type Components = Pick<Syntax, 'vueComponents' | 'componentUrls' | 'jsxProps' | 'elementAttributes'>

/** The name of something in code, of which a word may become an id: `@lamps/client!Bulb#switch:member(1)`. */
const CODE_NAME = /^@[\w@/.-]{1,99}![\w#:.()-]{1,99}$/
const HEADING = /^h[1-6]$/
const WORTH_READING = /<\/?h[1-6]|<base|\b(?:href|src|srcset|poster|data|id|name|to)\s*=|=["']\.{0,2}\//i
/**
 * An expression of an attribute that is a string: `{"/a"}`, `{useBaseUrl('/a.png')}`, `{require('./a.png').default}`.
 * `useBaseUrl` of Docusaurus adds the base of the site, as it does to links in Markdown.
 */
const STRING_EXPRESSION =
  /\{\s*(?:(require|useBaseUrl)\(\s*)?(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*(?:\)\s*(?:\.default\s*)?)?\}/dy
const NO_FACTS = noFacts()

/**
 * Read links, ids and headings in raw HTML with htmlparser2's tokenizer. Of invalid HTML, it reads as much as possible.
 *
 * @param text The page's text, which offsets in the result refer to.
 * @param code For an MDX tag, in which components have links, too, and braces contain code: the page's text with its
 * code, which is covered in the other.
 * @param components The kinds of components whose properties may be links.
 */
export function readHtml(
  text: string,
  {start, end}: Span,
  code?: string,
  components: Components = {},
): HtmlFacts {
  const html = text.slice(start, end)
  if (code === undefined && !WORTH_READING.test(html)) return NO_FACTS
  const reader = new HtmlReader(html, start, code, components)
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
  /** The page's text with its code, if it is an MDX tag. */
  readonly #code: string | undefined
  readonly #components: Components
  readonly #endOfTag: ForwardSearch
  /** The name of the element as written. */
  #name = ''
  #tag = ''
  #tagStart = 0
  #isComponent = false
  #isVue = false
  #attributeName = ''
  #attribute = ''
  /** The attributes of the tag so far; of several with one name, HTML takes the first. */
  readonly #attributes = new Set<string>()
  /** The start of the attribute's value; negative if it has none. */
  #valueStart = -1
  #valueEnd = -1

  constructor(html: string, offset: number, code: string | undefined, components: Components) {
    this.#html = html
    this.#offset = offset
    this.#code = code
    this.#components = components
    this.#endOfTag = forwardSearch(html, />/g)
  }

  onopentagname(start: number, end: number): void {
    this.#isComponent = this.#code !== undefined && /\p{Lu}/u.test(this.#html[start]!)
    const name = this.#html.slice(start, end)
    this.#isVue = this.#components.vueComponents === true && isVueComponent(name)
    this.#name = name
    this.#tag = name.toLowerCase()
    this.#tagStart = start - 1
    this.#attributes.clear()
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
    this.#attributeName = this.#html.slice(start, end)
    this.#attribute = this.#attributeName.toLowerCase()
    this.#valueStart = -1
  }

  onattribdata(start: number, end: number): void {
    if (this.#valueStart < 0) this.#valueStart = start
    this.#valueEnd = end
  }

  onattribend(quote: QuoteType, end: number): void {
    if (this.#valueStart < 0) this.#valueStart = this.#valueEnd = end
    if (this.#attributes.has(this.#attribute)) return
    this.#attributes.add(this.#attribute)
    const start = this.#offset + this.#valueStart
    const hasBrace = this.#html[this.#valueStart] === '{'
    if (this.#code !== undefined && hasBrace) this.#expression(this.#code, start)
    else if (this.#components.vueComponents && isBound(this.#attribute)) this.#bound(start)
    // On a page with invalid MDX, an expression is still code.
    else if (!hasBrace || quote !== QuoteType.Unquoted) {
      const raw = this.#html.slice(this.#valueStart, this.#valueEnd)
      if (this.#components.elementAttributes?.includes(this.#attributeName))
        this.facts.attributes[this.#attributeName] = copyString(decodeHTMLAttribute(raw))
      this.#value(raw, start, decodeHTMLAttribute)
    }
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

  /** Process the current attribute of Vue if its value is code that is a string. */
  #bound(start: number): void {
    const found = boundString(this.#html.slice(this.#valueStart, this.#valueEnd))
    if (!found) return
    this.#attribute = withoutBinding(this.#attribute)
    const at = start + found.at
    if (!found.isBased) this.#value(found.text, at, decodeHTMLAttribute)
    else if (this.#isUrl())
      this.#link(decodeHTMLAttribute(found.text), at, at + found.text.length).isBased = true
  }

  /** Process the current attribute if its value is an expression that is a string. */
  #expression(code: string, start: number): void {
    STRING_EXPRESSION.lastIndex = start
    const match = STRING_EXPRESSION.exec(code)
    const index = match ? [2, 3, 4].find((group) => match[group] !== undefined) : undefined
    if (!match || index === undefined) return
    const value = match[index]!
    const [at, end] = match.indices![index]!
    if (match[1] === undefined) this.#value(value, at, (text) => text)
    else if (match[1] === 'require') this.#link(value, at, end).as = 'module'
    // A path without a leading slash is also relative to the base.
    else if (this.#isUrl()) this.#link(value.replace(/^(?![/#]|\w+:)/, '/'), at, end).as = 'markdown'
  }

  /**
   * Process the value of the current attribute.
   *
   * @param raw The value as written.
   * @param start Its start in the page.
   * @param decode Resolves the escapes in it.
   */
  #value(raw: string, start: number, decode: (text: string) => string): void {
    const attribute = this.#attribute
    if (this.#isComponent && attribute !== 'id' && (isLikeId(raw) || CODE_NAME.test(raw)))
      this.facts.componentProps.push(raw)
    if (this.#tag === 'include' && attribute === 'from') this.facts.includes = true
    if (this.#isId()) {
      if (raw) this.#id(decode(raw), {start, end: start + raw.length})
    } else if (this.#tag === 'base' && attribute === 'href') this.facts.hasBase = true
    else if (this.#isUrl(raw)) this.#links(raw, start, decode)
    else if (this.#isPathOfComponent(raw)) this.#link(decode(raw), start, start + raw.length).isProp = true
    else if (isLikePath(raw)) this.#possible(raw, {start, end: start + raw.length})
  }

  #possible(url: string, span: Span): void {
    const of = `<${this.#name} ${this.#attributeName}>`
    this.facts.possible.push(possibleLink(url, span, of, this.#tag))
  }

  #id(id: string, span: Span): void {
    const isElement = this.#attribute === 'id' && !this.#isComponent && !this.#isVue && PLACE.test(this.#tag)
    this.facts.ids.push({id, start: span.start, end: span.end, ...(isElement && {isElement})})
  }

  #isId(): boolean {
    return (
      this.#attribute === 'id' ||
      (this.#attribute === 'element-id' && this.#tag === 'include') ||
      (this.#attribute === 'name' && !this.#isComponent && !NAMES_NO_PLACE.has(this.#tag))
    )
  }

  #isPathOfComponent(value: string): boolean {
    return (
      this.#components.jsxProps === true &&
      this.#isComponent &&
      /^(?:to|link|url|path|src)$/.test(this.#attribute) &&
      /^\.{0,2}\/[^\s{}]*$/.test(value)
    )
  }

  #isUrl(value = ''): boolean {
    return (
      (this.#isVue && isUrlOfVue(this.#tag, this.#attribute)) ||
      (/[/.#]/.test(value) && this.#components.componentUrls?.includes(`${this.#tag} ${this.#attribute}`)) ||
      URL_ATTRIBUTES.get(this.#tag)?.includes(this.#attribute) ||
      (this.#code !== undefined &&
        (this.#attribute === 'href' || JSX_ATTRIBUTES.get(this.#tag)?.includes(this.#attribute))) ||
      false
    )
  }

  #links(raw: string, start: number, decode: (text: string) => string): void {
    if (this.#attribute === 'srcset') {
      for (const url of srcsetUrls(raw, start)) this.#link(decodeHTMLAttribute(url.text), url.start, url.end)
      return
    }
    const url = raw.trim()
    const at = start + raw.length - raw.trimStart().length
    this.#link(decode(url), at, at + url.length)
  }

  #link(url: string, start: number, end: number): HtmlLink {
    const link: HtmlLink = {url, tag: this.#tag, attribute: this.#attribute, start, end}
    if (this.#isVue) link.isProp = true
    this.facts.links.push(link)
    return link
  }
}
