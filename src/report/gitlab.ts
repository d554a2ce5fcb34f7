import {safeJson} from '../text/safe.ts'
import {severityOf} from './finding-message.ts'
import {fingerprintMessages} from './fingerprint.ts'
import {pageMessages, type Report} from './report.ts'
import {rangeOf} from './source-range.ts'

const SEVERITY = {error: 'major', warning: 'minor', info: 'info'} as const

/**
 * A GitLab Code Quality report: an array of findings with paths relative to the tree's root and lines from 1. A finding
 * about a page as such is on its first line. The format has no field for a URL.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReporter(report: Report): string {
  const fingerprints = fingerprintMessages(report)
  const findings = pageMessages(report).map(({message, page}) => {
    const range = rangeOf(message, page)
    return {
      description: message.reason,
      check_name: message.ruleId ?? 'doccheck',
      fingerprint: fingerprints.get(message)!,
      severity: SEVERITY[severityOf(message)],
      location: {
        path: page.path,
        lines: {begin: range?.start.line ?? 1, end: range?.end.line ?? 1},
      },
    }
  })
  return `${safeJson(findings)}\n`
}
