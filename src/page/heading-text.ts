import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {forwardSearch} from './forward-search.ts'
import {type Arena, TYPE} from './parser.ts'
import type {Syntax} from './syntax.ts'
import type {Heading} from './types.ts'

/** XML's characters for the start of a name, and a name (XML 1.0, productions 4 and 5). */
const NAME_START =
  ':A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff\\u200c\\u200d\\u2070-\\u218f' +
  '\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd\\u{10000}-\\u{effff}'
const NAME = `[${NAME_START}][${NAME_START}.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040-]*`
/** kramdown's header ID, an XML name; an attribute list in its place is text. */
const HEADER_ID = new RegExp(`^${NAME}$`, 'u')
const BRACES = ['{', '}'] as const

/**
 * The last line of a heading's source without its markers: `## A *b*` → `A *b*`, and of a Setext heading
 * `> a\n> b\n> ===` → `b`.
 */
export function headingSource(source: string): string {
  const lines = source.split(/\r\n?|\n/)
  if (lines.length === 1) return source.replace(/^#{1,6}(?:[ \t]+|$)/, '')
  return lines.at(-2)!.replace(/^[ \t]*(?:>[ \t]*)*/, '')
}

/** The ID in braces, or other delimiters, at the end of a heading's text: `Text {#id}` → `{id: 'id', textWithoutId: 'Text'}`. */
export function trailingId(
  text: string,
  [open, close]: Syntax['attributeDelimiters'] = BRACES,
): Required<Pick<Heading, 'id' | 'textWithoutId'>> | undefined {
  if (!text.endsWith(close)) return
  const start = text.lastIndexOf(`${open}#`)
  const kept = start < 0 ? start : endWithoutBlanks(text, start)
  if (kept === start) return
  const id = text.slice(start + open.length + 1, -close.length)
  return HEADER_ID.test(id) ? {id, textWithoutId: text.slice(0, kept)} : undefined
}

/** The end of the text before an offset, without trailing spaces and tabs. */
function endWithoutBlanks(text: string, end: number): number {
  let at = end
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  return at
}

/**
 * The content of a comment at the end of a heading's source, in HTML or in the braces of MDX:
 * `## Text <!-- note -->` → `note`. Of several openings, the first that reaches the end counts.
 */
function trailingComment(source: string): string | undefined {
  const text = source.slice(0, endWithoutBlanks(source, source.length))
  if (text.endsWith('-->')) return commentTo(text, text.length - 3, /<!--/g)
  const inner = text.endsWith('}') ? text.slice(0, -1).trimEnd() : ''
  return inner.endsWith('*/') ? commentTo(inner, inner.length - 2, /\{\s*\/\*/g, /\*\//g) : undefined
}

/**
 * The content of a comment that ends at an offset and begins on the same line.
 *
 * @param closing A delimiter that must not occur in the content.
 */
function commentTo(text: string, end: number, opening: RegExp, closing?: RegExp): string | undefined {
  const lastLine = Math.max(...LINE_ENDS.map((lineEnd) => text.slice(0, end).trimEnd().lastIndexOf(lineEnd)))
  const next = closing && forwardSearch(text, closing)
  for (const match of text.matchAll(opening)) {
    const start = match.index + match[0].length
    if (start > end) return
    WORD.lastIndex = start
    const word = WORD.exec(text)!.index
    if (word > lastLine && (!next || next(start)?.index === end)) return text.slice(start, end).trim()
  }
  return
}

const LINE_ENDS = ['\n', '\r', '\u2028', '\u2029']
const WORD = /\S/g

/** A heading's text without the comment at its end: `Text {/* note *\/}` → `Text`. */
const textWithoutComment = (text: string): string => text.slice(0, startOfComment(text)).trimEnd()

/** The start of a comment at the end of a heading's text; the text's end if there is none. */
function startOfComment(text: string): number {
  const brace = text.lastIndexOf('{')
  const html = text.indexOf('<!--', brace + 1)
  const isComment = brace >= 0 && /^\s*\/\*/.test(text.slice(brace + 1))
  if (isComment) return brace
  return html >= 0 ? html : text.length
}

/** The text of a span of HTML, without tags and comments: `<b>a</b><!-- c --> d` → `a d`. */
export function textOfHtml(html: string): string {
  const endOfComment = forwardSearch(html, /-->/g)
  const endOfTag = forwardSearch(html, />/g)
  let text = ''
  let done = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const comment = html.startsWith('<!--', at) ? endOfComment(at + 4) : undefined
    const end = comment ? comment.index + 3 : (endOfTag(at + 1)?.index ?? Number.POSITIVE_INFINITY) + 1
    if (end > html.length) break
    text += html.slice(done, at)
    done = at = end
  }
  return text + html.slice(done)
}

/**
 * The text of a node, with its character references as written if the syntax keeps them: `A &rarr; B` of `A &rarr; B`,
 * not `A → B`. Text of several lines is the rendered one.
 */
export function textOf(arena: Arena, node: number, text: string, {keepsReferences}: Syntax): string {
  const source = keepsReferences ? text.slice(arena.start(node), arena.end(node)) : ''
  if (!source.includes('&') || /[\r\n]/.test(source)) return arena.value(node)
  return source.replace(/\\([!-/:-@[-`{-~])/g, (_, escaped) => (escaped === '&' ? '&amp;' : escaped))
}

/** Add the content of a code span to a heading. */
export function addCode(heading: Heading, value: string): void {
  heading.code ??= []
  heading.code.push({start: heading.text.length, end: heading.text.length + value.length})
  heading.text += value
}

/** Add tags of HTML, or an expression of MDX, to a heading with whose text they are read. */
export function addMarkup(heading: Heading | undefined, source: string, {start, end}: Span): void {
  if (heading) heading.text += source.slice(start, end)
}

/** Add the text at the end of a heading, if an id in brackets may be in it. */
export function addLastText(heading: Heading, arena: Arena, node: number): void {
  if (!heading.text.includes('[#')) return
  const last = arena.lastChild(node)
  if (last !== undefined && arena.type(last) === TYPE.text) heading.lastText = copyString(arena.value(last))
}

/** Add the description of an image to a heading; it is not part of the heading's text. */
export function addAlt(heading: Heading, text: string): void {
  heading.imageAlts ??= []
  heading.imageAlts.push({at: heading.text.length, text})
}

/**
 * Record the parts at the end of a heading that are not text:
 * an id, `## Text {#id}`, or a comment, `## Text {/* note *\/}`.
 */
export function addEnd(heading: Heading, source: string, {attributeDelimiters}: Syntax): void {
  const trailing = trailingId(heading.text, attributeDelimiters)
  if (trailing) {
    heading.id = trailing.id
    heading.textWithoutId = trailing.textWithoutId
    return
  }
  const comment = trailingComment(source)
  if (comment === undefined) return
  heading.comment = copyString(comment)
  heading.textWithoutId = textWithoutComment(heading.text)
}
