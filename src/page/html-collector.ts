import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {textOfHtml} from './heading-text.ts'
import {readHtml} from './html.ts'
import type {HtmlFacts, HtmlHeadingTag, HtmlLink} from './html-facts.ts'
import {holdsMarkdown, mayHoldMarkdown} from './opaque-content.ts'
import type {PageElement} from './page-element.ts'
import type {Arena} from './parser.ts'
import {addPossible} from './possible-links.ts'
import type {Syntax} from './syntax.ts'
import {MASK_CHARACTER} from './template/mask.ts'
import type {Heading, Link, Page} from './types.ts'

/** HTML attributes whose URL is an image: for `source` that is `srcset`, since its `src` is audio or video. */
const SHOWN = /^(?:img src(?:set)?|source srcset|video poster|input src|image .*)$/
/** The name of a component at an offset: capitalized, or a member such as `a.b`. */
const COMPONENT = /[A-Z][\w$]*(?:\.[\w$]+)*|[a-z][\w$]*(?:\.[\w$]+)+/y

/** The name of an element or component at an offset. */
const ELEMENT = /[\w$.:-]*/y

/** The part of a page that the {@link HtmlCollector} needs. */
interface HtmlContext {
  source: string
  /** The source with masked template code. */
  text: string
  syntax: Syntax
  /** For MDX: the module that each name is imported from. */
  imports: ReadonlyMap<string, string> | undefined
  addLink: (link: Link) => void
}

/** Adds the facts in raw HTML and in the tags of MDX to a page. */
export class HtmlCollector {
  /** The HTML heading whose closing tag has not been reached; Markdown in between is part of its text. */
  openHeading: Heading | undefined
  readonly #page: Page
  readonly #context: HtmlContext
  readonly #text: string
  readonly #mayHoldMarkdown: boolean
  readonly #components = new Set<string>()

  constructor(page: Page, context: HtmlContext) {
    this.#page = page
    this.#context = context
    this.#text = context.text
    this.#mayHoldMarkdown = mayHoldMarkdown(context.syntax)
  }

  /** Add the facts of a span of HTML. */
  add(span: Span, isJsx = false): HtmlFacts {
    const {source, syntax} = this.#context
    const facts = readHtml(this.#text, span, isJsx ? source : undefined, syntax)
    for (const {id, start, end, isElement} of facts.ids)
      this.#page.ids.push({
        id,
        from: 'html',
        start,
        end,
        ...(isElement && !id.includes(MASK_CHARACTER) && {isElement}),
      })
    for (const link of facts.links) this.#htmlLink(link)
    addPossible(this.#page, facts.possible)
    if (facts.hasBase) this.#page.opaqueContent.push('<base href>')
    if (facts.includes) this.#page.opaqueContent.push('<include from>')
    for (const prop of facts.componentProps) this.#page.componentProps.push(copyString(prop))
    // The content of an MDX element is Markdown, and not part of its tag.
    if (isJsx) return facts
    if (this.#mayHoldMarkdown) {
      const html = this.#text.slice(span.start, span.end)
      if (holdsMarkdown(html, this.#context.syntax)) this.#page.opaqueContent.push(copyString(html))
    }
    this.#htmlHeadings(facts.headings, span)
    return facts
  }

  #htmlLink({url, tag, attribute, start, end, as, isProp, isBased}: HtmlLink): void {
    const isShown = SHOWN.test(`${tag} ${attribute}`)
    const inMarkdown = isShown ? 'image' : 'link'
    const kind = as === 'markdown' ? inMarkdown : (as ?? 'html')
    const link: Link = {start, end, url, target: {start, end}, kind}
    if (kind === 'html') link.tag = tag
    if (isProp) link.prop = attribute
    if (isBased) link.isBased = true
    if (isShown) link.image = true
    this.#context.addLink(link)
  }

  /** Collect HTML headings, which may begin in one span of HTML and end in another. */
  #htmlHeadings(tags: readonly HtmlHeadingTag[], {start, end}: Span): void {
    let from = start
    for (const tag of tags) {
      this.#addHtmlText(from, tag.start)
      this.openHeading = undefined
      if (tag.isOpening) {
        this.openHeading = {start: tag.start, end: tag.end, depth: tag.depth, text: '', html: true}
        this.#page.headings.push(this.openHeading)
      }
      from = tag.end
    }
    this.#addHtmlText(from, end)
  }

  #addHtmlText(start: number, end: number): void {
    if (this.openHeading) this.openHeading.text += textOfHtml(this.#text.slice(start, end))
  }

  /** Add the facts of the tag of a component or an element of MDX. */
  addJsx(arena: Arena, node: number): void {
    COMPONENT.lastIndex = arena.start(node) + 1
    const name = COMPONENT.exec(this.#text)?.[0]
    if (name !== undefined && !this.#components.has(name)) this.#addComponent(name)
    const start = arena.start(node)
    const {attributes} = this.add({start, end: arena.startOfChildren(node) ?? arena.end(node)}, true)
    if (this.#context.syntax.elementAttributes) this.#addElement(arena, node, attributes)
  }

  #addElement(arena: Arena, node: number, attributes: PageElement['attributes']): void {
    const start = arena.start(node)
    ELEMENT.lastIndex = start + 1
    const name = copyString(ELEMENT.exec(this.#text)?.[0] ?? '')
    const element: PageElement = {start, end: arena.end(node), name, attributes}
    if (/^(?:h[1-6]|Heading)$/.test(name)) {
      const content = this.#text.slice(
        arena.startOfChildren(node) ?? start,
        arena.endOfChildren(node) ?? start,
      )
      element.text = copyString(textOfHtml(content).trim())
    }
    this.#page.elements ??= []
    this.#page.elements.push(element)
  }

  #addComponent(name: string): void {
    this.#components.add(name)
    const from = this.#context.imports?.get(name.replace(/\..*/s, ''))
    this.#page.components ??= []
    this.#page.components.push(from === undefined ? {name: copyString(name)} : {name: copyString(name), from})
  }
}
