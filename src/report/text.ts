import {randomUUID} from 'node:crypto'
import type {VFile} from 'vfile'
import {reporter} from 'vfile-reporter'
import type {Report, ReporterOptions} from './report.ts'

/** The report for people: messages by file, then what was checked and found in all. */
export function textReporter({files, summary}: Report, {color, inActions}: ReporterOptions): string {
  const messages = textReport(files, color)
  return `${messages && inActions ? withoutCommands(messages) : messages}${messages && '\n'}${summary}\n`
}

/** The report for people, by vfile-reporter; files without messages are left out. */
export function textReport(files: readonly VFile[], color: boolean): string {
  const told = files.filter((file) => file.messages.length > 0)
  // Its own count at the end is replaced by ours, which counts by rule.
  const report = told.length === 0 ? '' : reporter(told, {color})
  return report.replace(/\n\n[^\n]*$/, '\n')
}

/**
 * Keep a CI log from taking lines of the report for commands: GitHub's runner obeys none between these two lines.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function withoutCommands(report: string): string {
  const token = randomUUID()
  return `::stop-commands::${token}\n${report}\n::${token}::`
}
