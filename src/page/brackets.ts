import {normalizeLabel} from '../text/labels.ts'
import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import type {Bracket, Reference} from './types.ts'

/** A matched pair of brackets in plain text; `end` is after the closing one. */
export interface Pair extends Span {
  isImage: boolean
  /** It contains another pair. */
  isNesting: boolean
  /** It is the label of the pair before it: `[text][label]`. */
  isLabel: boolean
}

/** The block whose brackets are examined. */
interface BracketContext {
  /** The page's text. */
  text: string
  /** The paragraph, heading or table cell. */
  block: Span
  /** All pairs, by their start offset. */
  byStart: ReadonlyMap<number, Pair>
}

/**
 * Find brackets in text that would be a reference if a definition existed (CommonMark 0.31, 6.3 and 6.4).
 *
 * Escapes, wikilinks, footnotes, task list boxes, math, apparent array indices and `@[title][name]`, which preprocessors
 * replace, are excluded: no platform treats them as references.
 *
 * @param block The paragraph, heading or table cell.
 * @param pairs The brackets of its plain text, from {@link pairUp}.
 * @param isMath Tells whether a part of the block is math, see {@link mathIn}.
 */
export function unresolvedBrackets(
  text: string,
  block: Span,
  pairs: readonly Pair[],
  isMath: (pair: Span) => boolean,
): Bracket[] {
  if (pairs.length === 0) return []
  const byStart = new Map<number, Pair>()
  for (const pair of pairs) byStart.set(pair.start, pair)
  const context = {text, block, byStart}
  const found: Bracket[] = []
  for (const pair of pairs) {
    if (pair.isLabel || isMath(pair) || isWikilink(context, pair)) continue
    const next = byStart.get(pair.end)
    const bracket =
      next && !next.isImage && !next.isNesting
        ? withLabel(context, pair, next, found.at(-1)?.end)
        : shortcut(context, pair)
    if (bracket) found.push(bracket)
  }
  return found
}

const BACKSLASH = 92
const OPENING = 91
const CLOSING = 93

/**
 * Match the brackets of plain text; outer pairs come before nested ones.
 *
 * @param segments The spans of plain text in a block, in order; brackets on both sides of other content can pair.
 */
export function pairUp(text: string, segments: readonly Span[]): Pair[] {
  const pairs: Pair[] = []
  const open: number[] = []
  for (const segment of segments)
    for (let at = segment.start; at < segment.end; at++) {
      const code = text.charCodeAt(at)
      if (code === BACKSLASH) at++
      else if (code === OPENING) open.push(at)
      else if (code === CLOSING && open.length > 0) {
        const start = open.pop()!
        const isImage = text[start - 1] === '!' && text[start - 2] !== '\\'
        pairs.push({start, end: at + 1, isImage, isNesting: false, isLabel: false})
      }
    }
  pairs.sort((a, b) => a.start - b.start)
  for (let at = 1; at < pairs.length; at++) pairs[at - 1]!.isNesting = pairs[at]!.start < pairs[at - 1]!.end
  return pairs
}

/** `[[page]]`, `[[_TOC_]]`, `[[page][label]]`. */
function isWikilink({text, byStart}: BracketContext, {start, end}: Pair): boolean {
  return (
    (text[start + 1] === '[' && text[end - 2] === ']') ||
    (text[start - 1] === '[' && text[end] === ']') ||
    byStart.get(start - 1)?.end === end + 1
  )
}

/**
 * The full or collapsed reference that a pair may be meant as, `[text][label]` or `[text][]`.
 *
 * @param endBefore The end of the previous bracket found.
 */
function withLabel(
  context: BracketContext,
  pair: Pair,
  labelPair: Pair,
  endBefore: number | undefined,
): Bracket | undefined {
  const {text} = context
  const inner = text.slice(pair.start + 1, pair.end - 1)
  const label = text.slice(labelPair.start + 1, labelPair.end - 1)
  labelPair.isLabel = true
  // Right after another reference it is not an index: `[English][en][Deutsch][de]`.
  if (endBefore !== pair.start && (text[pair.start - 1] === '@' || isIndex(text, pair, inner, label))) return
  if (label.startsWith('^')) return
  const labelSpan = {start: labelPair.start + 1, end: labelPair.end - 1}
  if (label === '') {
    if (!inner.trim() || pair.isNesting || BRACKETS.test(inner)) return
    return bracketOf(context, pair, 'collapsed', inner, labelPair.end, labelSpan)
  }
  if (!label.trim() || label.length >= LONGEST || BRACKETS.test(label) || areParts(inner, label)) return
  const bracket = bracketOf(context, pair, 'full', label, labelPair.end, labelSpan)
  if (inner.length >= LONGEST || inner === label || isAlike(inner, label)) return bracket
  const after = text.slice(labelPair.end, labelPair.end + 3)
  // Attributes of code: `[AllowNull][NotNull]T`. In other scripts, words follow a link without a space.
  if (/^[a-z\d]/i.test(after)) return
  if (FOLLOWED.test(after)) bracket.isFollowedByText = true
  if (!BRACKETS.test(inner)) bracket.tag = inner
  return bracket
}

/** The shortcut reference that a pair may be meant as, `[label]`. */
function shortcut(context: BracketContext, pair: Pair): Bracket | undefined {
  const {text, block} = context
  // The start of an inline link, a definition, a footnote or a task list box.
  if (text[pair.end] === '(' || (text[pair.end] === ':' && startOf(pair) === block.start)) return
  const inner = text.slice(pair.start + 1, pair.end - 1)
  if (pair.isNesting || inner.length >= LONGEST || BRACKETS.test(inner)) return
  const label = inner.trim()
  if (label === '' || /^\^|^[xX]$/.test(label)) return
  return bracketOf(context, pair, 'shortcut', inner, pair.end, {start: pair.end, end: pair.end})
}

/** The start of a pair, including the `!` of an image. */
const startOf = ({start, isImage}: Pair) => (isImage ? start - 1 : start)

function bracketOf(
  {text}: BracketContext,
  pair: Pair,
  kind: Bracket['kind'],
  label: string,
  end: number,
  labelSpan: Span,
): Bracket {
  const start = startOf(pair)
  return {
    start,
    end,
    kind,
    image: pair.isImage,
    label: unquoted(label).trim(),
    hasAttributeList: text.startsWith('{:', end),
    labelSpan,
  }
}

/** The length limit of a label in CommonMark 0.31, 6.3; longer texts are not compared with theirs, either. */
const LONGEST = 1000

/** A word, optionally after spaces, or a colon. */
const FOLLOWED = /^(?::|[ \t]*[\p{L}\p{N}])/u

/** Is one of two texts part of the other, disregarding punctuation and letter case? */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''))
  return a!.includes(b!) || b!.includes(a!)
}

/** An attribute or a call in code: `[Optional][DefaultValue(0)]`. */
const isCall = (inner: string, label: string) =>
  /^\w+\([^()]*\)$/.test(label) && /^[\w.]+(?:\([^()]*\))?$/.test(inner)

/** The number of a ticket, of which changelogs list several, or a key of an array: `[LAMP-12][LAMP-14]`, `['a']['b']`. */
const TICKET_OR_KEY = /^(?:[A-Z][A-Z\d]*-\d+|'[^']*'|"[^"]*")$/

/** Do two brackets belong to code, a list of tickets, or shortcodes of a content management system: `[/note][tip=1]`? */
const areParts = (inner: string, label: string) =>
  isCall(inner, label) ||
  (TICKET_OR_KEY.test(inner) && TICKET_OR_KEY.test(label)) ||
  (/^\/[\w-]+$/.test(inner) && /^[\w-]+(?:=|$)/.test(label))

/** Unescaped brackets, which a label cannot contain (CommonMark 0.31, 6.3). */
const BRACKETS = /(?<!\\)[[\]]/

/** A character class such as `a-zA-Z0-9_`, but not `e-mail`; the lookahead prevents backtracking. */
const RANGE =
  /^\^?(?=((?:a-[a-z]|[b-z]-z|A-[A-Z]|[B-Z]-Z|\d-\d|\\?[^\s\\\p{L}\d]-\\?[^\s\\\p{L}\d])+))\1[\d_$.\\-]*$|^\\[dwsDWS]/u

/** `argv[0][1]`, `string[][]`, `[a-z][0-9]*`, `vault://[NAME][URI]`: code without code markup. */
function isIndex(text: string, pair: Pair, inner: string, label: string): boolean {
  if (pair.isImage) return false
  if (inner === '' || (/^[\d\s]*$/.test(inner) && /^[\d\s]*$/.test(label))) return true
  if (RANGE.test(inner) && (label === '' || RANGE.test(label) || /^\W+$/.test(label))) return true
  return (
    /(?:[\w$)\]`]|:\/\/)$/.test(text.slice(Math.max(0, pair.start - 3), pair.start)) &&
    /^[\w$.'"+*/:-]*$/.test(inner) &&
    /^[\w$.'"+*/:-]*$/.test(label)
  )
}

/** Join a label that spans lines of a block quote, without the markers: `a\n> b` → `a b`. */
export const unquoted = (label: string) => label.replace(/\r?\n[ \t]*(?:>[ \t]?)*/g, ' ')

/** The scope of an entry in a changelog: `**lint:** `. */
const SCOPE = /^(\*\*|__)[^*_\n]+:?\1:?[ \t]+$/
const LONGEST_SCOPE = 80

/** Does a bracket begin a block, behind a scope if any: `**lint:** [a][b] …`? */
export const leadsBlock = (text: string, block: Span, {start}: Span): boolean =>
  start === block.start ||
  (start - block.start <= LONGEST_SCOPE && SCOPE.test(text.slice(block.start, start)))

/**
 * The reference that a bracket forms if no definition matches.
 *
 * @param listStart The start of the list that it leads an item of; -1 if it leads none.
 */
export function unresolvedReference(bracket: Bracket, listStart: number): Reference {
  const label = copyString(bracket.label)
  const {start, end, kind, image, hasAttributeList, labelSpan} = bracket
  const identifier = normalizeLabel(label)
  const reference: Reference = {
    start,
    end,
    kind,
    image,
    label,
    identifier,
    defined: false,
    hasAttributeList,
    listStart,
  }
  if (bracket.isFollowedByText) reference.isFollowedByText = true
  if (bracket.tag !== undefined) reference.tag = normalizeLabel(unquoted(bracket.tag))
  if (labelSpan) reference.labelSpan = labelSpan
  return reference
}
