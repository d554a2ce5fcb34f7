import {firstNot} from '../text/sorted.ts'
import type {Span} from '../text/span.ts'
import {isImage, withoutHash} from '../text/urls.ts'
import {copyString} from './copy-string.ts'
import {COVER} from './cover.ts'
import type {FrontMatter} from './front-matter/types.ts'
import {type Arena, TYPE} from './parser.ts'
import {compile} from './pattern.ts'
import type {Link} from './types.ts'
import type {WikilinkSyntax} from './wikilink-syntax.ts'
import {WordFinder} from './word-finder.ts'

/** A link in double brackets. */
export interface Wikilink extends Span {
  link: Link
  /** The text that readers see; empty if the link shows its target. */
  shown: string
}

/** The wikilinks of a block without any. */
export const NO_WIKILINKS: readonly Wikilink[] = []

/** Double brackets on one line, whose content may have single ones: `[[page|text [1] of it]]`. */
const DOUBLE_BRACKETS = /(?<!\\)\[\[(?!\[)((?:[^[\]\r\n]|\[(?!\[)|\](?!\]))+)\]\]/g
/** Marks of GitLab, Azure DevOps and gollum, and footnotes. */
const NO_LINK = /^(?:_(?:TOC_|TOSP_)?|\^.*)$/i

/** Finds the wikilinks in the blocks of a page, in order. */
export class WikilinkReader {
  readonly #source: string
  readonly #text: string
  readonly #arena: Arena
  readonly #syntax: WikilinkSyntax
  readonly #marks: WordFinder

  /**
   * @param source The source of the page.
   * @param text The same with masked template code, at the same offsets.
   */
  constructor(source: string, text: string, arena: Arena, syntax: WikilinkSyntax) {
    this.#source = source
    this.#text = text
    this.#arena = arena
    this.#syntax = syntax
    this.#marks = new WordFinder(text, ['[['])
  }

  /**
   * The wikilinks of a block: brackets that begin in its text, outside of code, HTML, and links in Markdown, as
   * `[[1]](b.md)` is one.
   */
  of(block: number): readonly Wikilink[] {
    const start = this.#arena.start(block)
    const end = this.#arena.end(block)
    if (!this.#marks.occursBetween(start, end)) return NO_WIKILINKS
    const takenUntil = takenSpans(this.#arena, block)
    return [...this.#text.slice(start, end).matchAll(DOUBLE_BRACKETS)].flatMap(({0: whole, index}) => {
      const at = start + index
      if (takenUntil(at) > at) return []
      const link = linkBetween(this.#source, at, at + whole.length, this.#syntax)
      return link ? [link] : []
    })
  }
}

/** The inline content in which double brackets do not make a wikilink if they begin in it. */
const TAKEN: ReadonlySet<number> = new Set([
  TYPE.inlineCode,
  TYPE.html,
  TYPE.jsx,
  TYPE.expression,
  TYPE.link,
  TYPE.image,
  TYPE.linkReference,
  TYPE.imageReference,
])

/**
 * Create the function that returns the end of the taken content of a block that begins at an offset or before.
 * Offsets must not decrease between calls.
 */
function takenSpans(arena: Arena, block: number): (at: number) => number {
  const stack: number[] = []
  arena.pushChildren(block, stack)
  let end = 0
  return (at) => {
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (arena.start(node) > at) {
        stack.push(node)
        break
      }
      if (TAKEN.has(arena.type(node))) end = Math.max(end, arena.end(node))
      arena.pushChildren(node, stack)
    }
    return end
  }
}

/** The wikilink that double brackets make; undefined if they make none. */
function linkBetween(
  source: string,
  start: number,
  end: number,
  syntax: WikilinkSyntax,
): Wikilink | undefined {
  const content = source.slice(start + 2, end - 2)
  const {content: pattern, embeds} = syntax
  if (pattern && !compile(`^(?:${pattern.source})$`, pattern.flags).test(content)) return
  const {target, text} = partsOf(content, syntax)
  const written = content.slice(target.start, target.end)
  const url = written.trim()
  if (url === '' || ((url[0] === '_' || url[0] === '^') && NO_LINK.test(url))) return
  const isEmbed = embeds === true && source[start - 1] === '!' && source[start - 2] !== '\\'
  const from = start + 2 + target.start + written.length - written.trimStart().length
  const first = isEmbed ? start - 1 : start
  const link: Link = {
    start: first,
    end,
    url: copyString(url),
    target: {start: from, end: from + url.length},
    kind: 'wikilink',
  }
  if (isEmbed) link.embed = true
  if ((isEmbed || syntax.textFirst) && isImage(withoutHash(url))) link.image = true
  return {start: first, end, link, shown: isEmbed ? '' : (text?.trim() ?? nameShown(url))}
}

/** The part of a target that readers see: `page#heading` → `page`, `#heading` → `#heading` */
function nameShown(url: string): string {
  const hash = url.indexOf('#', 1)
  return hash < 0 ? url : url.slice(0, hash)
}

/** The parts of a wikilink: the span of its target, and its text if it has one. */
function partsOf(content: string, {divider = '|', textFirst}: WikilinkSyntax): {target: Span; text?: string} {
  const at = content.indexOf(divider)
  if (at < 0) return {target: {start: 0, end: content.length}}
  const start = at + divider.length
  if (textFirst && !isImage(content.slice(0, at).trim())) {
    const next = content.indexOf(divider, start)
    // In a table, the divider needs a backslash.
    const text = content.slice(0, at).replace(/\\$/, '')
    return {target: {start, end: next < 0 ? content.length : next}, text}
  }
  return {target: {start: 0, end: content[at - 1] === '\\' ? at - 1 : at}, text: content.slice(start)}
}

/** Is a span within one of the wikilinks of a block? */
export function isWithin(start: number, end: number, links: readonly Wikilink[]): boolean {
  if (links.length === 0) return false
  const around = links[firstNot(links, (link) => link.start <= start) - 1]
  return around !== undefined && end <= around.end
}

/** The text of a text node in which some wikilinks begin or end, with what readers see of these. */
export function textWithWikilinks(page: string, {start, end}: Span, links: readonly Wikilink[]): string {
  let text = ''
  let at = start
  for (const link of links) {
    if (link.end <= at || link.start >= end) continue
    if (link.start >= at) text += page.slice(at, link.start) + link.shown
    at = link.end
  }
  return at < end ? text + page.slice(at, end) : text
}

/** A value of front matter in quotes. */
const QUOTED = /(["'])(?=\[\[)[^"'\r\n]{1,1000}(?<=\]\])\1/g

/** The wikilinks that values of front matter consist of: `up: "[[page]]"`. */
export function wikilinksInFrontMatter(
  source: string,
  frontMatter: FrontMatter | undefined,
  syntax: WikilinkSyntax | undefined,
): Link[] {
  if (!frontMatter || !syntax?.inFrontMatter) return []
  const text = source.slice(frontMatter.start, frontMatter.end)
  return [...text.matchAll(QUOTED)].flatMap(({0: quoted, index}) => {
    const start = frontMatter.start + index + 1
    const found = linkBetween(source, start, start + quoted.length - 2, syntax)
    return found && !/\[\[|\]\]/.test(found.link.url) ? [found.link] : []
  })
}

/** A line with a wikilink that has a divider, where it may be in a table. */
const WITH_DIVIDER = /\[\[[^[\]\r\n|]+\|[^[\]\r\n]+\]\]/g

/** Cover the `|` in double brackets, so that they separate no cells of a table; offsets are unchanged. */
export const withCoveredDividers = (text: string, syntax: WikilinkSyntax | undefined): string =>
  syntax?.spansCells && text.includes('[[')
    ? text.replace(WITH_DIVIDER, (link) => link.replaceAll('|', COVER))
    : text
