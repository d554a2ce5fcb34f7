import {normalizeLabel} from '../text/labels.ts'
import type {Span} from '../text/span.ts'
import {idOfListAt, idsInLists} from './attribute-lists.ts'
import {endAsGoldmark} from './autolinks.ts'
import {blockIdsIn} from './block-ids.ts'
import {unquoted} from './brackets.ts'
import {copyString} from './copy-string.ts'
import {COVER} from './cover.ts'
import {addTitle, attributesAt, destinationOf} from './destination.ts'
import {hasBraceOutsideCode} from './heading-braces.ts'
import {addAlt, addCode, addEnd, addLastText, addMarkup, headingSource, textOf} from './heading-text.ts'
import {HtmlCollector} from './html-collector.ts'
import {markImageDefinitions} from './image-definitions.ts'
import {mathOn} from './math.ts'
import {addMisspelled, emptyLink} from './misspelled-links.ts'
import {addRole} from './myst/roles.ts'
import {addInclude, isOfDirective} from './opaque-content.ts'
import type {ParsedText} from './parse-text.ts'
import {type Arena, TYPE} from './parser.ts'
import type {Block} from './python-markdown/blocks.ts'
import type {Syntax} from './syntax.ts'
import {MASK_CHARACTER, type Mask, restore} from './template/mask.ts'
import type {Heading, Link, Page} from './types.ts'
import {addUnresolved, hasBracketsBeside} from './unresolved.ts'
import {isWithin, NO_WIKILINKS, textWithWikilinks, type Wikilink, WikilinkReader} from './wikilinks.ts'
import {WordFinder} from './word-finder.ts'

/** A block without any of these contains only text, code and emphasis. */
const SIGNS_OF_FACTS = ['[', '<', '{', '://', 'www.', '@']

/**
 * Walks a syntax tree in document order, with its own stack: deep nesting does not overflow the call stack.
 *
 * Facts are written field by field: with `...span` in them, V8 takes five to fifteen times as long, and a run takes
 * half as long again.
 */
export class FactCollector {
  readonly #page: Page
  readonly #source: string
  readonly #syntax: Syntax
  /** The source with masked template code. */
  readonly #text: string
  readonly #masks: Mask[]
  readonly #arena: Arena
  readonly #blocks: ReadonlyMap<number, Block>
  readonly #isMdx: boolean
  readonly #html: HtmlCollector
  readonly #signsOfFacts: WordFinder
  readonly #brackets: WordFinder
  readonly #braces: WordFinder
  readonly #inlineStack: number[] = []
  readonly #isMath: ((stretch: Span) => boolean) | undefined
  readonly #wikilinks: WikilinkReader | undefined
  readonly #carets: WordFinder | undefined
  /** The start of the innermost list around the current node; -1 outside of lists. */
  #list = -1

  constructor(page: Page, source: string, {text, masks, arena, blocks, imports}: ParsedText, syntax: Syntax) {
    this.#page = page
    this.#source = source
    this.#syntax = syntax
    this.#text = text
    this.#masks = masks
    this.#arena = arena
    this.#blocks = blocks ?? new Map()
    this.#isMath = syntax.dollarMath && mathOn(text)
    this.#wikilinks = syntax.wikilinks && new WikilinkReader(source, text, arena, syntax.wikilinks)
    this.#isMdx = imports !== undefined
    this.#carets = syntax.blockIds && new WordFinder(text, ['^'])
    this.#html = new HtmlCollector(page, {source, text, syntax, imports, addLink: this.#addLink})
    this.#signsOfFacts = new WordFinder(text, syntax.blockIds ? [...SIGNS_OF_FACTS, '^'] : SIGNS_OF_FACTS)
    this.#brackets = new WordFinder(text, ['[', ']'])
    this.#braces = new WordFinder(text, ['{'])
  }

  /** Add the facts of the tree to the page. */
  collect(): void {
    const arena = this.#arena
    // A negative number restores the enclosing list once the nodes of a list are done.
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
      this.#block(node, type, previous, stack)
      if (type !== TYPE.list && type !== TYPE.listItem) previous = node
    }
    markImageDefinitions(this.#page)
  }

  #block(node: number, type: number, previous: number, stack: number[]): void {
    const arena = this.#arena
    switch (type) {
      case TYPE.heading:
        this.#heading(node, this.#blocks.get(arena.start(node)))
        break
      case TYPE.paragraph:
      case TYPE.tableCell:
        addInclude(this.#page, this.#text, this.#spanOf(node))
        this.#inlines(node)
        if (arena.type(previous) === TYPE.heading && !this.#blocks.has(arena.start(previous)))
          this.#attributesBelow(node, previous)
        break
      case TYPE.definition:
        this.#definition(node)
        break
      case TYPE.html:
        this.#html.add(this.#spanOf(node))
        break
      case TYPE.jsxBlock:
      case TYPE.jsx:
        this.#html.addJsx(arena, node)
        // `<A>text</A>` on its own line contains no paragraph.
        if (arena.holdsText(node)) this.#inlines(node)
        else arena.pushChildren(node, stack)
        break
      case TYPE.expressionBlock:
        this.#attributeLists(this.#source, arena.start(node), arena.end(node))
        break
      default:
        arena.pushChildren(node, stack)
    }
  }

  #spanOf(node: number): Span {
    return {start: this.#arena.start(node), end: this.#arena.end(node)}
  }

  /** Collect the inline content of a paragraph, heading or table cell; its text is appended to the heading, if any. */
  #inlines(block: number, heading: Heading | undefined = this.#html.openHeading): void {
    const arena = this.#arena
    if (!heading && !this.#signsOfFacts.occursBetween(arena.start(block), arena.end(block))) return
    const wikilinks = this.#addWikilinks(block)
    let hasBrackets = false
    const stack = this.#inlineStack
    arena.pushChildren(block, stack)
    while (stack.length > 0) {
      const node = stack.pop()!
      const type = arena.type(node)
      if (type === TYPE.text) {
        hasBrackets ||= hasBracketsBeside(wikilinks, this.#brackets, arena.start(node), arena.end(node))
        this.#addText(node, heading, wikilinks)
      } else {
        if (!isWithin(arena.start(node), arena.end(node), wikilinks)) this.#inline(node, type, block, heading)
        arena.pushChildren(node, stack)
      }
    }
    if (!hasBrackets) return
    const context = {source: this.#source, text: this.#text, syntax: this.#syntax, arena, wikilinks}
    addUnresolved(this.#page, block, {...context, list: this.#list})
  }

  #addWikilinks(block: number): readonly Wikilink[] {
    const found = this.#wikilinks?.of(block).filter((link) => !this.#isMath?.(link)) ?? NO_WIKILINKS
    for (const {link} of found) this.#page.links.push(link)
    return found
  }

  #addText(node: number, heading: Heading | undefined, wikilinks: readonly Wikilink[]): void {
    const span = this.#spanOf(node)
    if (this.#carets?.occursBetween(span.start, span.end))
      this.#page.ids.push(...blockIdsIn(this.#text, span.start, span.end))
    if (this.#braces.occursBetween(span.start, span.end))
      this.#attributeLists(this.#text, span.start, span.end)
    if (heading)
      heading.text +=
        wikilinks.length > 0
          ? textWithWikilinks(this.#text, span, wikilinks)
          : textOf(this.#arena, node, this.#text, this.#syntax)
  }

  #inline(node: number, type: number, block: number, heading: Heading | undefined): void {
    const arena = this.#arena
    switch (type) {
      case TYPE.inlineCode:
        if (heading) addCode(heading, arena.value(node))
        if (this.#syntax.dialect === 'myst') addRole(this.#page, this.#text, this.#spanOf(node))
        break
      case TYPE.html:
        addMarkup(this.#syntax.tagsInHeadings && heading, this.#source, this.#spanOf(node))
        this.#html.add(this.#spanOf(node))
        break
      case TYPE.jsx:
      case TYPE.jsxBlock:
        this.#html.addJsx(arena, node)
        break
      case TYPE.expression:
        addMarkup(heading, this.#source, this.#spanOf(node))
        this.#attributeLists(this.#source, arena.start(node), arena.end(node))
        break
      case TYPE.link:
      case TYPE.image:
        this.#link(node, type === TYPE.image)
        if (heading && type === TYPE.image) addAlt(heading, arena.alt(node))
        break
      case TYPE.linkReference:
      case TYPE.imageReference:
        this.#reference(node, type === TYPE.imageReference, block)
        if (heading && type === TYPE.imageReference) addAlt(heading, arena.alt(node))
        break
    }
  }

  #link(node: number, isImage: boolean): void {
    const {start, end} = this.#spanOf(node)
    const url = this.#arena.url(node)
    if (isOfDirective(this.#text, start, url) || this.#isMath?.({start, end})) return
    if (url === '') addMisspelled(this.#page, emptyLink(this.#text, {start, end}), this.#source)
    const behindText = this.#arena.endOfChildren(node)
    const target = destinationOf(this.#text, {start, end}, url, isImage ? 'image' : 'link', behindText)
    const inside = this.#text[start] === '<' ? {start: start + 1, end: end - 1} : {start, end}
    const kind = isImage ? 'image' : target ? 'link' : 'autolink'
    const link: Link = {start, end, url, target: target ?? inside, kind}
    if (kind === 'autolink' && this.#syntax.asciiAutolinks) endAsGoldmark(link, this.#text)
    if (isImage) link.image = true
    else if (this.#text[end] === '{') link.attributes = attributesAt(this.#text, end)
    if (this.#syntax.attributesInTitles) addTitle(link, this.#text)
    this.#addLink(link)
  }

  readonly #addLink = (link: Link): void => {
    if (link.url.includes(MASK_CHARACTER))
      link.url = restore(link.url, this.#source, this.#masks, link.target.start)
    this.#page.links.push(link)
  }

  #definition(node: number): void {
    const {start, end} = this.#spanOf(node)
    const label = unquoted(this.#arena.label(node))
    const url = this.#arena.url(node)
    // `[_metadata_:author]:- "Jo Doe"` is data for other programs.
    if (url === '-' && label.startsWith('_metadata_:')) return
    const target = destinationOf(this.#text, {start, end}, url, 'definition') ?? {start, end}
    const link: Link = {start, end, url, target, kind: 'definition'}
    if (this.#syntax.attributesInTitles) addTitle(link, this.#text)
    this.#addLink(link)
    this.#page.definitions.push({start, end, identifier: normalizeLabel(label), label, url: link.url})
  }

  #reference(node: number, isImage: boolean, block: number): void {
    const {start, end} = this.#spanOf(node)
    const label = unquoted(this.#arena.label(node))
    this.#page.references.push({
      start,
      end,
      kind: this.#arena.referenceType(node),
      image: isImage,
      label,
      identifier: normalizeLabel(label),
      defined: true,
      hasAttributeList: this.#text.startsWith('{:', end),
      listStart: start === this.#arena.start(block) ? this.#list : -1,
    })
  }

  /** @param block The block whose title it is. */
  #heading(node: number, block: Block | undefined): void {
    const heading: Heading = {...this.#spanOf(node), depth: this.#arena.depth(node), text: ''}
    this.#inlines(node, heading)
    addLastText(heading, this.#arena, node)
    if (this.#syntax.percentComments) heading.text = heading.text.replaceAll(COVER, '').trimEnd()
    if (heading.text.includes(MASK_CHARACTER)) {
      heading.template = true
      heading.text = restore(heading.text, this.#source, this.#masks, heading.start)
    }
    if (block) {
      ;(this.#page.blocks ??= []).push({...block, text: heading.text})
      return
    }
    const source = this.#source.slice(heading.start, heading.end)
    addEnd(heading, source, this.#syntax)
    if (this.#syntax.headingSource) heading.source = copyString(headingSource(source))
    // MDX: braces contain code, and on some platforms, a colon that is not escaped begins a directive.
    if (this.#isMdx && (hasBraceOutsideCode(heading) || source.includes('\\:'))) heading.template = true
    this.#page.headings.push(heading)
  }

  /** Assign `{: #id}` on the line right below a heading to it. */
  #attributesBelow(paragraph: number, above: number): void {
    const arena = this.#arena
    if (arena.endLine(above) !== arena.startLine(paragraph) - 1) return
    const id = idOfListAt(this.#text, arena.start(paragraph), arena.end(paragraph))
    const heading = this.#page.headings.at(-1)
    if (id && heading) heading.id = id
  }

  /** Add the ids in lists of attributes; in MDX of programs that know such lists, these look like code. */
  #attributeLists(source: string, start: number, end: number): void {
    this.#page.ids.push(...idsInLists(source, start, end))
  }
}
