import {firstNot} from '../text/sorted.ts'
import {copyString} from './copy-string.ts'
import type {Heading, Page} from './types.ts'

const BLANK = /^[ \t\r\f\v]*$/
/** What begins a list, a quote, a definition or a footnote, whose content is read as blocks of its own. */
const CONTAINER = /^ {0,3}(?:[-+*][ \t]|[-+*]$|\d+\.|:|>|\[\^)/
/** Hashes where a block may begin. */
const HASHES = /^[ \t]*(?:(?:>|[-+*]|\d+\.|:|\[\^[^\]]*\]:|\{:[^}]*\})[ \t]*)*#/
const HASHES_BEHIND_TAG = /^[ \t]*<.*>[ \t]*#/
const ATX = /^(#{1,6})[ \t]*([^ \t].*)$/
const EMPTY_ATX = /^#{1,6}[ \t\f\v]*$/
const UNDERLINE = /^[ \t>]*[-=]+[ \t\f\v]*$/
const FENCE = /^(~{3,})(?!~)[ \t]*(?:\S+[ \t]*)?$/
const TILDES = /^~{3,}/
const FENCE_END = /^~+[ \t\f\v]*$/
/** Lines behind which a block may begin without a blank line: attribute lists, `^`, tags, markers without text. */
const UNSURE = /^[\s>*+:\d.-]*(?:\{:.*|\^.*|<.*)?$|(?:>|\]:)[ \t]*$/
const SPACES = '\0\t\v\f\r '
const NAME_START =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f' +
  '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const OWN_ID = new RegExp(
  `[\\t ]\\{#([${NAME_START}][${NAME_START}\\-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040]*)\\}$`,
  'u',
)
/** An attribute list with an id, not the definition of one that others refer to. */
const ID_BELOW = /^\{:(?!\w[\w-]*:)[^{}\n]*#/

/**
 * Gives {@link Heading.raw} to those headings that are some for kramdown, too, which wants a blank line before them and
 * no indentation. A line that may be a heading for kramdown alone goes to the page's templates.
 *
 * @param text The page with its templates covered.
 */
export function readKramdown(page: Page, source: string, text: string): void {
  const {lines} = page
  const lineAt = (at: number) =>
    text.slice(lines[at], lines[at + 1] ?? text.length).replace(/(?:\r\n?|\n)$/, '')
  const headings = new Map<number, Heading>()
  for (const heading of page.headings) if (!heading.html) headings.set(heading.start, heading)
  const doubt = (at: number) =>
    void page.opaqueContent.push(copyString(source.slice(lines[at], lines[at + 1] ?? source.length).trim()))
  /** The heading that begins in a line, behind the given blanks. */
  const headingAt = (at: number, line: string) => headings.get(lines[at]! + line.search(/[^ ]/))
  const from = page.frontMatter?.end ?? 0
  let before = ''
  let twoBefore = ''
  let within = false
  let ends: ReadonlyMap<number, number> | undefined
  for (let at = 0; at < lines.length; at++) {
    if (lines[at]! < from) continue
    const line = lineAt(at)
    const above = before
    const twoAbove = twoBefore
    twoBefore = before
    before = BLANK.test(line) ? '' : line
    if (before === '') continue
    if (CONTAINER.test(line)) within = true
    else if (above === '' && /^[^ \t]/.test(line)) within = false
    const end = !within && above === '' ? closing(line, at) : 0
    const atx = ATX.exec(line)
    if (end > 0) {
      at = end
      before = lineAt(at)
      twoBefore = before
    } else if (EMPTY_ATX.test(line) && !BLANK.test(lineBelow(at))) {
      // The line below is the heading's text.
      if (above === '' || UNSURE.test(above)) doubt(at)
    } else if (atx) {
      if (above === '' && headings.has(lines[at]!)) {
        const start = lines[at]! + line.length - atx[2]!.length
        take(headings.get(lines[at]!)!, source.slice(start, lines[at]! + line.length), true, lineBelow(at))
      } else if (above === '' ? /[^#\s]/.test(line) : UNSURE.test(above)) doubt(at)
    } else if (HASHES_BEHIND_TAG.test(line)) doubt(at)
    else if (HASHES.test(line)) {
      if (within || headingAt(at, line)) doubt(at)
    } else if (above !== '' && UNDERLINE.test(line)) {
      const title = headingAt(at - 1, above)
      if (within) doubt(at)
      else if (ATX.test(above) || /^(?: {4}| {0,3}\t)/.test(above)) continue
      else if (twoAbove === '' && title)
        take(title, source.slice(title.start, lines[at - 1]! + above.length), false, lineBelow(at))
      else if (twoAbove === '' || UNSURE.test(twoAbove)) doubt(at - 1)
    }
  }

  function lineBelow(at: number): string {
    return at + 1 < lines.length ? lineAt(at + 1) : ''
  }

  /** The line that closes the fence in a line; 0 where there is none. */
  function closing(line: string, at: number): number {
    if (!FENCE.test(line)) return 0
    ends ??= closingLines(lines.length, lineAt)
    return ends.get(at) ?? 0
  }
}

/** For each line of tildes the next one that closes it: of as many tildes at least, and nothing else. */
function closingLines(count: number, lineAt: (at: number) => string): Map<number, number> {
  const ends = new Map<number, number>()
  // From below, those that may close something, the nearest last: one that is farther away and no longer never does.
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

/** A heading's text and id, as kramdown takes them from its line. */
function take(heading: Heading, line: string, atx: boolean, below: string): void {
  const contents = withoutEnd(line, SPACES)
  const own = OWN_ID.exec(contents)
  let raw = own ? withoutEnd(contents.slice(0, own.index), SPACES) : contents
  if (atx && raw.endsWith('#')) {
    const open = withoutEnd(raw, '#')
    // A hash behind a backslash is text.
    const kept = open.endsWith('\\') ? `${open}#` : open
    if (kept.length < raw.length) raw = withoutEnd(kept, SPACES)
  }
  if (!ID_BELOW.test(below)) {
    if (own) heading.id = copyString(own[1]!)
    else delete heading.id
  }
  if (raw !== '') heading.raw = copyString(raw)
}

/** A text without such characters at its end. */
function withoutEnd(text: string, characters: string): string {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}
