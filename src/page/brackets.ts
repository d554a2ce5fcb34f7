import {firstNot} from '../text/sorted.ts'
import type {Span} from '../text/span.ts'
import {forwardSearch} from './forward-search.ts'
import type {Bracket} from './types.ts'

interface Pair extends Span {
  image: boolean
  /** Holds another pair. */
  nested: boolean
}

/**
 * Find brackets in text that would be a reference if a definition existed (CommonMark 0.31, 6.3 and 6.4).
 *
 * Escapes, wiki-links, footnotes, task list boxes, math and what looks like an array index are left out: they are
 * no references on any platform.
 *
 * @param block The paragraph, heading or cell.
 * @param segments The stretches of plain text in it, in order; what stands between them is opaque.
 * @param inMath Tells what of the block is math, see {@link mathIn}.
 */
export function unresolvedBrackets(
  text: string,
  block: Span,
  segments: Span[],
  inMath: (pair: Span) => boolean,
): Bracket[] {
  const pairs = pairUp(text, segments)
  if (pairs.length === 0) return []
  const byStart = new Map(pairs.map((pair) => [pair.start, pair]))
  const used = new Set<Pair>()
  const found: Bracket[] = []
  for (const pair of pairs) {
    if (used.has(pair) || inMath(pair)) continue
    if (isWiki(text, pair) || byStart.get(pair.start - 1)?.end === pair.end + 1) continue
    const next = byStart.get(pair.end)
    const start = pair.image ? pair.start - 1 : pair.start
    const inner = text.slice(pair.start + 1, pair.end - 1)
    const lead = start === block.start
    const bracket = (kind: Bracket['kind'], label: string, end: number, labelAt: Span): Bracket => ({
      start,
      end,
      kind,
      image: pair.image,
      label: oneLine(label).trim(),
      lead,
      attributes: text.startsWith('{:', end),
      list: -1,
      ...(inner !== label &&
        inner.length < LONGEST &&
        FOLLOWED.test(text.slice(end, end + 3)) &&
        !isAlike(inner, label) && {followed: true as const}),
      labelAt,
    })
    if (next && !next.image && !next.nested) {
      const label = text.slice(next.start + 1, next.end - 1)
      used.add(next)
      // Behind another reference, as in `[English][en][Deutsch][de]`, no index begins.
      const isBehind = found.at(-1)?.end === pair.start
      if ((!isBehind && isIndex(text, pair, inner, label)) || label.startsWith('^')) continue
      if (label === '') {
        if (inner.trim() && !pair.nested && !BRACKETS.test(inner))
          found.push(bracket('collapsed', inner, next.end, {start: next.start + 1, end: next.start + 1}))
      } else if (label.trim() && label.length < LONGEST && !BRACKETS.test(label) && !isCall(inner, label))
        found.push(bracket('full', label, next.end, {start: next.start + 1, end: next.end - 1}))
      continue
    }
    // An inline link that failed to be one, a definition's place, a footnote or a box is another matter.
    if (text[pair.end] === '(' || (text[pair.end] === ':' && lead)) continue
    if (pair.nested || BRACKETS.test(inner) || !inner.trim() || inner.length >= LONGEST) continue
    if (/^\^|^[xX]$/.test(inner.trim())) continue
    found.push(bracket('shortcut', inner, pair.end, {start: pair.end, end: pair.end}))
  }
  return found
}

/** No label is as long as this (CommonMark 0.31, 6.3), and no word that sorts. */
const LONGEST = 1000

/** Words, at once or behind a space or a colon. */
const FOLLOWED = /^(?::|[ \t]*[\p{L}\p{N}])/u

/** Is one of two texts the other one, or part of it, when marks and letter case do not count? */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''))
  return a!.includes(b!) || b!.includes(a!)
}

/** An attribute or a call in code: `[Optional][DefaultValue(0)]`. */
const isCall = (inner: string, label: string) =>
  /^\w+\([^()]*\)$/.test(label) && /^[\w.]+(?:\([^()]*\))?$/.test(inner)

/** No label holds brackets that are not escaped, as a link or an image in it would have (CommonMark 0.31, 6.3). */
const BRACKETS = /(?<!\\)[[\]]/

/** Match the brackets of the plain text; `end` is behind the closing one. Outer pairs come before the ones in them. */
function pairUp(text: string, segments: Span[]): Pair[] {
  const open: {start: number; image: boolean; nested: boolean}[] = []
  const pairs: Pair[] = []
  for (const segment of segments)
    for (let at = segment.start; at < segment.end; at++) {
      const char = text[at]
      if (char === '\\') at++
      else if (char === '[')
        open.push({start: at, image: text[at - 1] === '!' && text[at - 2] !== '\\', nested: false})
      else if (char === ']') {
        const top = open.pop()
        if (!top) continue
        pairs.push({...top, end: at + 1})
        const outer = open.at(-1)
        if (outer) outer.nested = true
      }
    }
  return pairs.sort((a, b) => a.start - b.start)
}

/** `[[page]]`, `[[_TOC_]]`, `[[page][label]]`. */
const isWiki = (text: string, {start, end}: Pair) =>
  (text[start + 1] === '[' && text[end - 2] === ']') || (text[start - 1] === '[' && text[end] === ']')

/** Characters of an expression, such as `a-zA-Z0-9_`; `e-mail` is none. What was taken for a range is not tried otherwise. */
const RANGE =
  /^\^?(?=((?:a-[a-z]|[b-z]-z|A-[A-Z]|[B-Z]-Z|\d-\d|\\?[^\s\\\p{L}\d]-\\?[^\s\\\p{L}\d])+))\1[\d_$.\\-]*$|^\\[dwsDWS]/u

/**
 * `argv[0][1]`, `string[][]`, `[a-z][0-9]*`: code that its author did not mark as such.
 */
function isIndex(text: string, pair: Pair, inner: string, label: string): boolean {
  if (pair.image) return false
  if (inner === '' || (/^[\d\s]*$/.test(inner) && /^[\d\s]*$/.test(label))) return true
  if (RANGE.test(inner) && (label === '' || RANGE.test(label) || /^\W+$/.test(label))) return true
  return (
    /[\w$)\]`]/.test(text[pair.start - 1] ?? '') &&
    /^[\w$.'"+*/:-]*$/.test(inner) &&
    /^[\w$.'"+*/:-]*$/.test(label)
  )
}

/** TeX math by pandoc's rule: no space inside the single dollars, no digit behind the closing one. */
const MATH = /\\\\[([]|\\.|\$\$|\$(?![\s$])(?:\\.|[^\\$])*?(?<!\s)\$(?!\d)/g

function mathSpans(text: string, {start, end}: Span): Span[] {
  const block = text.slice(start, end)
  if (!block.includes('$') && !block.includes('\\\\')) return []
  const ends = {
    '(': forwardSearch(block, /\\\\\)/g),
    '[': forwardSearch(block, /\\\\\]/g),
    $: forwardSearch(block, /\$\$/g),
  }
  const spans: Span[] = []
  const pattern = new RegExp(MATH)
  for (let match = pattern.exec(block); match; match = pattern.exec(block)) {
    const [found] = match
    if (found === '$$') pattern.lastIndex = (ends.$(pattern.lastIndex)?.index ?? block.length) + 2
    else if (/^\\\\[([]/.test(found)) {
      const close = ends[found[2] as '(' | '['](pattern.lastIndex)
      // Without an end it is a backslash, and a bracket.
      pattern.lastIndex = close ? close.index + 3 : match.index + 2
      if (!close) continue
    } else if (found[0] === '\\') continue
    spans.push({start: start + match.index, end: Math.min(end, start + pattern.lastIndex)})
  }
  return spans
}

/** Tells whether a stretch of a block is within math; the block is read when that is asked for the first time. */
export function mathIn(text: string, block: Span): (pair: Span) => boolean {
  let spans: Span[] | undefined
  return ({start, end}) => {
    spans ??= mathSpans(text, block)
    const around = spans[firstNot(spans, (span) => span.start <= start) - 1]
    return around !== undefined && end <= around.end
  }
}

/** A label over several lines without the markers of the block quotes around it. */
export const oneLine = (label: string) => label.replace(/\r?\n[ \t]*(?:>[ \t]?)*/g, ' ')
