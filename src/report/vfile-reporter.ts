import {reporter} from 'vfile-reporter'
import type {Report, ReporterOptions} from './report.ts'
import {filesAsShown} from './shown-paths.ts'
import {stopCommands} from './text.ts'

/** The report of remark and other tools of unified: tables by file, with the end of each place, then the summary. */
export function vfileReporter(report: Report, {color, inActions}: ReporterOptions): string {
  const files = filesAsShown(report).filter(({messages}) => messages.length > 0)
  // The summary counts by rule, which makes the count at the end redundant.
  const text = files.length === 0 ? '' : reporter(files, {color}).replace(/\n\n[^\n]*$/, '\n')
  return `${text && inActions ? stopCommands(text) : text}${text && '\n'}${report.summary}\n`
}
