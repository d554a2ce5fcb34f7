import type {Html, Nodes, Parents, Root, Text} from 'mdast'
import {visit} from 'unist-util-visit'
import {endOf, lastStartingBy, startOf} from '../page/node-positions.ts'
import type {Span} from '../text/span.ts'

/** A word of a comment, and where it stands. */
export interface Word extends Span {
  text: string
}

/** A comment that is, or may be meant, for doccheck. */
export interface LintComment extends Span {
  /** What it begins with: `lint`, or what somebody wrote instead of it together with the keyword. */
  marker: Word
  /** The keyword and the names of rules; what follows ` -- ` is a description. */
  words: Word[]
  /** Where what follows the comment ends; nothing where nothing does. */
  scopeEnd?: number | undefined
  /** It never ends. */
  isUnclosed?: true
  /** It is one of MDX. */
  isMdx?: true
}

/** The words that may follow `lint`. */
export const KEYWORDS: readonly string[] = ['disable', 'enable', 'ignore']

/** `lint` and its keyword, or both as one word, as other linters have it, or with the name of doccheck. */
const SIGN = /^\s*(?:(lint)(?=\s|$)|((?:lint|doccheck)[\s:-]*(?:disable|enable|ignore)(?![\w-])))/

/**
 * The comments of a page: `<!-- lint disable no-broken-link -->`, and in MDX those between `{/*` and `*\/}`, too. Code
 * has none.
 *
 * @param tree The page read as Markdown.
 */
export function lintComments(text: string, tree: Root, isMdx: boolean): LintComment[] {
  const found: LintComment[] = []
  const after = siblingsAfter()
  visit(tree, (node, index, parent) => {
    if (node.type === 'html') {
      const behind = () => (parent ? after(parent, index! + 1) : undefined)
      for (const comment of inHtml(text, node, behind)) found.push(comment)
    } else if (node.type === 'text') for (const comment of openInText(text, node)) found.push(comment)
  })
  if (isMdx) for (const comment of inMdx(text, tree)) found.push(comment)
  return found.sort((a, b) => a.start - b.start)
}

/** One comment, with what stands between its marks; nothing where it is for somebody else. */
function read(text: string, {start, end}: Span, body: Span): LintComment | undefined {
  const sign = SIGN.exec(text.slice(body.start, body.end))
  if (!sign) return
  const behind = body.start + sign[0].length
  const first = sign[1] ?? sign[2]!
  const words: Word[] = []
  // Within a quotation each line begins with `>`.
  for (const {0: word, index} of text.slice(behind, body.end).matchAll(/[^\s>]\S*/g)) {
    if (word === '--') break
    words.push({text: word, start: behind + index, end: behind + index + word.length})
  }
  return {start, end, marker: {text: first, start: behind - first.length, end: behind}, words}
}

/**
 * The comments of one node of HTML, which may hold several, and elements.
 *
 * @param behind Where the next node ends.
 */
function inHtml(text: string, node: Html, behind: () => number | undefined): LintComment[] {
  const found: LintComment[] = []
  const end = endOf(node)
  // A page may have thousands of elements, and is not searched to its end for each of them.
  const html = text.slice(0, end)
  let contentEnd = 0
  let at = startOf(node)
  while (at < end) {
    const start = html.indexOf('<!--', at)
    const stop = start < 0 ? end : start
    if (text.slice(at, stop).trim() !== '') contentEnd = stop
    if (stop === end) break
    const close = html.indexOf('-->', start + 4)
    const isUnclosed = close < 0
    at = isUnclosed ? end : close + 3
    const comment = read(text, {start, end: at}, {start: start + 4, end: isUnclosed ? end : close})
    if (comment) found.push(isUnclosed ? {...comment, isUnclosed} : comment)
  }
  for (const comment of found) comment.scopeEnd = comment.end < contentEnd ? end : behind()
  return found
}

/** Within a paragraph a comment that never ends is plain text. */
function* openInText(text: string, node: Text): Generator<LintComment> {
  const end = endOf(node)
  const source = text.slice(startOf(node), end)
  const at = source.lastIndexOf('<!--')
  const start = startOf(node) + at
  if (at < 0 || text[start - 1] === '\\' || source.includes('-->', at)) return
  const comment = read(text, {start, end}, {start: start + 4, end})
  if (comment) yield {...comment, isUnclosed: true}
}

/** The comments of MDX, which Markdown takes for text. */
function inMdx(text: string, tree: Root): LintComment[] {
  const found: LintComment[] = []
  const code = fences(text, tree)
  let passed = 0
  const opening = /\{\s*\/\*/g
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const {index: start} = open
    while (passed < code.length && code[passed]!.end <= start) passed++
    if (passed < code.length && code[passed]!.start <= start) {
      opening.lastIndex = code[passed]!.end
      continue
    }
    const body = {start: opening.lastIndex, end: text.indexOf('*/', opening.lastIndex)}
    const isUnclosed = body.end < 0
    if (isUnclosed) body.end = text.length
    const end = isUnclosed ? text.length : braceBehind(text, body.end + 2)
    const comment = read(text, {start, end}, body)
    if (comment) found.push({...comment, isMdx: true, ...(isUnclosed && {isUnclosed})})
    opening.lastIndex = end
  }
  for (const [index, comment] of [...found.entries()].reverse()) {
    const next = found[index + 1]
    comment.scopeEnd =
      next && text.slice(comment.end, next.start).trim() === ''
        ? next.scopeEnd
        : scopeEndIn(tree, text, comment.end)
  }
  return found
}

/** Behind the brace that closes an expression, where nothing but space stands before it. */
function braceBehind(text: string, from: number): number {
  const space = /\s*/y
  space.lastIndex = from
  space.exec(text)
  return text[space.lastIndex] === '}' ? space.lastIndex + 1 : from
}

/** What MDX takes for code, too: it has none that is only indented. */
function fences(text: string, tree: Root): Span[] {
  const found: Span[] = []
  visit(tree, ['code', 'inlineCode', 'yaml', 'toml'], (node) => {
    const start = startOf(node)
    if (node.type !== 'code' || text[start] === '`' || text[start] === '~')
      found.push({start, end: endOf(node)})
  })
  return found
}

/** The end of the block that has more behind an offset, or else of the block behind it. */
function scopeEndIn(parent: Parents, text: string, offset: number): number | undefined {
  const {children} = parent
  const at = lastStartingBy(children, offset - 1)
  const block = children[at]
  const next = children[at + 1]
  const end = block && endOf(block)
  if (end !== undefined && end > offset && text.slice(offset, end).trim() !== '')
    return 'children' in block! && block.type !== 'paragraph' && block.type !== 'heading'
      ? (scopeEndIn(block, text, offset) ?? end)
      : end
  return next && endOf(next)
}

/** Tells where the first node ends, from one of a parent's children on, that a comment can be about. */
function siblingsAfter(): (parent: Parents, from: number) => number | undefined {
  const known = new Map<Parents, (number | undefined)[]>()
  return (parent, from) => {
    let ends = known.get(parent)
    if (!ends) {
      ends = new Array(parent.children.length + 1)
      for (const [index, child] of [...parent.children.entries()].reverse())
        ends[index] = isBlank(child) ? ends[index + 1] : endOf(child)
      known.set(parent, ends)
    }
    return ends[from]
  }
}

/** Nothing that a comment could be about: spaces, or further comments. */
function isBlank(node: Nodes): boolean {
  if (node.type === 'text') return node.value.trim() === ''
  if (node.type !== 'html') return false
  const {value} = node
  let at = 0
  for (let start = value.indexOf('<!--'); start >= 0; start = value.indexOf('<!--', at)) {
    if (value.slice(at, start).trim() !== '') return false
    const close = value.indexOf('-->', start)
    if (close < 0) return true
    at = close + 3
  }
  return value.slice(at).trim() === ''
}
