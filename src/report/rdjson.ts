import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {UnreadableError} from '../errors/errors.ts'
import {asOneEdit} from '../fix/edits.ts'
import type {Fix} from '../rule/types.ts'
import {safeJson} from '../text/safe.ts'
import {severityOf} from './messages.ts'
import {packageInfo} from './package-info.ts'
import type {Report} from './report.ts'
import {type Point, rangeBetween, rangeOf, type SourceRange} from './source-range.ts'

/**
 * A report for reviewdog in its Diagnostic Format: paths from the tree's root, lines from 1, columns from 1 in bytes of
 * UTF-8. Every fix is a suggestion, be it safe or not: somebody decides on each.
 * https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
 */
export async function rdjsonReporter(report: Report): Promise<string> {
  const diagnostics: object[] = []
  for (const [index, {messages}] of report.files.entries()) {
    if (messages.length === 0) continue
    const page = report.pages[index]!
    const text = new Bytes(await textOf(report, page))
    for (const message of messages) diagnostics.push(diagnostic(message, page, text))
  }
  return `${safeJson({source: {name: 'doccheck', url: packageInfo().contact}, diagnostics})}\n`
}

/** A page's text, with its byte order mark; an empty one where it cannot be read, of which there is a message. */
async function textOf({readWithMark}: Report, {path, unreadable}: PageResult): Promise<string> {
  if (unreadable !== undefined) return ''
  try {
    return await readWithMark(path)
  } catch (error) {
    // It was there a moment ago.
    if (!(error instanceof UnreadableError)) throw error
    return ''
  }
}

function diagnostic(message: VFileMessage, page: PageResult, text: Bytes): object {
  const stretch = rangeOf(message, page)
  const {reason, ruleId, url, fix} = message
  const at = stretch ? `:${stretch.start.line}:${stretch.start.column}` : ''
  const weight = severityOf(message)
  return {
    message: reason,
    location: {path: page.path, ...(stretch && {range: range(stretch, text)})},
    severity: weight.toUpperCase(),
    ...(ruleId && {code: {value: ruleId, ...(url && {url})}}),
    ...(fix && page.page && {suggestions: suggestions(fix, page, text)}),
    original_output: `${page.path}${at}: ${weight}: ${reason}${ruleId ? ` (${ruleId})` : ''}`,
  }
}

/** One replacement from a fix's first edit to its last: each suggestion is taken by itself, and edits belong together. */
function suggestions(fix: Fix, page: PageResult, bytes: Bytes): object[] {
  const edit = asOneEdit(bytes.text, fix)
  return edit ? [{range: range(rangeBetween(page, edit.start, edit.end), bytes), text: edit.text}] : []
}

const range = ({start, end}: SourceRange, text: Bytes) => ({
  start: {line: start.line, column: text.columnOf(start)},
  end: {line: end.line, column: text.columnOf(end)},
})

/** Characters between two places whose bytes are counted. */
const STEP = 1024

/** A text in which places are counted in bytes of UTF-8. */
class Bytes {
  /** Without the byte order mark. */
  readonly text: string
  /** The byte order mark has bytes on its line, though offsets do not count it. */
  readonly #markBytes: number
  /** How many bytes stand before each place of a step. */
  readonly #before: number[] = [0]

  constructor(text: string) {
    const hasMark = text.charCodeAt(0) === 0xfeff
    this.text = hasMark ? text.slice(1) : text
    this.#markBytes = hasMark ? 3 : 0
  }

  /** The column in bytes, from 1. */
  columnOf({column, offset}: Point): number {
    const start = offset - column + 1
    const first = 1 + (start === 0 ? this.#markBytes : 0)
    // Most lines are short.
    if (column <= STEP) return first + Buffer.byteLength(this.text.slice(start, offset))
    return first + this.#bytesBefore(offset) - this.#bytesBefore(start)
  }

  #bytesBefore(offset: number): number {
    const step = Math.floor(offset / STEP)
    for (let at = this.#before.length; at <= step; at++)
      this.#before.push(this.#before[at - 1]! + this.#count((at - 1) * STEP, at * STEP))
    return this.#before[step]! + this.#count(step * STEP, offset)
  }

  /** A surrogate pair counts where it begins. */
  #count(start: number, end: number): number {
    const from = start + Number(this.#isWithinPair(start))
    return Buffer.byteLength(this.text.slice(from, Math.max(from, end + Number(this.#isWithinPair(end)))))
  }

  #isWithinPair(at: number): boolean {
    return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(this.text.slice(at - 1, at + 1)) && at > 0
  }
}
