import {severityOf} from './finding-message.ts'
import type {Report, ReporterOptions} from './report.ts'
import {filesAsShown} from './shown-paths.ts'
import {bySeverity} from './sort.ts'
import {dim, severityWord} from './terminal.ts'
import {placeOf} from './text.ts'

/** The report for quickfix lists and problem matchers: `path:line:column: severity message [rule]`, and nothing else. */
export function conciseReporter(report: Report, {color, sort}: ReporterOptions): string {
  const shown = filesAsShown(report)
  return (sort === 'severity' ? bySeverity(shown) : shown)
    .flatMap((file) =>
      file.messages.map((message) => {
        const {reason, ruleId} = message
        const rule = ruleId === undefined ? '' : ` ${dim(`[${ruleId}]`, color)}`
        return `${placeOf(file, message)}: ${severityWord(severityOf(message), color)} ${reason}${rule}\n`
      }),
    )
    .join('')
}
