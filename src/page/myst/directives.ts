import type {Span} from '../../text/span.ts'
import {VERBATIM} from './names.ts'

/** A directive: a fence that begins with its name in braces. */
export interface Directive {
  name: string
  /** The marks and the name: ```` ```{figure} ````. */
  opening: Span
  /** The rest of its first line. */
  argument: Value
  options: Option[]
  /** The lines between the first line and the options, if these are YAML between lines of hyphens, and of all options. */
  optionLines: Span[]
  /** The lines of the body. */
  body: Span
  /** The closing marks; absent if the directive ends with its container. */
  closing?: Span
  /** The mark of code in the body that is not closed, so that it ends with the directive. */
  openCode?: string
  /** Its marks are colons. */
  isColon: boolean
}

/** A text and its place in the page. */
export interface Value extends Span {
  text: string
}

/** An option: `:name: value`, or `name: value` in YAML. */
export interface Option extends Value {
  name: string
}

/** A fence at the start of a line, in quotes and lists. */
const FENCE = /^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(`{3,}|~{3,}|:{3,})/
const COMMENT = /^ {0,3}%/
const DIRECTIVE = /^[ \t]*\{([^{}\s]+)\}/
const OPTION = /^([ \t>]*):([\w-]+):(?=[ \t]|$)/
const YAML_OPTION = /^([ \t>]*)([\w-]+):(?=[ \t])/
const HYPHENS = /^[ \t>]*---[ \t]*$/

/** More fences than any page has inside each other. */
const DEEPEST = 50

/** A fence that is open: of a directive, or of code. */
interface Open {
  marks: string
  isVerbatim: boolean
  directive?: Directive
}

/** A line without its ending, and its place in the page. */
interface Line extends Span {
  text: string
}

/**
 * Find the directives of a page, in text order, also those in the bodies of others, and the comments.
 *
 * @param hasColons Whether the extension `colon_fence` is enabled, so that `:::{note}` begins a directive as well.
 */
export const directivesIn = (source: string, hasColons: boolean): Pick<Scan, 'directives' | 'comments'> =>
  source.includes('{') ? new Scan(source, hasColons) : {directives: [], comments: []}

class Scan {
  readonly directives: Directive[] = []
  /** Lines that begin with a percent sign. */
  readonly comments: Span[] = []
  readonly #lines: readonly Line[]
  readonly #hasColons: boolean
  readonly #open: Open[] = []
  #at = 0
  #isComment = false

  constructor(source: string, hasColons: boolean) {
    this.#lines = linesOf(source)
    this.#hasColons = hasColons
    while (this.#at < this.#lines.length) this.#line(this.#lines[this.#at++]!)
    for (const {directive} of this.#open) if (directive) directive.body.end = source.length
  }

  #line(line: Line): void {
    const isVerbatim = this.#open.at(-1)?.isVerbatim ?? false
    if (!isVerbatim && this.#inComment(line.text)) return
    if (!isVerbatim && COMMENT.test(line.text)) this.comments.push({start: line.start, end: line.end})
    const [fence, indent, marks] = FENCE.exec(line.text) ?? []
    if (marks === undefined || (marks[0] === ':' && !this.#hasColons)) return
    const rest = line.text.slice(fence!.length)
    if (rest.trim() === '' && this.#close(marks, line, indent!.length)) return
    // The info of a fence of backticks contains none.
    if (!isVerbatim && this.#open.length < DEEPEST && !(marks[0] === '`' && rest.includes('`')))
      this.#begin(line, indent!, marks, rest)
  }

  /** Is a line part of an HTML comment that began at the start of a line? */
  #inComment(text: string): boolean {
    const isStart = !this.#isComment && /^[ \t>]*<!--/.test(text)
    if (!isStart && !this.#isComment) return false
    this.#isComment = !text.includes('-->')
    return true
  }

  /** Close the outermost fence that marks close, and with it those inside. */
  #close(marks: string, line: Line, indent: number): boolean {
    const index = this.#open.findIndex((each) => marks.startsWith(each.marks))
    if (index < 0) return false
    const closed = this.#open.splice(index)
    const code = closed.find(({directive}) => !directive)
    for (const {directive} of closed) {
      if (!directive) continue
      directive.body.end = line.start
      directive.closing ??= {start: line.start + indent, end: line.end}
      if (code) directive.openCode = code.marks[0]!
    }
    return true
  }

  #begin(line: Line, indent: string, marks: string, rest: string): void {
    const [braces, name] = DIRECTIVE.exec(rest) ?? []
    if (name === undefined) {
      // Three colons without a name close or open nothing that is known.
      if (marks[0] !== ':') this.#open.push({marks, isVerbatim: true})
      return
    }
    const start = line.start + indent.length
    const opening = {start, end: start + marks.length + braces!.length}
    const directive: Directive = {
      // docutils ignores the letter case of names.
      name: name.toLowerCase(),
      opening,
      argument: valueAt(opening.end, rest.slice(braces!.length)),
      options: [],
      optionLines: [],
      body: {start: line.end, end: line.end},
      isColon: marks[0] === ':',
    }
    this.#readOptions(directive)
    directive.body.start = this.#lines[this.#at]?.start ?? line.end
    this.directives.push(directive)
    this.#open.push({marks, isVerbatim: VERBATIM.test(directive.name), directive})
  }

  #readOptions(directive: Directive): void {
    const isYaml = HYPHENS.test(this.#lines[this.#at]?.text ?? '')
    if (isYaml) directive.optionLines.push(this.#lines[this.#at++]!)
    for (let line = this.#lines[this.#at]; line; line = this.#lines[++this.#at]) {
      const [start, indent = '', name] = (isYaml ? YAML_OPTION : OPTION).exec(line.text) ?? []
      const isLast = isYaml && HYPHENS.test(line.text)
      if (!isYaml && start === undefined) return
      directive.optionLines.push({start: line.start + indent.length, end: line.end})
      if (start !== undefined)
        directive.options.push({
          name: name!,
          ...valueAt(line.start + start.length, line.text.slice(start.length)),
        })
      if (isLast) {
        this.#at++
        return
      }
    }
  }
}

/** A text without the white space and quotes around it, at its place. */
function valueAt(start: number, written: string): Value {
  const text = written.trim()
  const from = start + written.indexOf(text)
  const [, quoted] = /^(?:"([^"]*)"|'([^']*)')$/.exec(text)?.filter((each) => each !== undefined) ?? []
  if (quoted !== undefined) return {text: quoted, start: from + 1, end: from + 1 + quoted.length}
  return {text, start: from, end: from + text.length}
}

/** The lines of a text, without their endings. */
function linesOf(source: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const text of source.split('\n')) {
    const bare = text.endsWith('\r') ? text.slice(0, -1) : text
    lines.push({text: bare, start, end: start + bare.length})
    start += text.length + 1
  }
  return lines
}
