import path from 'node:path'
import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {severityOf} from '../report/finding-message.ts'
import {messageAsShown} from '../report/shown-paths.ts'
import {skippedByReason} from '../report/skipped.ts'
import {rangeOf} from '../report/source-range.ts'
import {type Outcome, reportOf, type Session, unreadConfigurations} from '../run/session.ts'
import {markOf} from '../tree/write.ts'
import {type FileChange, remember} from './origins.ts'
import type {CheckResults, FileFinding, FileResult} from './results.ts'

/**
 * Make plain results of a run.
 *
 * @param text The text that was checked, if it is not that of a file.
 */
export async function toResults(
  session: Session,
  outcome: Outcome,
  warnings: readonly string[],
  text?: string,
): Promise<CheckResults> {
  const {root, display} = session
  const messages = new Map<FileFinding, VFileMessage>()
  const changes = new Map<FileResult, FileChange>()
  const byPath = new Map<string, FileResult>()
  for (const [index, page] of outcome.result.pages.entries()) {
    const file = emptyResult(page.path, session)
    byPath.set(page.path, file)
    file.notJudged = Object.fromEntries(skippedByReason([page]))
    for (const message of outcome.reported[index]!.messages) {
      const finding = toFinding(message, page, display)
      messages.set(finding, message)
      file.findings.push(finding)
    }
    file.errorCount = count(file.findings, 'error')
    file.warningCount = count(file.findings, 'warning')
  }
  const indexes = new Map([...byPath.values()].map((file, index) => [file, index]))
  for (const [changed, {before, after, fixes}] of outcome.changed) {
    const file = byPath.get(changed) ?? emptyResult(changed, session)
    byPath.set(changed, file)
    file.output =
      (text === undefined ? await markOf(root, changed) : text.startsWith('\uFEFF') ? '\uFEFF' : '') + after
    file.fixCount = fixes
    changes.set(file, {root, path: changed, before, after})
  }
  const {errors, warnings: warningCount} = outcome.counts
  const report = reportOf(session, outcome)
  const results: CheckResults = {
    files: [...byPath.values()],
    errorCount: errors,
    warningCount,
    notJudged: Object.fromEntries(skippedByReason(outcome.result.pages)),
    unverified: report.run.unverified.map((each) => ({...each})),
    summary: report.summary,
    warnings: [...warnings, ...unreadConfigurations(outcome.result, display)],
    failures: [...outcome.result.unexpectedErrors],
  }
  remember(results, {session, outcome, indexes, messages, changes})
  return results
}

const emptyResult = (file: string, {root, display}: Session): FileResult => ({
  path: display(file),
  file: path.join(root, file),
  findings: [],
  errorCount: 0,
  warningCount: 0,
  notJudged: {},
})

const count = (findings: readonly FileFinding[], severity: FileFinding['severity']) =>
  findings.filter((finding) => finding.severity === severity).length

function toFinding(message: VFileMessage, page: PageResult, display: Session['display']): FileFinding {
  const {reason, ruleId, source, url, target, expected, fix, likely, seen, change} = messageAsShown(
    message,
    display,
  )
  const range = rangeOf(message, page)
  return {
    ...(ruleId !== undefined && {rule: ruleId}),
    ...(source !== undefined && {source}),
    severity: severityOf(message),
    message: reason,
    ...(range && {
      line: range.start.line,
      column: range.start.column,
      endLine: range.end.line,
      endColumn: range.end.column,
      start: range.start.offset,
      end: range.end.offset,
    }),
    ...(url !== undefined && {url}),
    ...(target && {target: {...target}}),
    ...(expected && {expected: [...expected]}),
    ...(fix && {fix: {edits: fix.edits.map((edit) => ({...edit})), safe: fix.safe}}),
    ...(likely !== undefined && {likely}),
    ...(seen !== undefined && {seen}),
    ...(change !== undefined && {change}),
  }
}
