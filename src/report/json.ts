import {reporterJson} from 'vfile-reporter-json'
import {safeJson} from '../text/safe.ts'
import type {Report} from './report.ts'
import {filesAsShown} from './shown-paths.ts'
import {skippedByReason} from './skipped.ts'

/**
 * The report for programs, by vfile-reporter-json: an array of files with their messages, including files without any.
 * All paths are relative to the working directory. A file with links that could not be judged has their numbers by reason
 * in `notJudged`. If applicable, a message has a `target` (its subject), a `change` (its cause), a `likely` (why it is
 * likely, not certain), a `seen` (the age of a remembered verdict) and a `fix`, with its safety and its edits, whose offsets are in UTF-16 units from 0.
 */
export function jsonReporter(report: Report): string {
  const files = filesAsShown(report)
  const json: {messages: object[]; notJudged?: object}[] = JSON.parse(reporterJson(files))
  for (const [index, file] of json.entries()) {
    const {messages} = file
    const skipped = skippedByReason([report.pages[index]!])
    if (skipped.length > 0) file.notJudged = Object.fromEntries(skipped)
    for (const [at, message] of messages.entries()) {
      const {change, fix, likely, seen, target} = files[index]!.messages[at]!
      Object.assign(message, {
        ...(target && {target}),
        ...(likely && {likely}),
        ...(seen && {seen}),
        ...(change && {change}),
        ...(fix && {fix}),
      })
    }
  }
  return `${safeJson(json)}\n`
}
