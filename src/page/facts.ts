import type {Root} from 'mdast'
import {normalizeLabel} from '../labels.ts'
import type {Span} from '../rule.ts'
import {type Bracket, unresolvedBrackets} from './brackets.ts'
import {destinationOf} from './destination.ts'
import {detached} from './detached.ts'
import {Finder} from './finder.ts'
import {type FrontMatter, readFrontMatter} from './front-matter.ts'
import {readHtml} from './html.ts'
import {readKramdown} from './kramdown.ts'
import {FILL, type Mask, mask, restore} from './mask.ts'
import {coverMdx} from './mdx.ts'
import {Arena, parse, TYPE} from './parse.ts'
import {unseenBlocks} from './unseen.ts'

/** What one Markdown file says: plain JSON, every offset UTF-16 into the text without its byte order mark. */
export interface Page {
  /** Path from the tree's root, with `/`. */
  path: string
  /** The offset at which each line starts. */
  lines: Uint32Array
  /** The length of the text. */
  end: number
  /** The line ending that new lines are to have. */
  eol: '\n' | '\r\n'
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
  /** Words that components of MDX are given, any of which they may make an id. */
  handed: string[]
  /** The components of MDX that the page uses, each name once. */
  components?: Component[]
  /** The identifiers of definitions anywhere, where platforms read what CommonMark takes for code. */
  labels?: string[]
  /** A comment such as `<!-- lint disable … -->` is on the page. */
  controlled: boolean
}

/** A component of MDX: an element whose name is no HTML element's. */
export interface Component {
  name: string
  /** What it is imported from; nothing for one that is not imported. */
  from?: string
}

/** One heading. */
export interface Heading extends Span {
  depth: number
  /** What a reader sees: no markup, no HTML tags, no image texts. */
  text: string
  /** Stretches of {@link text} that stood in code spans, which typography leaves alone. */
  code?: Span[]
  /** The texts of images, and where in {@link text} each of them stands; some platforms make them part of ids. */
  alts?: {at: number; text: string}[]
  /** The id of an attribute list right below the heading, or of `{#id}` at its end. */
  id?: string
  /** Its text with that `{#id}`, or the comment, taken off. */
  textWithoutId?: string
  /** What a comment at its end says: `{/* text *\/}` or `<!-- text -->`. */
  comment?: string
  /** Written as an HTML element. */
  html?: true
  /** Holds template code, so its text is not known. */
  template?: true
  /**
   * The last line of its source, without the marks before it, where the platform asks for it. For kramdown it is without
   * hashes and id behind it, too, and only headings that are some for kramdown have it.
   */
  raw?: string
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
}

/** What is no Markdown on the pages of a Hugo site. */
export interface Hugo {
  /** The names of shortcodes whose content is not. */
  verbatim: string[]
  /** What text that is passed through begins and ends with. */
  passed: [open: string, close: string][]
}

/** Syntax that depends on the platform. */
export interface Syntax {
  /** Pages are run through Liquid before Markdown. */
  liquid: boolean
  /** Pages are read by kramdown's own parser: ids out of the source of headings, which are other lines now and then. */
  kramdown?: boolean
  /** Pages are read by Python-Markdown, which has headings that CommonMark has not. */
  pythonMarkdown?: boolean
  /** Pages are components of Vue: components and includes may bring headings. */
  vue?: boolean
  /** Pages are Hugo's: shortcodes, some of them around what is no Markdown, and ids out of the source of headings. */
  hugo?: Hugo
  /** Pages are chapters of mdBook: includes and lists of definitions may bring ids. */
  mdbook?: boolean
  /** Pages are MyST: directives may bring blocks and ids, and targets stand on lines of their own. */
  myst?: boolean
  /** Pages are read by Docfx: includes may bring blocks. */
  docfx?: boolean
  /** Pages are MDX: JavaScript and components among Markdown. */
  mdx?: boolean
  /** Somebody will ask where values of front matter stand. */
  places?: boolean
}

/**
 * Take all facts from one file's text.
 *
 * @param source The text, without a byte order mark.
 * @param look Sees a syntax tree, made for it.
 */
export async function readPage(
  path: string,
  source: string,
  syntax: Syntax,
  look?: (tree: Root) => void,
): Promise<Page> {
  const frontMatter = await readFrontMatter(source, syntax.places ?? false)
  const lines = lineStarts(source)
  const page: Page = {
    path,
    lines,
    end: source.length,
    // The first line's, which is everybody's in a page that is well.
    eol: source.startsWith('\r\n', (lines[1] ?? 0) - 2) ? '\r\n' : '\n',
    headings: [],
    ids: [],
    definitions: [],
    references: [],
    links: [],
    templates: unseenBlocks(source, syntax),
    handed: [],
    controlled: source.includes('lint ') && /<!--\s*lint\s/.test(source),
  }
  if (frontMatter) page.frontMatter = frontMatter
  if (syntax.pythonMarkdown || syntax.myst) page.labels = labelsIn(source)
  const reading = (syntax.mdx && readMdx(page, source)) || readMarkdown(page, source, syntax)
  new Reader(page, source, reading, syntax).read()
  if (syntax.kramdown) readKramdown(page, source, reading.text)
  look?.(parse(reading.text))
  return page
}

/** The labels of all that looks like a definition. */
const labelsIn = (source: string) =>
  [...source.matchAll(/^[ \t>]*\[([^\]\n^][^\]\n]*)\]:[ \t]*\S/gm)].map(([, label]) =>
    detached(normalizeLabel(label!)),
  )

/** A text as its parser sees it: code that is not Markdown covered, every offset as before. */
interface Reading {
  text: string
  masks: Mask[]
  arena: Arena
  /** For MDX: what each name is imported from. */
  imports?: ReadonlyMap<string, string>
}

/** Templates are covered, and so is JSON front matter, which the parser does not know. */
function readMarkdown(page: Page, source: string, {liquid, hugo}: Syntax): Reading {
  const {masks, ...masked} = mask(source, liquid, hugo)
  let {text} = masked
  const end = page.frontMatter?.kind === 'json' ? page.frontMatter.end : 0
  if (end > 0) text = source.slice(0, end).replace(/[^\r\n]/g, ' ') + text.slice(end)
  for (const {start, end, blank} of masks)
    if (hugo ? source[start] === '{' : blank || source[start + 1] === '%')
      page.templates.push(detached(source.slice(start, end)))
  return {text, masks, arena: new Arena(text)}
}

/** The parser of MDX takes time with the square of these: some hundred milliseconds for so many, hours for a million. */
const MOST_TAGS = 10_000
const TAG_OR_BRACE = /[<{]/

/** What is no MDX, though it should be, is read as Markdown, and what else may be on the page is not known. */
function readMdx(page: Page, source: string): Reading | undefined {
  const covered = coverMdx(source, page.frontMatter?.end ?? 0)
  try {
    if (covered && source.split(TAG_OR_BRACE, MOST_TAGS).length < MOST_TAGS) {
      page.templates.push(...covered.templates)
      return {text: covered.text, masks: [], arena: new Arena(covered.text, true), imports: covered.imports}
    }
  } catch {}
  page.templates.push('MDX that cannot be read')
  return
}

/** The offsets at which lines start; line endings are those of CommonMark: LF, CRLF, CR. */
export function lineStarts(text: string): Uint32Array {
  const starts = [0]
  if (text.includes('\r'))
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length)
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}

const ATTRIBUTE_LIST = /\{:?[^{}\n]*?#([\p{L}\p{N}_:.-]+)[^{}\n]*\}/gu
/** HTML attributes from which a picture is shown; a `source` is told by its `srcset`, as `src` is for media. */
const SHOWN = /^(?:img src(?:set)?|source srcset|video poster|input src|image .*)$/
/** Without one of these a block holds nothing but text, code and emphasis. */
const INLINE = ['[', '<', '{', '://', 'www.', '@']
/** XML's characters for the start of a name, and within one (XML 1.0, production 4 and 4a). */
const NAME_START =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const NAME = `[${NAME_START}][${NAME_START}.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040-]*`
/** kramdown's header id, a name as in XML; an attribute list in its place is text. */
const TRAILING_ID = new RegExp(`[ \\t]+\\{#(${NAME})\\}[ \\t]*$`, 'u')

/** A comment at the end of a heading. */
const TRAILING_COMMENT = /[ \t]*(?:\{\s*\/\*\s*((?:(?!\*\/).)*?)\s*\*\/\s*\}|<!--\s*(.*?)\s*-->)[ \t]*$/

/** The name of a component, where one begins. */
const COMPONENT = /[A-Z][\w$]*(?:\.[\w$]+)*|[a-z][\w$]*(?:\.[\w$]+)+/y

/** A tag of inline code, in HTML. */
const CODE = /^<(\/)?(?:code|kbd|samp|pre|var|tt)\b/i

/** Stands on the stack behind the nodes of a link: its end. */
const LINK_END = -1

/**
 * Walks one tree in document order with a stack of its own: ten thousand levels of nesting are no deeper than one.
 *
 * Facts are written field by field: with `...span` in them, V8 takes five to fifteen times as long, and a run half as
 * long again.
 */
class Reader {
  #list = -1
  #openHeading: Heading | undefined
  readonly #page: Page
  readonly #source: string
  readonly #text: string
  readonly #masks: Mask[]
  readonly #arena: Arena
  readonly #imports: ReadonlyMap<string, string> | undefined
  readonly #components = new Set<string>()
  readonly #keepsRaw: boolean
  readonly #inline: Finder
  readonly #brackety: Finder
  readonly #braces: Finder
  readonly #stack: number[] = []

  constructor(page: Page, source: string, {text, masks, arena, imports}: Reading, {hugo}: Syntax) {
    this.#page = page
    this.#source = source
    this.#text = text
    this.#masks = masks
    this.#arena = arena
    this.#imports = imports
    this.#keepsRaw = hugo !== undefined
    this.#inline = new Finder(text, INLINE)
    this.#brackety = new Finder(text, ['[', ']'])
    this.#braces = new Finder(text, ['{'])
  }

  read(): void {
    const arena = this.#arena
    // A number below zero restores the enclosing list once a list's nodes are done.
    const stack = [0]
    let previous = 0
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node < 0) {
        this.#list = -node - 2
        continue
      }
      const type = arena.type(node)
      if (type === TYPE.list) {
        stack.push(-this.#list - 2)
        this.#list = arena.start(node)
      }
      if (type === TYPE.paragraph) {
        this.#inlines(node)
        if (arena.type(previous) === TYPE.heading) this.#headingBelow(node, previous)
      } else if (type === TYPE.heading) this.#heading(node)
      else if (type === TYPE.tableCell) this.#inlines(node)
      else if (type === TYPE.definition) this.#definition(node)
      else if (type === TYPE.html) this.#html(this.#span(node))
      else if (type === TYPE.jsxBlock || type === TYPE.jsx) this.#jsx(node, stack)
      else arena.pushChildren(node, stack)
      if (type !== TYPE.list && type !== TYPE.listItem) previous = node
    }
    this.#markImages()
  }

  #span(node: number): Span {
    return {start: this.#arena.start(node), end: this.#arena.end(node)}
  }

  #markImages(): void {
    const shown = new Set(this.#page.references.filter(({image}) => image).map(({identifier}) => identifier))
    if (shown.size === 0) return
    const definitions = this.#page.links.filter(({kind}) => kind === 'definition')
    // Only the first definition of a label counts.
    for (const [index, {identifier}] of this.#page.definitions.entries())
      if (shown.delete(identifier)) definitions[index]!.image = true
  }

  /** Everything inside one paragraph, heading or cell; its text goes to the heading, if there is one. */
  #inlines(container: number, heading: Heading | undefined = this.#openHeading): void {
    const arena = this.#arena
    if (!heading && !this.#inline.between(arena.start(container), arena.end(container))) return
    let brackets = false
    const stack = this.#stack
    arena.pushChildren(container, stack)
    while (stack.length > 0) {
      const node = stack.pop()!
      switch (arena.type(node)) {
        case TYPE.text: {
          const start = arena.start(node)
          const end = arena.end(node)
          brackets ||= this.#brackety.between(start, end)
          if (this.#braces.between(start, end)) this.#attributeLists({start, end})
          if (heading) heading.text += arena.value(node)
          continue
        }
        case TYPE.inlineCode:
          if (heading) {
            const value = arena.value(node)
            heading.code ??= []
            heading.code.push({start: heading.text.length, end: heading.text.length + value.length})
            heading.text += value
          }
          continue
        case TYPE.html:
          this.#html(this.#span(node))
          continue
        case TYPE.jsx:
        case TYPE.jsxBlock:
          this.#jsx(node, stack)
          continue
        case TYPE.expression:
          if (heading) heading.text += this.#source.slice(arena.start(node), arena.end(node))
          continue
        case TYPE.link:
        case TYPE.image:
          this.#link(node)
          if (heading) this.#alt(node, heading)
          break
        case TYPE.linkReference:
        case TYPE.imageReference:
          this.#reference(node, container)
          if (heading) this.#alt(node, heading)
          break
      }
      arena.pushChildren(node, stack)
    }
    if (brackets) this.#brackets(container)
  }

  #alt(node: number, heading: Heading): void {
    const type = this.#arena.type(node)
    if (type !== TYPE.image && type !== TYPE.imageReference) return
    heading.alts ??= []
    heading.alts.push({at: heading.text.length, text: this.#arena.alt(node)})
  }

  /** Brackets that stayed text; links and references hold their own, which cannot pair with those outside. */
  #brackets(container: number): void {
    const arena = this.#arena
    const texts: Span[][] = [[]]
    let inCode = false
    const open = [texts[0]!]
    const stack: number[] = []
    arena.pushChildren(container, stack)
    while (stack.length > 0) {
      const node = stack.pop()!
      if (node === LINK_END) {
        open.pop()
        continue
      }
      const type = arena.type(node)
      // What stands between `<code>` and `</code>` is code to its reader, too.
      if (type === TYPE.html || type === TYPE.jsx) {
        const tag = CODE.exec(this.#text.slice(arena.start(node), arena.end(node)))
        if (tag && type === TYPE.jsx) continue
        if (tag) inCode = tag[1] === undefined
      }
      if (type === TYPE.text) {
        if (!inCode) open.at(-1)!.push(this.#span(node))
      } else if (type === TYPE.link || type === TYPE.linkReference) {
        texts.push([])
        open.push(texts.at(-1)!)
        stack.push(LINK_END)
      }
      arena.pushChildren(node, stack)
    }
    const whole = this.#span(container)
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

  #link(node: number): void {
    const own = this.#span(node)
    const url = this.#arena.url(node)
    const image = this.#arena.type(node) === TYPE.image
    const target = destinationOf(this.#text, own, url, image)
    const link: Link = {
      start: own.start,
      end: own.end,
      url,
      target: target ?? own,
      kind: image ? 'image' : target ? 'link' : 'autolink',
    }
    if (image) link.image = true
    this.#addLink(link)
  }

  #addLink(link: Link): void {
    if (link.url.includes(FILL)) link.url = restore(link.url, this.#source, this.#masks, link.target.start)
    this.#page.links.push(link)
  }

  #definition(node: number): void {
    const own = this.#span(node)
    const label = this.#arena.label(node)
    const url = this.#arena.url(node)
    const target = destinationOf(this.#text, own, url, false, true) ?? own
    this.#addLink({start: own.start, end: own.end, url, target, kind: 'definition'})
    this.#page.definitions.push({
      start: own.start,
      end: own.end,
      identifier: normalizeLabel(label),
      label,
      url: this.#page.links.at(-1)!.url,
    })
  }

  #reference(node: number, container: number): void {
    const own = this.#span(node)
    const label = this.#arena.label(node)
    const lead = own.start === this.#arena.start(container)
    this.#page.references.push({
      start: own.start,
      end: own.end,
      kind: this.#arena.referenceType(node),
      image: this.#arena.type(node) === TYPE.imageReference,
      label,
      identifier: normalizeLabel(label),
      defined: true,
      lead,
      attributes: this.#text.startsWith('{:', own.end),
      list: lead ? this.#list : -1,
    })
  }

  #heading(node: number): void {
    const arena = this.#arena
    const heading: Heading = {
      start: arena.start(node),
      end: arena.end(node),
      depth: arena.depth(node),
      text: '',
    }
    this.#inlines(node, heading)
    if (heading.text.includes(FILL)) {
      heading.template = true
      heading.text = restore(heading.text, this.#source, this.#masks, heading.start)
    }
    const trailing = heading.text.endsWith('}') && TRAILING_ID.exec(heading.text)
    if (trailing) {
      heading.id = trailing[1]!
      heading.textWithoutId = heading.text.slice(0, trailing.index)
    } else this.#commentBehind(heading)
    if (this.#keepsRaw) heading.raw = detached(lastLine(this.#source.slice(heading.start, heading.end)))
    // A colon begins a directive on some platforms, unless it is escaped, which the text does not show.
    if (this.#imports && (/\{/.test(heading.textWithoutId ?? heading.text) || this.#hasEscapedColon(heading)))
      heading.template = true
    this.#page.headings.push(heading)
  }

  #hasEscapedColon({start, end}: Span): boolean {
    const at = this.#source.indexOf('\\:', start)
    return at >= 0 && at < end
  }

  /** `## Text {/* id *\/}`, and with a comment of HTML. */
  #commentBehind(heading: Heading): void {
    const source = this.#source.slice(heading.start, heading.end)
    const found = (source.includes('*/') || source.includes('-->')) && TRAILING_COMMENT.exec(source)
    if (!found) return
    heading.comment = detached((found[1] ?? found[2])!)
    const code = heading.text.search(/(?:\{\s*\/\*|<!--)[^{]*$/)
    heading.textWithoutId = (code < 0 ? heading.text : heading.text.slice(0, code)).trimEnd()
  }

  /** A component or an element of MDX: what its tag holds; its children follow. */
  #jsx(node: number, stack: number[]): void {
    const arena = this.#arena
    COMPONENT.lastIndex = arena.start(node) + 1
    const name = COMPONENT.exec(this.#text)?.[0]
    if (name !== undefined && !this.#components.has(name)) {
      this.#components.add(name)
      const from = this.#imports?.get(name.replace(/\..*/s, ''))
      this.#page.components ??= []
      this.#page.components.push(from === undefined ? {name: detached(name)} : {name: detached(name), from})
    }
    this.#html({start: arena.start(node), end: arena.startOfChildren(node) ?? arena.end(node)}, true)
    arena.pushChildren(node, stack)
  }

  /** `{: #id}` on the line right below a heading is the heading's. */
  #headingBelow(paragraph: number, before: number): void {
    if (this.#arena.endLine(before) !== this.#arena.startLine(paragraph) - 1) return
    const {start, end} = this.#span(paragraph)
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

  #html(own: Span, jsx = false): void {
    const facts = readHtml(this.#text, own, jsx)
    for (const {id, ...at} of facts.ids) this.#page.ids.push({id, from: 'html', ...at})
    for (const {url, tag, attribute, start, end} of facts.links) {
      const link: Link = {start, end, url, target: {start, end}, kind: 'html', tag}
      if (SHOWN.test(`${tag} ${attribute}`)) link.image = true
      this.#addLink(link)
    }
    if (facts.base) this.#page.templates.push('<base href>')
    for (const word of facts.handed) this.#page.handed.push(detached(word))
    // The content of an element of MDX is Markdown, not within its tag.
    if (jsx) return
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

/** The last line of a heading's text, without the hashes before it, the line under it and what quotes it. */
function lastLine(source: string): string {
  const lines = source.split(/\r\n?|\n/)
  if (lines.length === 1) return source.replace(/^#{1,6}(?:[ \t]+|$)/, '')
  return lines.at(-2)!.replace(/^[ \t]*(?:>[ \t]*)*/, '')
}

/** The text of a stretch of HTML, tags and comments dropped. */
const plainText = (html: string) => html.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')
