import type {Span} from '../text/span.ts'
import type {Pair} from './brackets.ts'
import {copyString} from './copy-string.ts'
import type {MisspelledLink} from './misspelled-link.ts'
import type {Syntax} from './syntax.ts'
import type {Page} from './types.ts'

/** A destination in parentheses on one line, without code or markup; parentheses in it may be nested once. */
const DESTINATION = /\(((?:[^()<>`\r\n]|\([^()<>`\r\n]*\))*)(\))?/y
/** The title after a destination. */
const TITLE = /[ \t]+(?:"[^"]*"|'[^']*')[ \t]*$/
/** Text in parentheses, and a destination in brackets, on one line. */
const REVERSED = /\(([^()[\]<>`\r\n]+)\)\[([^()[\]<>`\s]+)\](?![([])/g
/** Text in brackets that has a meaning without a destination: boxes of tasks, numbers of notes. */
const MARKS = /^\[(?:[ xX]|\d{1,3}|\^.*)\]$/

/** The start of template code. */
const TEMPLATE = /\{[{%]|<%/
/** Longer destinations are not looked at. */
const LONGEST = 500

/**
 * Find text that may have been meant as a link: `[a](my file.md)`, `[a] (b.md)`, `(a)[b.md]`, `[a](b.md`. Whether it was
 * depends on the target of its destination.
 *
 * @param segments The spans of plain text in the block, in order.
 * @param pairs The brackets in them.
 * @param block The paragraph, heading or table cell.
 */
export function misspelledLinks(
  text: string,
  segments: readonly Span[],
  pairs: readonly Pair[],
  block: Span,
  {spacesInUrls}: Syntax,
): MisspelledLink[] {
  const found = reversedLinks(text, segments, block)
  for (const {start, end, isImage} of pairs) {
    const link = afterBrackets(text, {start: isImage ? start - 1 : start, end}, block)
    if (link && !(spacesInUrls && link.form === 'spaces')) found.push(link)
  }
  return found.sort((a, b) => a.start - b.start)
}

/** The destination in the parentheses after brackets, if that makes no link. */
function afterBrackets(text: string, {start, end}: Span, block: Span): MisspelledLink | undefined {
  const gap = text[end] === ' ' ? 1 : 0
  if (text[end + gap] !== '(') return
  DESTINATION.lastIndex = end + gap
  const [, inner, closing] = DESTINATION.exec(text)!
  const written = closing ? inner!.replace(TITLE, '') : /^\s*\S*/.exec(inner!)![0]
  const url = written.trim()
  const last = closing ? DESTINATION.lastIndex : end + gap + 1 + written.length
  const form = formOf(url, gap > 0, closing !== undefined)
  const brackets = text.slice(start, end)
  // The destination goes on with template code.
  if (!closing && TEMPLATE.test(text.slice(last, last + 2))) return
  if (url === '' || url.length > LONGEST || form === undefined || last > block.end || MARKS.test(brackets))
    return
  const at = end + gap + 1 + written.length - written.trimStart().length
  return {
    start,
    end: last,
    form,
    brackets: copyString(brackets),
    url: copyString(url),
    target: {start: at, end: at + url.length},
  }
}

function formOf(url: string, hasGap: boolean, isClosed: boolean): MisspelledLink['form'] | undefined {
  const hasSpaces = /\s/.test(url)
  if (hasGap) return isClosed && !hasSpaces ? 'gap' : undefined
  if (isClosed) return hasSpaces ? 'spaces' : undefined
  return 'unclosed'
}

/** Reversed links, whose text is plain; their destination may be an autolink. */
function reversedLinks(text: string, segments: readonly Span[], block: Span): MisspelledLink[] {
  const code = text.slice(block.start, block.end)
  if (!code.includes(')[')) return []
  const found: MisspelledLink[] = []
  let next = 0
  for (const match of code.matchAll(REVERSED)) {
    const [all, words, url] = match
    const start = block.start + match.index
    const middle = start + words!.length + 2
    const end = start + all.length
    while (next < segments.length && segments[next]!.end < middle) next++
    if ((segments[next]?.start ?? end) > start) continue
    const target = {start: middle + 1, end: end - 1}
    found.push({start, end, form: 'reversed', brackets: `[${words}]`, url: copyString(url!), target})
  }
  return found
}

/** A link without a URL, except in code, `Map[Key]()`, as an anchor, `[](){#id}`, and in directives, `[video:a]()`. */
export function emptyLink(text: string, span: Span): MisspelledLink[] {
  const {start, end} = span
  if (/[\p{L}\p{N}_$)\]]/u.test(text[start - 1] ?? '') || /[({]/.test(text[end] ?? '')) return []
  if (/^\[\s*\]|^\[\w+:[^\s/]/.test(text.slice(start, Math.min(end, start + 100)))) return []
  return [{...span, form: 'empty', brackets: '', url: '', target: span}]
}

/**
 * Add links to a page, unless they are math or code is part of their destination.
 *
 * @param source The source of the page, in which no code is masked.
 */
export function addMisspelled(
  page: Page,
  links: readonly MisspelledLink[],
  source: string,
  isMath?: (span: Span) => boolean,
): void {
  for (const link of links) {
    if (isMath?.(link) || TEMPLATE.test(link.url) || !isAsWritten(link, source)) continue
    page.misspelled ??= []
    page.misspelled.push(link)
  }
}

/** Is no code masked in the parts of a link that are shown or written anew? */
function isAsWritten({form, brackets, url, start, end, target}: MisspelledLink, source: string): boolean {
  if (form === 'empty') return true
  if (source.slice(target.start, target.end) !== url) return false
  const keepsText = form !== 'gap' && form !== 'reversed'
  return keepsText || source.slice(start, end).includes(brackets.slice(1, -1))
}
