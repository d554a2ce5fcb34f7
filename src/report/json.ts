import {reporterJson} from 'vfile-reporter-json'
import {safeJson} from '../text/safe.ts'
import type {Report} from './report.ts'
import {filesAsShown} from './shown-paths.ts'

/**
 * The report for programs, by vfile-reporter-json: an array of files with their messages, including files without any.
 * All paths are relative to the working directory. If applicable, a message has a `target` (its subject), a `change`
 * (its cause) and a `fix`, with its safety and its edits, whose offsets are in UTF-16 units from 0.
 */
export function jsonReporter(report: Report): string {
  const files = filesAsShown(report)
  const json: {messages: object[]}[] = JSON.parse(reporterJson(files))
  for (const [index, {messages}] of json.entries())
    for (const [at, message] of messages.entries()) {
      const {change, fix, target} = files[index]!.messages[at]!
      Object.assign(message, {...(target && {target}), ...(change && {change}), ...(fix && {fix})})
    }
  return `${safeJson(json)}\n`
}
