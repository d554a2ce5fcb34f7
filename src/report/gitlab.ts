import {safeJson} from '../text/safe.ts'
import {fingerprintMessages} from './fingerprint.ts'
import {severityOf} from './messages.ts'
import type {Report} from './report.ts'
import {rangeOf} from './source-range.ts'

const SEVERITY = {error: 'major', warning: 'minor', info: 'info'} as const

/**
 * A Code Quality report for GitLab: an array of findings with paths from the tree's root and lines from 1. A finding on
 * a whole page stands on its first line.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReporter(report: Report): string {
  const known = fingerprintMessages(report)
  const findings = report.files.flatMap(({messages}, index) =>
    messages.map((message) => {
      const page = report.pages[index]!
      const stretch = rangeOf(message, page)
      return {
        description: message.reason,
        check_name: message.ruleId ?? 'doccheck',
        fingerprint: known.get(message)!,
        severity: SEVERITY[severityOf(message)],
        location: {
          path: page.path,
          lines: {begin: stretch?.start.line ?? 1, end: stretch?.end.line ?? 1},
        },
      }
    }),
  )
  return `${safeJson(findings)}\n`
}
