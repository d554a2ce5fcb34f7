import type {VFile} from 'vfile'
import {reporterJson} from 'vfile-reporter-json'
import {safeJson} from './safe.ts'

/**
 * The report for programs, by vfile-reporter-json: an array of files with their messages, clean files included. Each
 * message that can be mended has a `fix`: whether it is safe, and edits with offsets in UTF-16 units from 0.
 */
export function jsonReport(files: readonly VFile[]): string {
  const report: {messages: object[]}[] = JSON.parse(reporterJson([...files]))
  for (const [index, {messages}] of report.entries())
    for (const [at, message] of messages.entries()) {
      const fix = files[index]!.messages[at]!.fix
      if (fix) Object.assign(message, {fix})
    }
  return safeJson(report)
}
