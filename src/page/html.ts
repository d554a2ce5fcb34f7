import {decodeHTMLAttribute} from 'entities'
import {Tokenizer} from 'htmlparser2'
import type {Span} from '../text/span.ts'
import {forwardSearch} from './forward-search.ts'

/** A URL in an HTML attribute. */
export interface HtmlLink extends Span {
  url: string
  tag: string
  attribute: string
}

/** What one stretch of HTML holds that doccheck cares for. */
export interface HtmlFacts {
  links: HtmlLink[]
  ids: (Span & {id: string})[]
  /** Opening and closing `h1` to `h6` tags, in order. */
  headings: {depth: number; open: boolean; span: Span}[]
  /** A `<base href>` changes where every link leads. */
  base: boolean
  /** Words that components of MDX are given, any of which they may make an id. */
  handed: string[]
}

/** The attributes that hold a URL a reader's browser loads or follows, by tag (HTML Standard, index of attributes). */
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
/** Elements whose `name` is the name of a form control or of metadata, not of a place on the page. */
const NAMES_NO_PLACE = new Set(['button', 'input', 'meta', 'param', 'select', 'slot', 'textarea', 'iframe'])
/** What an id looks like. */
const ID = /^[\p{L}\p{N}_][\p{L}\p{N}_:.-]*$/u
const WORTH_READING = /<\/?h[1-6]|<base|\b(?:href|src|srcset|poster|data|id|name)\s*=/i
/** What components of MDX hand on to an element, by convention. */
const JSX_ATTRIBUTES: Record<string, readonly string[]> = {image: ['src'], link: ['to'], navlink: ['to']}

/**
 * Read links, ids and headings out of raw HTML with htmlparser2's tokenizer. Broken HTML gives what can be read of it.
 *
 * @param text The page's whole text; offsets in the result are into it.
 * @param jsx It is a tag of MDX: components have links, too, and braces hold code.
 */
export function readHtml(text: string, {start, end}: Span, jsx = false): HtmlFacts {
  const facts: HtmlFacts = {links: [], ids: [], headings: [], base: false, handed: []}
  const html = text.slice(start, end)
  if (!jsx && !WORTH_READING.test(html)) return facts
  let tag = ''
  let isComponent = false
  let tagStart = 0
  let name = ''
  /** Where the value of an attribute is; before 0 where it has none. */
  let [valueStart, valueEnd] = [-1, -1]
  const ignore = () => {}
  const endOfTag = forwardSearch(html, />/g)
  const attribute = () => {
    if (jsx && html[valueStart] === '{') return
    const raw = html.slice(valueStart, valueEnd)
    if (isComponent && name !== 'id' && ID.test(raw)) facts.handed.push(raw)
    if (name === 'id' || (name === 'name' && !isComponent && !NAMES_NO_PLACE.has(tag))) {
      if (raw)
        facts.ids.push({id: decodeHTMLAttribute(raw), start: start + valueStart, end: start + valueEnd})
    } else if (tag === 'base' && name === 'href') facts.base = true
    else if (URL_ATTRIBUTES[tag]?.includes(name) || (jsx && isJsxLink(tag, name))) {
      if (name === 'srcset')
        for (const link of candidates(raw, start + valueStart, tag)) facts.links.push(link)
      else {
        const padding = raw.length - raw.trimStart().length
        const url = decodeHTMLAttribute(raw.trim())
        const at = start + valueStart + padding
        facts.links.push({url, tag, attribute: name, start: at, end: at + raw.trim().length})
      }
    }
  }
  const tokenizer = new Tokenizer(
    {xmlMode: false, decodeEntities: false},
    {
      onattribname: (from, to) => {
        name = html.slice(from, to).toLowerCase()
        valueStart = -1
      },
      onattribdata: (from, to) => {
        if (valueStart < 0) valueStart = from
        valueEnd = to
      },
      onattribentity: ignore,
      onattribend: (_quote, to) => {
        if (valueStart < 0) valueStart = valueEnd = to
        attribute()
      },
      onopentagname: (from, to) => {
        isComponent = jsx && /\p{Lu}/u.test(html[from]!)
        tag = html.slice(from, to).toLowerCase()
        tagStart = from - 1
      },
      onopentagend: (to) => heading(true, to + 1),
      onselfclosingtag: ignore,
      onclosetag: (from, to) => {
        tag = html.slice(from, to).toLowerCase()
        tagStart = from - 2
        heading(false, (endOfTag(to)?.index ?? -1) + 1)
      },
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onprocessinginstruction: ignore,
      ontext: ignore,
      ontextentity: ignore,
    },
  )
  const heading = (open: boolean, to: number) => {
    if (/^h[1-6]$/.test(tag))
      facts.headings.push({depth: Number(tag[1]), open, span: {start: start + tagStart, end: start + to}})
  }
  tokenizer.write(html)
  tokenizer.end()
  return facts
}

const isJsxLink = (tag: string, name: string) => name === 'href' || JSX_ATTRIBUTES[tag]?.includes(name)

/** The URLs of a `srcset` (HTML Standard, “parse a srcset attribute”), each at its place. */
function candidates(raw: string, at: number, tag: string): HtmlLink[] {
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

/** The next run of characters that does not begin with white space or a comma. */
function urlFrom(raw: string, at: number): RegExpExecArray | null {
  URL_RUN.lastIndex = at
  return URL_RUN.exec(raw)
}

const URL_RUN = /[^\s,]\S*/g

/** The comma that ends the descriptors behind a URL, outside of parentheses. */
function endOfDescriptors(raw: string, from: number): number {
  let at = from
  let isOpen = false
  for (; at < raw.length && (isOpen || raw[at] !== ','); at++)
    if (raw[at] === '(') isOpen = true
    else if (raw[at] === ')') isOpen = false
  return at
}
