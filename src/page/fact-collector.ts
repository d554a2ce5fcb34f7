import {normalizeLabel} from '../text/labels.ts'
import type {Span} from '../text/span.ts'
import {mathIn, oneLine, unresolvedBrackets} from './brackets.ts'
import {copyString} from './copy-string.ts'
import {destinationOf} from './destination.ts'
import {forwardSearch} from './forward-search.ts'
import {readHtml} from './html.ts'
import {holdsMarkdown, mayHoldMarkdown} from './opaque-content.ts'
import type {ParsedText} from './parse-text.ts'
import {type Arena, TYPE} from './parser.ts'
import {MASK_CHARACTER, type Mask, restore} from './template/mask.ts'
import type {Heading, Link, Page, Syntax} from './types.ts'
import {WordFinder} from './word-finder.ts'

const ATTRIBUTE_LIST = /\{[^{}\n]*\}/g
const ID_IN_LIST = /#([\p{L}\p{N}_:.-]+)/u
/** HTML attributes from which a picture is shown; a `source` is told by its `srcset`, as `src` is for media. */
const SHOWN = /^(?:img src(?:set)?|source srcset|video poster|input src|image .*)$/
/** Without one of these a block holds nothing but text, code and emphasis. */
const INLINE = ['[', '<', '{', '://', 'www.', '@']
/** XML's characters for the start of a name, and within one (XML 1.0, production 4 and 4a). */
const NAME_START =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const NAME = `[${NAME_START}][${NAME_START}.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040-]*`
/** kramdown's header id, a name as in XML; an attribute list in its place is text. */
const OWN_ID = new RegExp(`^\\{#(${NAME})\\}$`, 'u')

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
export class FactCollector {
  #list = -1
  #openHeading: Heading | undefined
  readonly #page: Page
  readonly #source: string
  readonly #text: string
  readonly #masks: Mask[]
  readonly #arena: Arena
  readonly #imports: ReadonlyMap<string, string> | undefined
  readonly #components = new Set<string>()
  readonly #syntax: Syntax
  readonly #inline: WordFinder
  readonly #brackety: WordFinder
  readonly #braces: WordFinder
  readonly #stack: number[] = []

  constructor(page: Page, source: string, {text, masks, arena, imports}: ParsedText, syntax: Syntax) {
    this.#page = page
    this.#source = source
    this.#text = text
    this.#masks = masks
    this.#arena = arena
    this.#imports = imports
    this.#syntax = syntax
    this.#inline = new WordFinder(text, INLINE)
    this.#brackety = new WordFinder(text, ['[', ']'])
    this.#braces = new WordFinder(text, ['{'])
  }

  collect(): void {
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
      else if (type === TYPE.jsxBlock || type === TYPE.jsx) {
        this.#jsx(node)
        // `<A>text</A>` on a line of its own holds no paragraph.
        if (arena.holdsText(node)) this.#inlines(node)
        else arena.pushChildren(node, stack)
      } else arena.pushChildren(node, stack)
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
    if (!heading && !this.#inline.occursBetween(arena.start(container), arena.end(container))) return
    let brackets = false
    const stack = this.#stack
    arena.pushChildren(container, stack)
    while (stack.length > 0) {
      const node = stack.pop()!
      switch (arena.type(node)) {
        case TYPE.text: {
          const start = arena.start(node)
          const end = arena.end(node)
          brackets ||= this.#brackety.occursBetween(start, end)
          if (this.#braces.occursBetween(start, end)) this.#attributeLists({start, end})
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
          this.#jsx(node)
          break
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
    const inMath = mathIn(this.#text, whole)
    for (const [index, segments] of texts.entries())
      for (const bracket of unresolvedBrackets(this.#text, whole, segments, inMath)) {
        // The text of a link that is one holds no other, but for an image: `[[Public][Proposal] …](url)` sorts.
        if (index > 0 && bracket.kind === 'full' && !bracket.image) continue
        this.#page.references.push({
          ...bracket,
          label: copyString(bracket.label),
          identifier: normalizeLabel(bracket.label),
          defined: false,
          list: bracket.lead ? this.#list : -1,
        })
      }
  }

  #link(node: number): void {
    const own = this.#span(node)
    const url = this.#arena.url(node)
    const image = this.#arena.type(node) === TYPE.image
    const target = destinationOf(this.#text, own, url, image, false, this.#arena.endOfChildren(node))
    const inside = this.#text[own.start] === '<' ? {start: own.start + 1, end: own.end - 1} : own
    const link: Link = {
      start: own.start,
      end: own.end,
      url,
      target: target ?? inside,
      kind: image ? 'image' : target ? 'link' : 'autolink',
    }
    if (image) link.image = true
    this.#addLink(link)
  }

  #addLink(link: Link): void {
    if (link.url.includes(MASK_CHARACTER))
      link.url = restore(link.url, this.#source, this.#masks, link.target.start)
    this.#page.links.push(link)
  }

  #definition(node: number): void {
    const own = this.#span(node)
    const label = oneLine(this.#arena.label(node))
    const url = this.#arena.url(node)
    // `[_metadata_:author]:- "Jo Doe"` holds data for other programs.
    if (url === '-' && label.startsWith('_metadata_:')) return
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
    const label = oneLine(this.#arena.label(node))
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
    if (heading.text.includes(MASK_CHARACTER)) {
      heading.template = true
      heading.text = restore(heading.text, this.#source, this.#masks, heading.start)
    }
    const trailing = trailingId(heading.text)
    if (trailing) Object.assign(heading, trailing)
    else this.#commentBehind(heading)
    if (this.#syntax.headingSource)
      heading.raw = copyString(lastLine(this.#source.slice(heading.start, heading.end)))
    // A colon begins a directive on some platforms, unless it is escaped, which the text does not show.
    if (this.#imports && (/\{/.test(heading.textWithoutId ?? heading.text) || this.#hasEscapedColon(heading)))
      heading.template = true
    this.#page.headings.push(heading)
  }

  #hasEscapedColon({start, end}: Span): boolean {
    return this.#source.slice(start, end).includes('\\:')
  }

  /** `## Text {/* id *\/}`, and with a comment of HTML. */
  #commentBehind(heading: Heading): void {
    const source = this.#source.slice(heading.start, heading.end)
    const comment = trailingComment(source)
    if (comment === undefined) return
    heading.comment = copyString(comment)
    heading.textWithoutId = heading.text.slice(0, startOfComment(heading.text)).trimEnd()
  }

  /** A component or an element of MDX: what its tag holds. */
  #jsx(node: number): void {
    const arena = this.#arena
    COMPONENT.lastIndex = arena.start(node) + 1
    const name = COMPONENT.exec(this.#text)?.[0]
    if (name !== undefined && !this.#components.has(name)) {
      this.#components.add(name)
      const from = this.#imports?.get(name.replace(/\..*/s, ''))
      this.#page.components ??= []
      this.#page.components.push(
        from === undefined ? {name: copyString(name)} : {name: copyString(name), from},
      )
    }
    this.#html({start: arena.start(node), end: arena.startOfChildren(node) ?? arena.end(node)}, true)
  }

  /** `{: #id}` on the line right below a heading is the heading's. */
  #headingBelow(paragraph: number, before: number): void {
    if (this.#arena.endLine(before) !== this.#arena.startLine(paragraph) - 1) return
    const {start, end} = this.#span(paragraph)
    const [list] = /^\{:[^{}\n]*\}/.exec(this.#text.slice(start, end)) ?? []
    const id = list && ID_IN_LIST.exec(list)?.[1]
    const heading = this.#page.headings.at(-1)
    if (id && heading) heading.id = id
  }

  #attributeLists({start, end}: Span): void {
    const text = this.#text.slice(start, end)
    if (!text.includes('#')) return
    for (const list of text.matchAll(ATTRIBUTE_LIST)) {
      const found = ID_IN_LIST.exec(list[0])
      if (!found) continue
      const at = start + list.index + found.index + 1
      this.#page.ids.push({id: found[1]!, from: 'attributes', start: at, end: at + found[1]!.length})
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
    if (facts.base) this.#page.opaqueContent.push('<base href>')
    for (const word of facts.handed) this.#page.componentProps.push(copyString(word))
    // The content of an element of MDX is Markdown, not within its tag.
    if (jsx) return
    if (mayHoldMarkdown(this.#syntax)) {
      const html = this.#text.slice(own.start, own.end)
      if (holdsMarkdown(html, this.#syntax)) this.#page.opaqueContent.push(copyString(html))
    }
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

/** The id in braces at the end of a heading's text, and the text before it. */
function trailingId(text: string): Pick<Heading, 'id' | 'textWithoutId'> | undefined {
  if (!text.endsWith('}')) return
  const start = text.lastIndexOf('{#')
  const kept = start < 0 ? start : endWithoutBlanks(text, start)
  const id = kept < start ? OWN_ID.exec(text.slice(start))?.[1] : undefined
  return id === undefined ? undefined : {id, textWithoutId: text.slice(0, kept)}
}

/** Where the text before a place ends, without the spaces and tabs at its end. */
function endWithoutBlanks(text: string, end: number): number {
  let at = end
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  return at
}

/** What a comment at the end of a heading's source says, in HTML or in the braces of MDX; the first that reaches the end. */
function trailingComment(source: string): string | undefined {
  const text = source.slice(0, endWithoutBlanks(source, source.length))
  if (text.endsWith('-->')) return commentTo(text, text.length - 3, /<!--/g)
  const inner = text.endsWith('}') ? text.slice(0, -1).trimEnd() : ''
  return inner.endsWith('*/') ? commentTo(inner, inner.length - 2, /\{\s*\/\*/g, /\*\//g) : undefined
}

/**
 * A comment on one line that ends at a place.
 *
 * @param between What it may not hold.
 */
function commentTo(text: string, end: number, opening: RegExp, between?: RegExp): string | undefined {
  const lastLine = Math.max(...LINE_ENDS.map((lineEnd) => text.slice(0, end).trimEnd().lastIndexOf(lineEnd)))
  const next = between && forwardSearch(text, between)
  for (const match of text.matchAll(opening)) {
    const start = match.index + match[0].length
    if (start > end) return
    WORD.lastIndex = start
    const word = WORD.exec(text)!.index
    if (word > lastLine && (!next || next(start)?.index === end)) return text.slice(start, end).trim()
  }
  return
}

const LINE_ENDS = ['\n', '\r', '\u2028', '\u2029']
const WORD = /\S/g

/** Where the comment at the end of a heading's text begins; its end, if it shows none. */
function startOfComment(text: string): number {
  const from = text.lastIndexOf('{')
  const html = text.indexOf('<!--', from + 1)
  const inBraces =
    from >= 0 &&
    text
      .slice(from + 1)
      .trimStart()
      .startsWith('/*')
      ? from
      : -1
  const starts = [html, inBraces].filter((at) => at >= 0)
  return starts.length > 0 ? Math.min(...starts) : text.length
}

/** The text of a stretch of HTML, tags and comments dropped. */
function plainText(html: string): string {
  const endOfComment = forwardSearch(html, /-->/g)
  const endOfTag = forwardSearch(html, />/g)
  let out = ''
  let done = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const comment = html.startsWith('<!--', at) ? endOfComment(at + 4) : undefined
    const end = comment ? comment.index + 3 : (endOfTag(at + 1)?.index ?? Number.POSITIVE_INFINITY) + 1
    if (end > html.length) break
    out += html.slice(done, at)
    done = at = end
  }
  return out + html.slice(done)
}
