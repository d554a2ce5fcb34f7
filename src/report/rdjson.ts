import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {UnreadableError} from '../errors/errors.ts'
import {asOneEdit} from '../fix/edits.ts'
import type {Fix} from '../rule/types.ts'
import {safeJson} from '../text/safe.ts'
import {severityOf} from './finding-message.ts'
import {packageInfo} from './package-info.ts'
import type {Report} from './report.ts'
import {type Point, rangeBetween, rangeOf, type SourceRange} from './source-range.ts'

/**
 * A report in reviewdog's Diagnostic Format: paths relative to the tree's root, lines from 1, columns from 1 in bytes of
 * UTF-8. Every fix is a suggestion, safe or not: a reviewer decides on each.
 * https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
 */
export async function rdjsonReporter(report: Report): Promise<string> {
  const diagnostics: object[] = []
  for (const [index, {messages}] of report.files.entries()) {
    if (messages.length === 0) continue
    const page = report.pages[index]!
    const text = new Utf8Text(await textOf(report, page))
    for (const message of messages) diagnostics.push(diagnostic(message, page, text))
  }
  return `${safeJson({source: {name: 'doccheck', url: packageInfo().homepage}, diagnostics})}\n`
}

/** The text of a page with its byte order mark; empty for an unreadable page, which has a message of its own. */
async function textOf({readWithMark}: Report, {path, unreadable}: PageResult): Promise<string> {
  if (unreadable !== undefined) return ''
  try {
    return await readWithMark(path)
  } catch (error) {
    // It was deleted after it was checked.
    if (!(error instanceof UnreadableError)) throw error
    return ''
  }
}

function diagnostic(message: VFileMessage, page: PageResult, text: Utf8Text): object {
  const range = rangeOf(message, page)
  const {reason, ruleId, url, fix} = message
  const position = range ? `:${range.start.line}:${range.start.column}` : ''
  const severity = severityOf(message)
  return {
    message: reason,
    location: {path: page.path, ...(range && {range: utf8Range(range, text)})},
    severity: severity.toUpperCase(),
    ...(ruleId && {code: {value: ruleId, ...(url && {url})}}),
    ...(fix && page.page && {suggestions: suggestions(fix, page, text)}),
    original_output: `${page.path}${position}: ${severity}: ${reason}${ruleId ? ` (${ruleId})` : ''}`,
  }
}

/** One replacement from a fix's first edit to its last: suggestions are applied one by one, the edits of a fix together. */
function suggestions(fix: Fix, page: PageResult, text: Utf8Text): object[] {
  const edit = asOneEdit(text.text, fix)
  return edit ? [{range: utf8Range(rangeBetween(page, edit.start, edit.end), text), text: edit.text}] : []
}

const utf8Range = ({start, end}: SourceRange, text: Utf8Text) => ({
  start: {line: start.line, column: text.columnOf(start)},
  end: {line: end.line, column: text.columnOf(end)},
})

/** UTF-16 units between two offsets whose byte counts are stored. */
const STEP = 1024

/** A text whose positions are counted in bytes of UTF-8. */
class Utf8Text {
  /** Without the byte order mark. */
  readonly text: string
  /** The byte order mark counts as bytes of its line, though offsets do not include it. */
  readonly #markBytes: number
  /** The bytes before each multiple of `STEP`. */
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
    // Counting the bytes of a short line is cheap, and most lines are short.
    if (column <= STEP) return first + Buffer.byteLength(this.text.slice(start, offset))
    return first + this.#bytesBefore(offset) - this.#bytesBefore(start)
  }

  #bytesBefore(offset: number): number {
    const step = Math.floor(offset / STEP)
    for (let at = this.#before.length; at <= step; at++)
      this.#before.push(this.#before[at - 1]! + this.#count((at - 1) * STEP, at * STEP))
    return this.#before[step]! + this.#count(step * STEP, offset)
  }

  /** The bytes of a surrogate pair count at its first half. */
  #count(start: number, end: number): number {
    const from = start + Number(this.#isWithinPair(start))
    return Buffer.byteLength(this.text.slice(from, Math.max(from, end + Number(this.#isWithinPair(end)))))
  }

  #isWithinPair(at: number): boolean {
    return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(this.text.slice(at - 1, at + 1)) && at > 0
  }
}
