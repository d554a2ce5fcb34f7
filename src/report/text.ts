import {randomUUID} from 'node:crypto'
import type {VFile} from 'vfile'
import {reporter} from 'vfile-reporter'
import type {Report, ReporterOptions} from './report.ts'
import {filesAsShown} from './shown-paths.ts'

/** The report for people: messages by file, then the summary. */
export function textReporter(report: Report, {color, inActions}: ReporterOptions): string {
  const {summary} = report
  const messages = textReport(filesAsShown(report), color)
  return `${messages && inActions ? stopCommands(messages) : messages}${messages && '\n'}${summary}\n`
}

/** The messages of all files that have any, formatted by vfile-reporter. */
export function textReport(files: readonly VFile[], color: boolean): string {
  const withMessages = files.filter((file) => file.messages.length > 0)
  const report = withMessages.length === 0 ? '' : reporter(withMessages, {color})
  // The summary counts by rule, which makes vfile-reporter's own count at the end redundant.
  return report.replace(/\n\n[^\n]*$/, '\n')
}

/**
 * Keep GitHub's runner from executing lines of the report as workflow commands.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function stopCommands(report: string): string {
  const token = randomUUID()
  return `::stop-commands::${token}\n${report}\n::${token}::`
}
