import type {Nodes, Parent, Root} from 'mdast'
import type {Span} from '../rule.ts'
import {type Bracket, unresolvedBrackets} from './brackets.ts'
import {destinationOf} from './destination.ts'
import {detached} from './detached.ts'
import {type FrontMatter, readFrontMatter} from './front-matter.ts'
import {readHtml} from './html.ts'
import {FILL, type Mask, mask, restore} from './mask.ts'
import {parse} from './parse.ts'

/** What one Markdown file says: plain JSON, every offset UTF-16 into the text without its byte order mark. */
export interface Page {
  /** Path from the tree's root, with `/`. */
  path: string
  /** The offset at which each line starts. */
  lines: Uint32Array
  frontMatter?: FrontMatter
  headings: Heading[]
  /** Ids that the author wrote, in HTML or in attribute lists. */
  ids: Id[]
  definitions: Definition[]
  /** Every bracket that is, or may have been meant as, a reference. */
  references: Reference[]
  /** Every place with a URL. A reference's URL stands in its definition. */
  links: Link[]
  /** Template code that may put whole blocks on the page: all tags, and outputs that have a line to themselves. */
  templates: string[]
  /** A comment such as `<!-- lint disable … -->` is on the page. */
  controlled: boolean
}

/** One heading. */
export interface Heading extends Span {
  depth: number
  /** What a reader sees: no markup, no HTML tags, no image texts. */
  text: string
  /** Stretches of {@link text} that stood in code spans, which typography leaves alone. */
  code?: Span[]
  /** The id of an attribute list in or right below the heading, or `{#id}` at its end. */
  id?: string
  /** Its text with that `{#id}` taken off. */
  textWithoutId?: string
  /** Written as an HTML element. */
  html?: true
  /** Holds template code, so its text is not known. */
  template?: true
}

/** An id that the author wrote. */
export interface Id extends Span {
  id: string
  /** `attributes`: a kramdown attribute list or `{#id}`, plain text to platforms without them. */
  from: 'html' | 'attributes'
}

/** A link reference definition. */
export interface Definition extends Span {
  /** The label, normalised for comparison. */
  identifier: string
  /** The label as written. */
  label: string
  url: string
}

/** A reference to a definition, or a bracket that may have been meant as one. */
export interface Reference extends Span, Omit<Bracket, 'start' | 'end'> {
  identifier: string
  /** A definition matches it. */
  defined: boolean
}

/** A place with a URL. */
export interface Link extends Span {
  /** The URL as CommonMark or HTML reads it: escapes and character references resolved. */
  url: string
  /** Where the URL stands in the text. */
  target: Span
  /** What holds it; `definition` for reference links of all kinds. */
  kind: 'link' | 'image' | 'definition' | 'autolink' | 'html'
  /** The element, for HTML. */
  tag?: string
  /** A picture is shown from it; for a definition: at least one reference is an image. */
  image?: true
  /** The URL holds template code. */
  template?: true
}

/** Syntax that depends on the platform. */
export interface Syntax {
  /** Pages are run through Liquid before Markdown. */
  liquid: boolean
}

/** CommonMark's comparison of labels: white space collapsed, Unicode case folded (CommonMark 0.31, “matches”). */
export const normalizeLabel = (label: string) =>
  label
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .toLowerCase()
    .toUpperCase()

/**
 * Take all facts from one file's text.
 *
 * @param source The text, without a byte order mark.
 * @param look Sees the syntax tree before it is dropped.
 */
export async function readPage(
  path: string,
  source: string,
  syntax: Syntax,
  look?: (tree: Root) => void,
): Promise<Page> {
  const frontMatter = await readFrontMatter(source)
  const {text, masks} = maskPage(source, frontMatter, syntax)
  const page: Page = {
    path,
    lines: lineStarts(source),
    headings: [],
    ids: [],
    definitions: [],
    references: [],
    links: [],
    templates: masks
      .filter(({start, blank}) => blank || source[start + 1] === '%')
      .map(({start, end}) => detached(source.slice(start, end))),
    controlled: source.includes('lint ') && /<!--\s*lint\s/.test(source),
  }
  if (frontMatter) page.frontMatter = frontMatter
  const tree = parse(text)
  new Reader(page, source, text, masks).read(tree)
  look?.(tree)
  return page
}

/** Templates are masked, and JSON front matter, which the parser does not know, is blanked. */
function maskPage(source: string, frontMatter: FrontMatter | undefined, {liquid}: Syntax) {
  const end = frontMatter?.end ?? 0
  const masked = mask(source, liquid)
  if (frontMatter?.kind !== 'json') return masked
  return {...masked, text: source.slice(0, end).replace(/[^\r\n]/g, ' ') + masked.text.slice(end)}
}

/** The offsets at which lines start; line endings are those of CommonMark: LF, CRLF, CR. */
export function lineStarts(text: string): Uint32Array {
  const starts = [0]
  if (text.includes('\r'))
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length)
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}

/** Children go on a stack last one first, so that they come off in order. */
function pushChildren(stack: (Nodes | number | undefined)[], node: Nodes): void {
  if (!('children' in node)) return
  const {children} = node
  for (let at = children.length - 1; at >= 0; at--) stack.push(children[at])
}

const span = (node: Nodes): Span => ({
  start: node.position?.start.offset ?? 0,
  end: node.position?.end.offset ?? 0,
})
const ATTRIBUTE_LIST = /\{:?[^{}\n]*?#([\p{L}\p{N}_:.-]+)[^{}\n]*\}/gu
/** HTML attributes from which a picture is shown; a `source` is told by its `srcset`, as `src` is for media. */
const SHOWN = /^(?:img src(?:set)?|source srcset|video poster|input src|image .*)$/
const TRAILING_ID = /[ \t]*\{:?[ \t]*#([\p{L}\p{N}_:.-]+)[^{}]*\}[ \t]*$/u

/** Walks one tree in document order with a stack of its own: ten thousand levels of nesting are no deeper than one. */
class Reader {
  #list = -1
  #openHeading: Heading | undefined
  readonly #stack: Nodes[] = []
  readonly #page: Page
  readonly #source: string
  readonly #text: string
  readonly #masks: Mask[]

  constructor(page: Page, source: string, text: string, masks: Mask[]) {
    this.#page = page
    this.#source = source
    this.#text = text
    this.#masks = masks
  }

  read(root: Root): void {
    // A number on the stack restores the enclosing list once a list's nodes are done.
    const stack: (Nodes | number)[] = [root]
    let previous: Nodes | undefined
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (typeof node === 'number') {
        this.#list = node
        continue
      }
      if (node.type === 'list') {
        stack.push(this.#list)
        this.#list = span(node).start
      }
      this.#block(node, previous)
      if (node.type !== 'list' && node.type !== 'listItem') previous = node
      if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') continue
      pushChildren(stack, node)
    }
    this.#markImages()
  }

  #markImages(): void {
    const shown = new Set(this.#page.references.filter(({image}) => image).map(({identifier}) => identifier))
    if (shown.size === 0) return
    const definitions = this.#page.links.filter(({kind}) => kind === 'definition')
    // Only the first definition of a label counts.
    for (const [index, {identifier}] of this.#page.definitions.entries())
      if (shown.delete(identifier)) definitions[index]!.image = true
  }

  #block(node: Nodes, previous: Nodes | undefined): void {
    switch (node.type) {
      case 'paragraph':
        this.#inlines(node)
        this.#headingBelow(node, previous)
        break
      case 'tableCell':
        this.#inlines(node)
        break
      case 'heading':
        this.#heading(node)
        break
      case 'definition':
        this.#definition(node)
        break
      case 'html':
        this.#html(span(node))
        break
    }
  }

  /** Everything inside one paragraph, heading or cell; its text goes to the heading, if there is one. */
  #inlines(container: Parent & Nodes, heading: Heading | undefined = this.#openHeading): void {
    let brackets = false
    const [only] = container.children
    // Most blocks are one stretch of plain text.
    if (container.children.length === 1 && only?.type === 'text' && !/[[\]{]/.test(only.value)) {
      if (heading) heading.text += only.value
      return
    }
    // Shared between calls: most blocks hold one node, and an array for each would be most of the work.
    const stack = this.#stack
    pushChildren(stack, container)
    while (stack.length > 0) {
      const node = stack.pop()!
      switch (node.type) {
        case 'text':
          brackets ||= node.value.includes('[') || node.value.includes(']')
          if (node.value.includes('{')) this.#attributeLists(span(node))
          if (heading) heading.text += node.value
          break
        case 'inlineCode':
          if (heading) {
            heading.code ??= []
            heading.code.push({start: heading.text.length, end: heading.text.length + node.value.length})
            heading.text += node.value
          }
          break
        case 'html':
          this.#html(span(node))
          break
        case 'link':
        case 'image':
          this.#link(node)
          break
        case 'linkReference':
        case 'imageReference':
          this.#reference(node, container)
          break
      }
      pushChildren(stack, node)
    }
    if (brackets) this.#brackets(container)
  }

  /** Brackets that stayed text; links and references hold their own, which cannot pair with those outside. */
  #brackets(container: Parent & Nodes): void {
    const texts: Span[][] = [[]]
    const open = [texts[0]!]
    const stack: (Nodes | undefined)[] = []
    pushChildren(stack, container)
    while (stack.length > 0) {
      const node = stack.pop()
      if (!node) open.pop()
      else if (node.type === 'text') open.at(-1)!.push(span(node))
      else {
        if (node.type === 'link' || node.type === 'linkReference') {
          texts.push([])
          open.push(texts.at(-1)!)
          stack.push(undefined)
        }
        pushChildren(stack, node)
      }
    }
    const whole = span(container)
    for (const segments of texts)
      for (const bracket of unresolvedBrackets(this.#text, whole, segments))
        this.#page.references.push({
          ...bracket,
          label: detached(bracket.label),
          identifier: normalizeLabel(bracket.label),
          defined: false,
          list: bracket.lead ? this.#list : -1,
        })
  }

  #link(node: Extract<Nodes, {type: 'link' | 'image'}>): void {
    const own = span(node)
    const image = node.type === 'image'
    const target = destinationOf(this.#text, own, node.url, image)
    const link: Link = {
      ...own,
      url: node.url,
      target: target ?? own,
      kind: image ? 'image' : target ? 'link' : 'autolink',
    }
    if (image) link.image = true
    this.#addLink(link)
  }

  #addLink(link: Link): void {
    if (link.url.includes(FILL)) {
      link.template = true
      link.url = restore(link.url, this.#source, this.#masks, link.target.start)
    }
    link.url = detached(link.url)
    this.#page.links.push(link)
  }

  #definition(node: Extract<Nodes, {type: 'definition'}>): void {
    const own = span(node)
    const label = detached(node.label ?? node.identifier)
    const target = destinationOf(this.#text, own, node.url, false, true) ?? own
    this.#addLink({...own, url: node.url, target, kind: 'definition'})
    const url = this.#page.links.at(-1)!.url
    this.#page.definitions.push({...own, identifier: normalizeLabel(label), label, url})
  }

  #reference(node: Extract<Nodes, {type: 'linkReference' | 'imageReference'}>, container: Nodes): void {
    const own = span(node)
    const label = detached(node.label ?? node.identifier)
    const lead = own.start === span(container).start
    this.#page.references.push({
      ...own,
      kind: node.referenceType,
      image: node.type === 'imageReference',
      label,
      identifier: normalizeLabel(label),
      defined: true,
      lead,
      attributes: this.#text.startsWith('{:', own.end),
      list: lead ? this.#list : -1,
    })
  }

  #heading(node: Extract<Nodes, {type: 'heading'}>): void {
    const heading: Heading = {...span(node), depth: node.depth, text: ''}
    this.#inlines(node, heading)
    if (heading.text.includes(FILL)) {
      heading.template = true
      heading.text = restore(heading.text, this.#source, this.#masks, heading.start)
    }
    heading.text = detached(heading.text)
    const trailing = heading.text.endsWith('}') && TRAILING_ID.exec(heading.text)
    if (trailing) {
      heading.id = trailing[1]!
      heading.textWithoutId = heading.text.slice(0, trailing.index)
    }
    this.#page.headings.push(heading)
  }

  /** `{: #id}` on the line right below a heading is the heading's. */
  #headingBelow(paragraph: Nodes, previous: Nodes | undefined): void {
    if (
      previous?.type !== 'heading' ||
      previous.position?.end.line !== (paragraph.position?.start.line ?? 0) - 1
    )
      return
    const {start, end} = span(paragraph)
    const first = /^\{:[^{}\n]*?#([\p{L}\p{N}_:.-]+)[^{}\n]*\}/u.exec(this.#text.slice(start, end))
    const heading = this.#page.headings.at(-1)
    if (first && heading) heading.id = first[1]!
  }

  #attributeLists({start, end}: Span): void {
    const text = this.#text.slice(start, end)
    if (!text.includes('#')) return
    for (const match of text.matchAll(ATTRIBUTE_LIST)) {
      const at = start + match.index + match[0].indexOf(`#${match[1]}`) + 1
      this.#page.ids.push({id: match[1]!, from: 'attributes', start: at, end: at + match[1]!.length})
    }
  }

  #html(own: Span): void {
    const facts = readHtml(this.#text, own)
    for (const {id, ...at} of facts.ids) this.#page.ids.push({id, from: 'html', ...at})
    for (const {url, tag, attribute, start, end} of facts.links) {
      const link: Link = {start, end, url, target: {start, end}, kind: 'html', tag}
      if (SHOWN.test(`${tag} ${attribute}`)) link.image = true
      this.#addLink(link)
    }
    if (facts.base) this.#page.templates.push('<base href>')
    let from = own.start
    for (const {depth, open, span: tag} of facts.headings) {
      if (this.#openHeading) this.#openHeading.text += plainText(this.#text.slice(from, tag.start))
      if (open) {
        this.#openHeading = {...tag, depth, text: '', html: true}
        this.#page.headings.push(this.#openHeading)
      } else this.#openHeading = undefined
      from = tag.end
    }
    if (this.#openHeading) this.#openHeading.text += plainText(this.#text.slice(from, own.end))
  }
}

/** The text of a stretch of HTML, tags and comments dropped. */
const plainText = (html: string) => html.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')
