import {firstNot} from '../text/sorted.ts'
import {copyString} from './copy-string.ts'
import {trailingId} from './heading-text.ts'
import type {Heading, Page} from './types.ts'

const BLANK = /^[ \t\r\f\v]*$/
/** The start of a list, quote, definition or footnote, whose content is parsed as separate blocks. */
const CONTAINER = /^ {0,3}(?:[-+*][ \t]|[-+*]$|\d+\.|:|>|\[\^)/
/** Hashes where a block may begin. */
const HASHES = /^[ \t]*(?:(?:>|[-+*]|\d+\.|:|\[\^[^\]]*\]:|\{:[^}]*\})[ \t]*)*#/
const HASHES_BEHIND_TAG = /^[ \t]*<.*>[ \t]*#/
const ATX = /^(#{1,6})[ \t]*([^ \t].*)$/
const EMPTY_ATX = /^#{1,6}[ \t\f\v]*$/
const UNDERLINE = /^[ \t>]*[-=]+[ \t\f\v]*$/
const INDENTED_CODE = /^(?: {4}| {0,3}\t)/
const FENCE = /^(~{3,})(?!~)[ \t]*(?:\S+[ \t]*)?$/
const TILDES = /^~{3,}/
const FENCE_END = /^~+[ \t\f\v]*$/
/** Lines after which a block may begin without a blank line: attribute lists, `^`, tags, markers without text. */
const MAY_END_BLOCK = /^[\s>*+:\d.-]*(?:\{:.*|\^.*|<.*)?$|(?:>|\]:)[ \t]*$/
const SPACES = '\0\t\v\f\r '
/** An attribute list with an id, as opposed to a named attribute list definition. */
const ID_BELOW = /^\{:(?!\w[\w-]*:)[^{}\n]*#/

/**
 * Set {@link Heading.source} of the headings that kramdown recognizes, too: it requires a blank line before them and no
 * indentation. A line that may be a heading for kramdown only is added to the page's opaque content.
 *
 * @param text The source with masked template code.
 */
export function readKramdown(page: Page, source: string, text: string): void {
  new KramdownHeadings(page, source, text).read()
}

/** Processes the lines of a page as kramdown's block parser does, as far as headings are concerned. */
class KramdownHeadings {
  readonly #page: Page
  readonly #source: string
  readonly #text: string
  readonly #lines: Uint32Array
  /** CommonMark's headings, by start offset. */
  readonly #headings = new Map<number, Heading>()
  /** The line above and the one above that; empty if blank. */
  #above = ''
  #twoAbove = ''
  /** In a list, quote, definition or footnote. */
  #isContained = false
  #fenceEnds: ReadonlyMap<number, number> | undefined

  constructor(page: Page, source: string, text: string) {
    this.#page = page
    this.#source = source
    this.#text = text
    this.#lines = page.lines
    for (const heading of page.headings) if (!heading.html) this.#headings.set(heading.start, heading)
  }

  read(): void {
    const start = this.#page.frontMatter?.end ?? 0
    for (let at = 0; at < this.#lines.length; at++) if (this.#lines[at]! >= start) at = this.#line(at)
  }

  /** Read one line, and return the number of the last line consumed: fenced code is skipped. */
  #line(at: number): number {
    let last = at
    let line = this.#lineAt(at)
    if (BLANK.test(line)) line = ''
    else {
      this.#noteContainer(line)
      last = this.#endOfFence(line, at) ?? at
      if (last > at) line = this.#lineAt(last)
      else this.#heading(line, at)
    }
    this.#twoAbove = last > at ? line : this.#above
    this.#above = line
    return last
  }

  #noteContainer(line: string): void {
    if (CONTAINER.test(line)) this.#isContained = true
    else if (this.#above === '' && /^[^ \t]/.test(line)) this.#isContained = false
  }

  #heading(line: string, at: number): void {
    const atx = ATX.exec(line)
    if (EMPTY_ATX.test(line) && !BLANK.test(this.#lineAt(at + 1))) {
      // The line below is the heading's text.
      if (this.#above === '' || MAY_END_BLOCK.test(this.#above)) this.#addOpaque(at)
    } else if (atx) this.#atxHeading(line, at, atx[2]!)
    else if (HASHES_BEHIND_TAG.test(line)) this.#addOpaque(at)
    else if (HASHES.test(line)) {
      if (this.#isContained || this.#headingAt(at, line)) this.#addOpaque(at)
    } else if (this.#above !== '' && UNDERLINE.test(line)) this.#setextHeading(at)
  }

  #atxHeading(line: string, at: number, content: string): void {
    const end = this.#lines[at]! + line.length
    const heading = this.#above === '' ? this.#headings.get(this.#lines[at]!) : undefined
    if (heading)
      setRaw(
        heading,
        withoutClosingHashes(this.#source.slice(end - content.length, end)),
        this.#lineAt(at + 1),
      )
    else if (this.#above === '' ? /[^#\s]/.test(line) : MAY_END_BLOCK.test(this.#above)) this.#addOpaque(at)
  }

  /** The underline of a Setext heading, whose text is the line above. */
  #setextHeading(at: number): void {
    const above = this.#above
    if (this.#isContained) {
      this.#addOpaque(at)
      return
    }
    if (ATX.test(above) || INDENTED_CODE.test(above)) return
    const heading = this.#headingAt(at - 1, above)
    if (this.#twoAbove === '' && heading) {
      const line = this.#source.slice(heading.start, this.#lines[at - 1]! + above.length)
      setRaw(heading, partsOf(line), this.#lineAt(at + 1))
    } else if (this.#twoAbove === '' || MAY_END_BLOCK.test(this.#twoAbove)) this.#addOpaque(at - 1)
  }

  /** A line without its line ending; empty beyond the end of the page. */
  #lineAt(at: number): string {
    if (at >= this.#lines.length) return ''
    return this.#text
      .slice(this.#lines[at], this.#lines[at + 1] ?? this.#text.length)
      .replace(/(?:\r\n?|\n)$/, '')
  }

  /** The heading that begins in a line, after spaces. */
  #headingAt(at: number, line: string): Heading | undefined {
    return this.#headings.get(this.#lines[at]! + line.search(/[^ ]/))
  }

  #addOpaque(at: number): void {
    const line = this.#source.slice(this.#lines[at], this.#lines[at + 1] ?? this.#source.length)
    this.#page.opaqueContent.push(copyString(line.trim()))
  }

  /** The number of the line that closes the fence in a line, if that opens one. */
  #endOfFence(line: string, at: number): number | undefined {
    if (this.#isContained || this.#above !== '' || !FENCE.test(line)) return
    this.#fenceEnds ??= fenceEnds(this.#lines.length, (number) => this.#lineAt(number))
    return this.#fenceEnds.get(at)
  }
}

/** For each line of tildes, the next one that closes it: at least as many tildes, and nothing else. */
function fenceEnds(count: number, lineAt: (at: number) => string): Map<number, number> {
  const ends = new Map<number, number>()
  // Going upwards, the lines that may close a fence, nearest last: one that is farther away and not longer never does.
  const closers: {at: number; length: number}[] = []
  for (let at = count - 1; at >= 0; at--) {
    const line = lineAt(at)
    const length = TILDES.exec(line)?.[0].length
    if (length === undefined) continue
    const closer = closers[firstNot(closers, (own) => own.length >= length) - 1]
    if (closer) ends.set(at, closer.at)
    if (!FENCE_END.test(line)) continue
    while (closers.length > 0 && closers.at(-1)!.length <= length) closers.pop()
    closers.push({at, length})
  }
  return ends
}

/** The source of a heading's text, and its id. */
interface HeadingParts {
  raw: string
  id: string | undefined
}

/** The parts of a line: `Text {#id} ` → `{raw: 'Text', id: 'id'}`. */
function partsOf(line: string): HeadingParts {
  const contents = withoutEnd(line, SPACES)
  const trailing = trailingId(contents)
  return trailing
    ? {raw: withoutEnd(trailing.textWithoutId, SPACES), id: trailing.id}
    : {raw: contents, id: undefined}
}

/** The parts of an ATX heading's line after its opening hashes: `Text ## {#id}` → `{raw: 'Text', id: 'id'}`. */
function withoutClosingHashes(line: string): HeadingParts {
  const {raw, id} = partsOf(line)
  if (!raw.endsWith('#')) return {raw, id}
  const open = withoutEnd(raw, '#')
  // A hash after a backslash is plain text.
  const kept = open.endsWith('\\') ? `${open}#` : open
  return {raw: kept.length < raw.length ? withoutEnd(kept, SPACES) : raw, id}
}

/** Set a heading's source and id; for the id, an attribute list in the line below takes precedence. */
function setRaw(heading: Heading, {raw, id}: HeadingParts, lineBelow: string): void {
  if (!ID_BELOW.test(lineBelow)) {
    if (id !== undefined) heading.id = copyString(id)
    else delete heading.id
  }
  if (raw !== '') heading.source = copyString(raw)
}

/** A text without trailing characters of a set. */
function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}
