import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {safeXml} from '../text/safe.ts'
import {severityOf, withoutEvidence} from './finding-message.ts'
import type {Report} from './report.ts'
import {skippedLines} from './skipped.ts'
import {rangeOf} from './source-range.ts'

/**
 * A JUnit report: one suite per file, with one test case per finding, or a passing one if there are no findings. Errors
 * and warnings are failures, an unreadable file is an error, and findings of severity `info` pass.
 *
 * Names of cases contain no line numbers or evidence, so that a finding keeps its name while lines move. Paths are
 * relative to the tree's root. https://github.com/testmoapp/junitxml
 */
export function junitReporter({pages, files}: Report): string {
  const suites = files.map((file, index) => suite(file, pages[index]!))
  const total = {tests: 0, failures: 0, errors: 0}
  for (const {tests, failures, errors} of suites) {
    total.tests += tests
    total.failures += failures
    total.errors += errors
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites ${attributes({name: 'doccheck', ...total})}>\n`,
    ...suites.map(({xml}) => xml),
    '</testsuites>\n',
  ].join('')
}

/** A suite and its counts. */
interface Suite {
  xml: string
  tests: number
  failures: number
  errors: number
}

function suite({messages}: VFile, page: PageResult): Suite {
  const occurrences = new Map<string, number>()
  const counts = {tests: Math.max(1, messages.length), failures: 0, errors: 0}
  const cases = messages.map((message) => {
    const name = [message.ruleId, withoutEvidence(message)].filter(Boolean).join(': ')
    const occurrence = (occurrences.get(name) ?? 0) + 1
    occurrences.set(name, occurrence)
    if (message.fatal !== null && message.fatal !== undefined)
      counts[isError(message) ? 'errors' : 'failures']++
    return testCase(occurrence === 1 ? name : `${name} (${occurrence})`, page, outcome(message, page))
  })
  if (cases.length === 0) cases.push(testCase('no findings', page, ''))
  const skipped = skippedLines([page])
  const xml = [
    `  <testsuite ${attributes({name: page.path, ...counts})}>\n`,
    ...cases,
    // A suite may have only one of these.
    ...(skipped.length > 0 ? [`    <system-out>${skipped.map(safeXml).join('\n')}</system-out>\n`] : []),
    '  </testsuite>\n',
  ].join('')
  return {xml, ...counts}
}

function testCase(name: string, {path}: PageResult, inner: string): string {
  const start = `    <testcase ${attributes({name, classname: path, file: path})}`
  return inner === '' ? `${start}/>\n` : `${start}>\n${inner}    </testcase>\n`
}

function outcome(message: VFileMessage, page: PageResult): string {
  const range = rangeOf(message, page)
  const position = range ? `:${range.start.line}:${range.start.column}` : ''
  const severity = severityOf(message)
  const rule = message.ruleId ? ` (${message.ruleId})` : ''
  const url = message.url ? ` ${message.url}` : ''
  const text = safeXml(`${page.path}${position}: ${severity}: ${message.reason}${rule}${url}`)
  if (severity === 'info') return `      <system-out>${text}</system-out>\n`
  const element = isError(message) ? 'error' : 'failure'
  return `      <${element} ${attributes({message: message.reason, type: severity})}>${text}</${element}>\n`
}

const attributes = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${safeXml(String(value))}"`)
    .join(' ')

/** JUnit distinguishes errors, where a test could not run, from failures. */
const isError = ({ruleId}: VFileMessage) => ruleId === 'unreadable' || ruleId === 'unchecked'
