import type {VFileMessage} from 'vfile-message'
import {about} from '../about.ts'
import type {PageResult} from '../check.ts'
import {UnreadableError} from '../errors.ts'
import {applyFixes} from '../fix.ts'
import type {Fix} from '../rule.ts'
import {weightOf} from './messages.ts'
import type {Report} from './report.ts'
import {safeJson} from './safe.ts'
import {type Point, type Stretch, stretchBetween, stretchOf} from './stretch.ts'

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
    const text = await textOf(report, page)
    for (const message of messages) diagnostics.push(diagnostic(message, page, text))
  }
  return `${safeJson({source: {name: 'doccheck', url: about().contact}, diagnostics})}\n`
}

/** A page's text, with its byte order mark; an empty one where it cannot be read, of which there is a message. */
async function textOf({whole}: Report, {path, unreadable}: PageResult): Promise<string> {
  if (unreadable !== undefined) return ''
  try {
    return await whole(path)
  } catch (error) {
    // It was there a moment ago.
    if (!(error instanceof UnreadableError)) throw error
    return ''
  }
}

function diagnostic(message: VFileMessage, page: PageResult, text: string): object {
  const stretch = stretchOf(message, page)
  const {reason, ruleId, url, fix} = message
  const at = stretch ? `:${stretch.start.line}:${stretch.start.column}` : ''
  const weight = weightOf(message)
  return {
    message: reason,
    location: {path: page.path, ...(stretch && {range: range(stretch, text)})},
    severity: weight.toUpperCase(),
    ...(ruleId && {code: {value: ruleId, ...(url && {url})}}),
    ...(fix && page.page && {suggestions: [suggestion(fix, page, text)]}),
    original_output: `${page.path}${at}: ${weight}: ${reason}${ruleId ? ` (${ruleId})` : ''}`,
  }
}

/** One replacement from a fix's first edit to its last: each suggestion is taken by itself, and edits belong together. */
function suggestion({edits, safe}: Fix, page: PageResult, text: string): object {
  const start = Math.min(...edits.map((edit) => edit.start))
  const end = Math.max(...edits.map((edit) => edit.end))
  const mark = markIn(text)
  const moved = edits.map((edit) => ({...edit, start: edit.start - start, end: edit.end - start}))
  const {text: put} = applyFixes(text.slice(start + mark, end + mark), [{edits: moved, safe}])
  return {range: range(stretchBetween(page, start, end), text), text: put}
}

const range = ({start, end}: Stretch, text: string) => ({
  start: {line: start.line, column: bytesTo(start, text)},
  end: {line: end.line, column: bytesTo(end, text)},
})

/** How many characters at the beginning of a text are no part of what offsets count. */
const markIn = (text: string) => (text.charCodeAt(0) === 0xfeff ? 1 : 0)

/** The column in bytes of UTF-8, from 1: the mark has bytes on its line, though offsets do not count it. */
function bytesTo({column, offset}: Point, text: string): number {
  const mark = markIn(text)
  const start = offset - column + 1
  return Buffer.byteLength(text.slice(start === 0 ? 0 : start + mark, offset + mark)) + 1
}
