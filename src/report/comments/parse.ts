import type {Html, Root, Text} from 'mdast'
import {visit} from 'unist-util-visit'
import {endOf, startOf} from '../../page/node-positions.ts'
import type {Span} from '../../text/span.ts'
import {nextSiblingEnds, scopeEndIn} from './scopes.ts'

/** A word of a comment and its position. */
export interface Word extends Span {
  text: string
}

/** A comment addressed to a linter, or probably meant to be. */
export interface LintComment extends Span {
  /** Its first word: `lint`, or a word for `lint` and the keyword, such as `lint-disable`. */
  marker: Word
  /** The keyword and the names of rules, without the description that follows ` -- `. */
  words: Word[]
  /** The end of the node that follows the comment; absent if there is none. */
  scopeEnd?: number | undefined
  isUnclosed?: true
  /** It is an expression of MDX: `{/* lint … *\/}` */
  isMdx?: true
}

/** The words that may follow `lint`. */
export const KEYWORDS: readonly string[] = ['disable', 'enable', 'ignore']

/** `lint` before its keyword; or both as one word, as in other linters, or after the name of doccheck. */
const MARKER = /^\s*(?:(lint)(?=\s|$)|((?:lint|doccheck)[\s:-]*(?:disable|enable|ignore)(?![\w-])))/

/**
 * The `lint` comments of a page, by position: HTML comments, `<!-- lint disable no-broken-link -->`, and in MDX also
 * expressions, `{/* lint disable no-broken-link *\/}`. Comments in code do not count.
 *
 * @param tree The page parsed as Markdown.
 */
export function lintComments(text: string, tree: Root, isMdx: boolean): LintComment[] {
  const found: LintComment[] = []
  const nextEnds = nextSiblingEnds()
  visit(tree, (node, index, parent) => {
    const nextEnd = () => (parent ? nextEnds(parent, index! + 1) : undefined)
    const own =
      node.type === 'html'
        ? inHtml(text, node, nextEnd)
        : node.type === 'text'
          ? unclosedInText(text, node)
          : []
    // A node may have more comments than a call may have arguments.
    for (const comment of own) found.push(comment)
  })
  if (isMdx) for (const comment of inMdx(text, tree)) found.push(comment)
  return found.sort((a, b) => a.start - b.start)
}

/** Parse one comment by the text between its delimiters; undefined if it is not addressed to a linter. */
function parseComment(text: string, {start, end}: Span, body: Span): LintComment | undefined {
  const match = MARKER.exec(text.slice(body.start, body.end))
  if (!match) return
  const markerEnd = body.start + match[0].length
  const marker = match[1] ?? match[2]!
  const words: Word[] = []
  // In a block quote each line begins with `>`.
  for (const {0: word, index} of text.slice(markerEnd, body.end).matchAll(/[^\s>]\S*/g)) {
    if (word === '--') break
    words.push({text: word, start: markerEnd + index, end: markerEnd + index + word.length})
  }
  return {
    start,
    end,
    marker: {text: marker, start: markerEnd - marker.length, end: markerEnd},
    words,
  }
}

/**
 * The comments of an HTML node, which may contain several comments and elements.
 *
 * @param nextEnd The end of the next node.
 */
function inHtml(text: string, node: Html, nextEnd: () => number | undefined): LintComment[] {
  const found: LintComment[] = []
  const end = endOf(node)
  // Sliced once, so that no search runs to the end of the page for each of thousands of nodes.
  const html = text.slice(0, end)
  let contentEnd = 0
  let at = startOf(node)
  while (at < end) {
    const start = html.indexOf('<!--', at)
    const contentStop = start < 0 ? end : start
    if (text.slice(at, contentStop).trim() !== '') contentEnd = contentStop
    if (start < 0) break
    const close = html.indexOf('-->', start + 4)
    const bodyEnd = close < 0 ? end : close
    at = Math.min(end, bodyEnd + 3)
    const comment = parseComment(text, {start, end: at}, {start: start + 4, end: bodyEnd})
    if (comment) found.push(withUnclosed(comment, close < 0))
  }
  for (const comment of found) comment.scopeEnd = comment.end < contentEnd ? end : nextEnd()
  return found
}

const withUnclosed = (comment: LintComment, isUnclosed: boolean): LintComment =>
  isUnclosed ? {...comment, isUnclosed} : comment

/** Within a paragraph, an unclosed comment is plain text. */
function unclosedInText(text: string, node: Text): LintComment[] {
  const end = endOf(node)
  const source = text.slice(startOf(node), end)
  const at = source.lastIndexOf('<!--')
  const start = startOf(node) + at
  if (at < 0 || text[start - 1] === '\\' || source.includes('-->', at)) return []
  const comment = parseComment(text, {start, end}, {start: start + 4, end})
  return comment ? [withUnclosed(comment, true)] : []
}

/** The comments in expressions of MDX, which are text to a Markdown parser. */
function inMdx(text: string, tree: Root): LintComment[] {
  const found = mdxComments(text, codeSpans(text, tree))
  for (const [index, comment] of [...found.entries()].reverse()) {
    const next = found[index + 1]
    comment.scopeEnd =
      next && text.slice(comment.end, next.start).trim() === ''
        ? next.scopeEnd
        : scopeEndIn(tree, text, comment.end)
  }
  return found
}

/** @param code The spans in which there are no comments, in order. */
function mdxComments(text: string, code: readonly Span[]): LintComment[] {
  const found: LintComment[] = []
  let passed = 0
  const opening = /\{\s*\/\*/g
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const {index: start} = open
    while (passed < code.length && code[passed]!.end <= start) passed++
    if (passed < code.length && code[passed]!.start <= start) {
      opening.lastIndex = code[passed]!.end
      continue
    }
    const close = text.indexOf('*/', opening.lastIndex)
    const end = close < 0 ? text.length : closingBraceEnd(text, close + 2)
    const body = {start: opening.lastIndex, end: close < 0 ? text.length : close}
    const comment = parseComment(text, {start, end}, body)
    if (comment) found.push(withUnclosed({...comment, isMdx: true}, close < 0))
    opening.lastIndex = end
  }
  return found
}

/** The end of the brace that closes an expression, if only whitespace precedes it. */
function closingBraceEnd(text: string, from: number): number {
  const space = /\s*/y
  space.lastIndex = from
  space.exec(text)
  return text[space.lastIndex] === '}' ? space.lastIndex + 1 : from
}

/** The code and front matter of a page in MDX, which has no indented code. */
function codeSpans(text: string, tree: Root): Span[] {
  const found: Span[] = []
  visit(tree, ['code', 'inlineCode', 'yaml', 'toml'], (node) => {
    const start = startOf(node)
    if (node.type !== 'code' || text[start] === '`' || text[start] === '~')
      found.push({start, end: endOf(node)})
  })
  return found
}
