import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {type ForwardSearch, forwardSearch} from './forward-search.ts'
import {endOfExpression, endOfStatements, javascriptTokens, type NextToken} from './mdx-javascript.ts'
import {codeSpans} from './template/code-spans.ts'
import type {Link} from './types.ts'
import {type FileImport, markUnused} from './unused-imports.ts'

/** A page's text with its JavaScript covered; offsets are unchanged. */
export interface CoveredMdx {
  text: string
  /** Code that adds blocks which doccheck cannot see: imported pages, expressions that create elements. */
  opaque: string[]
  /** The module that each name is imported from. */
  imports: Map<string, string>
  /** The imported modules that are files: paths from the page, or from a folder with an alias. */
  modules: Link[]
  /** The code in braces. */
  expressions: Span[]
  /** The first HTML comment. */
  comment?: Span
  /** The offset of a brace or comment that is never closed, at which the text ends. */
  unclosed?: number
  /** Imports and exports. */
  statements: Span[]
}

/**
 * Fences, code spans, HTML comments, statements, ends of directives, and braces that open an expression; escapes and
 * quoted values of attributes are skipped.
 */
const CODE =
  /\\.|=(?:"[^"\n]*"|'[^'\n]*')|^[ \t>*+-]*(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*|(`+)|<!--|^((?:import|export)(?=[ {*'"]))|^[ \t]*:{3,}[ \t]*$|\{/gm
/** The module of an import. */
const MODULE = /['"]([^'"\n]+)['"]/y
/** The names that an import binds: `a`, `* as a`, and in braces `a` or `b as a`. */
const IMPORTED = /(?:[\w$]+\s+as\s+|\*\s*as\s+)?([\w$]+)/g
/** A module that is a file, rather than in a package. */
const FILE_MODULE = /^(?:\.{1,2}|@site|[@~])\//
/** A fence that hides MDX from translation tools; Docusaurus removes it. */
const WRAPPER = /^ *(`{3,4}) *mdx-code-block(?=\r?\n)/gm
/** An expression that may create elements with ids. */
const ELEMENTS = /\bid=|<[A-Z]/
/** The attribute of Astro that takes an expression with HTML. */
const SET_HTML = /\sset:html=$/
const SET_HTML_LENGTH = ' set:html='.length

/**
 * Cover the JavaScript of MDX with text of the same length that any MDX parser accepts: statements become blank, an
 * expression `{a + b}` becomes `{a }`, and so do HTML comments, which Docusaurus allows. Code blocks and code spans are
 * kept.
 *
 * @param start The end of the front matter.
 */
export function coverMdx(source: string, start: number): CoveredMdx {
  const rest = source.slice(start)
  const cover = new MdxCover(rest.includes('mdx-code-block') ? withoutWrappers(rest) : rest, start)
  const unclosed = cover.cover()
  const {text, opaque, imports, modules, expressions, comment, statements} = cover
  return {
    text: source.slice(0, start) + text,
    opaque,
    imports,
    modules,
    expressions,
    statements,
    ...(comment && {comment}),
    ...(unclosed !== undefined && {unclosed: start + unclosed}),
  }
}

class MdxCover {
  readonly opaque: string[] = []
  readonly imports = new Map<string, string>()
  readonly expressions: Span[] = []
  comment: Span | undefined
  readonly statements: Span[] = []
  /** The covered text up to {@link #done}. */
  text = ''
  readonly #files: FileImport[] = []
  readonly #source: string
  /** The offset of the source in the page. */
  readonly #offset: number
  readonly #nextToken: NextToken
  readonly #endOfCode: (from: number, ticks: number) => number
  /** The offset up to which the source is covered. */
  #done = 0

  constructor(source: string, offset: number) {
    this.#source = source
    this.#offset = offset
    this.#nextToken = javascriptTokens(source)
    this.#endOfCode = codeSpans(source)
  }

  /** @returns the offset of a brace or comment that is never closed, which the parser would take very long to find */
  cover(): number | undefined {
    const source = this.#source
    CODE.lastIndex = 0
    for (let match = CODE.exec(source); match; match = CODE.exec(source)) {
      const end = this.#endOf(match, CODE.lastIndex)
      if (end === undefined) {
        this.text += source.slice(this.#done, match.index)
        return match.index
      }
      CODE.lastIndex = end
    }
    this.text += source.slice(this.#done)
    return
  }

  /** The imported modules that are files. */
  get modules(): Link[] {
    const codeOf = ({start, end}: Span) => this.#source.slice(start - this.#offset, end - this.#offset)
    const [expressions, statements] = [this.expressions.map(codeOf), this.statements.map(codeOf)]
    markUnused(this.#files, this.#source, {expressions, statements})
    return this.#files.map(({link}) => link)
  }

  /**
   * The end of the code that begins with a match.
   *
   * @param from The offset after the match.
   */
  #endOf(match: RegExpExecArray, from: number): number | undefined {
    const [found, fence, ticks, statement] = match
    if (found.startsWith('\\') || found.startsWith('=')) return from
    if (fence !== undefined) return endOfFence(this.#source, from, fence)
    if (ticks !== undefined) return this.#endOfCode(from, ticks.length)
    if (statement !== undefined) return this.#startsBlock(match.index) ? this.#statements(match.index) : from
    if (found === '<!--') return this.#comment(match.index)
    if (found === '{') return this.#expression(match.index)
    // Without the directive, its last line would belong to a list before it, as would the tag in the next one.
    this.#replace(match.index, from, blank(found))
    return from
  }

  /** May statements begin at an offset: at the start of a block, or right after other statements? */
  #startsBlock(index: number): boolean {
    return this.#done === index || index === 0 || this.#source[index - 1] === '\n'
  }

  #statements(start: number): number {
    const end = endOfStatements(this.#nextToken, start) ?? this.#source.length
    const code = this.#source.slice(start, end)
    this.statements.push(this.#spanOf(start, end))
    for (const {names, from, at, length} of importsIn(code)) {
      if (FILE_MODULE.test(from))
        this.#files.push({link: moduleLink(from, this.#offset + start + at, length), names})
      if (/\.mdx?$/.test(from)) this.opaque.push(copyString(`import ${from}`))
      for (const [, name] of names.matchAll(IMPORTED)) this.imports.set(copyString(name!), copyString(from))
    }
    this.#replace(start, end, blank(code))
    return end
  }

  #comment(start: number): number | undefined {
    const close = this.#source.indexOf('-->', start)
    if (close < 0) return
    const end = close + 3
    const comment = this.#source.slice(start, end)
    this.comment ??= this.#spanOf(start, end)
    // In a heading it must stay inline.
    this.#replace(start, end, comment.includes('\n') ? blank(comment) : `{a${blank(comment.slice(3))}}`)
    return end
  }

  #expression(start: number): number | undefined {
    const close = endOfExpression(this.#nextToken, start)
    if (close === undefined) return
    const code = this.#source.slice(start + 1, close)
    this.expressions.push(this.#spanOf(start, close + 1))
    const isHtml = SET_HTML.test(this.#source.slice(Math.max(0, start - SET_HTML_LENGTH), start))
    if (ELEMENTS.test(code) || (isHtml && !/^\s*["']/.test(code))) this.opaque.push('an expression')
    this.#replace(start + 1, close, coveredExpression(code))
    return close + 1
  }

  #spanOf = (start: number, end: number): Span => ({start: this.#offset + start, end: this.#offset + end})

  #replace(start: number, end: number, covered: string): void {
    this.text += this.#source.slice(this.#done, start) + covered
    this.#done = end
  }
}

/** An import of a module: its names, and its specifier with the place at which that is written. */
interface Import {
  /** Whatever precedes the specifier's quote. */
  names: string
  from: string
  at: number
  length: number
}

/** The imports in statements. */
function importsIn(code: string): Import[] {
  const quote = forwardSearch(code, /['"]/g)
  const next = forwardSearch(code, /^import\s/gm)
  const found: Import[] = []
  for (let match = next(0); match; ) {
    const start = match.index + match[0].length
    const end = quote(start)?.index
    if (end === undefined) break
    MODULE.lastIndex = end
    const from = MODULE.exec(code)
    // Translation services escape what Markdown would: `'./\_part.mdx'`.
    if (from)
      found.push({
        names: code.slice(start, end),
        from: from[1]!.replace(/\\([^a-z\d])/gi, '$1'),
        at: end + 1,
        length: from[1]!.length,
      })
    match = next(from ? MODULE.lastIndex : start)
  }
  return found
}

function moduleLink(specifier: string, start: number, length: number): Link {
  const target = {start, end: start + length}
  return {...target, url: copyString(specifier), target, kind: 'module'}
}

/** The text with the lines of wrapping fences blanked, and their content restored. */
function withoutWrappers(text: string): string {
  const ends: Record<string, ForwardSearch> = {
    '```': forwardSearch(text, /\n *```(?=\r?\n|$)/g),
    '````': forwardSearch(text, /\n *````(?=\r?\n|$)/g),
  }
  const next = forwardSearch(text, WRAPPER)
  let unwrapped = ''
  let done = 0
  for (let match = next(0); match; ) {
    const from = match.index + match[0].length
    const end = ends[match[1]!]!(from)
    if (end) {
      // The line break before the closing fence ends the content's last line.
      unwrapped +=
        text.slice(done, match.index) + blank(match[0]) + text.slice(from, end.index) + blank(end[0])
      done = end.index + end[0].length
    }
    match = next(end ? done : from)
  }
  return unwrapped + text.slice(done)
}

/** Blank text of the same length: `a + b` → five spaces. */
const blank = (text: string) => text.replace(/[^\r\n]/g, ' ')

/** An expression as long as the code: `a + b` → `a    `, `...props` → `...a    `; empty code stays empty. */
function coveredExpression(code: string): string {
  const spread = /^\s*\.\.\./.exec(code)?.[0] ?? ''
  const [, before, first, inner = '', last = '', after] =
    /^(\s*)(\S)(?:([\s\S]*)(\S))?(\s*)$/.exec(code.slice(spread.length)) ?? []
  if (first === undefined) return code
  const isOnOneLine = !inner.includes('\n')
  const covered = isOnOneLine ? `a${blank(inner + last)}` : `\`${literalOf(inner)}\``
  return spread + before + covered + after
}

/**
 * The content of a template literal as long as the code. Its lines are as blank as those of the code, and keep the markers
 * of block quotes, since either ends blocks.
 */
const literalOf = (code: string) =>
  code.replace(/^([ \t>]*)([^\r\n]*)/gm, (_, start: string, rest: string) => start + 'a'.repeat(rest.length))

/** The offset after the line that closes a fence; the end of the text if there is none. */
function endOfFence(text: string, from: number, fence: string): number {
  FENCE_END.lastIndex = from
  for (let match = FENCE_END.exec(text); match; match = FENCE_END.exec(text))
    if (match[1]!.startsWith(fence)) return FENCE_END.lastIndex
  return text.length
}

const FENCE_END = /^[ \t>]*(`{3,}|~{3,})[ \t\r]*$/gm
