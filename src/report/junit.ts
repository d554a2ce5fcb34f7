import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {safeXml} from '../text/safe.ts'
import {severityOf} from './messages.ts'
import type {Report} from './report.ts'
import {rangeOf} from './source-range.ts'

/**
 * A JUnit report: a suite for each file, with a test case for each finding, or one that passes where there are none.
 * Errors and warnings are failures, a file that could not be read is an error, and what is only worth knowing passes.
 *
 * Names of cases hold no line, so that a finding keeps its name while lines move. Paths are from the tree's root.
 * https://github.com/testmoapp/junitxml
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

/** A suite, and what it counts. */
interface Suite {
  xml: string
  tests: number
  failures: number
  errors: number
}

function suite({messages}: VFile, page: PageResult): Suite {
  const times = new Map<string, number>()
  const counts = {tests: Math.max(1, messages.length), failures: 0, errors: 0}
  const cases = messages.map((message) => {
    const said = [message.ruleId, message.reason].filter(Boolean).join(': ')
    const time = (times.get(said) ?? 0) + 1
    times.set(said, time)
    if (message.fatal !== null && message.fatal !== undefined)
      counts[isError(message) ? 'errors' : 'failures']++
    return testCase(time === 1 ? said : `${said} (${time})`, page, outcome(message, page))
  })
  if (cases.length === 0) cases.push(testCase('no findings', page, ''))
  const xml = [
    `  <testsuite ${attributes({name: page.path, ...counts})}>\n`,
    ...cases,
    '  </testsuite>\n',
  ].join('')
  return {xml, ...counts}
}

function testCase(name: string, {path}: PageResult, inner: string): string {
  const start = `    <testcase ${attributes({name, classname: path, file: path})}`
  return inner === '' ? `${start}/>\n` : `${start}>\n${inner}    </testcase>\n`
}

function outcome(message: VFileMessage, page: PageResult): string {
  const stretch = rangeOf(message, page)
  const at = stretch ? `:${stretch.start.line}:${stretch.start.column}` : ''
  const weight = severityOf(message)
  const rule = message.ruleId ? ` (${message.ruleId})` : ''
  const text = safeXml(`${page.path}${at}: ${weight}: ${message.reason}${rule}`)
  if (weight === 'info') return `      <system-out>${text}</system-out>\n`
  const element = isError(message) ? 'error' : 'failure'
  return `      <${element} ${attributes({message: message.reason, type: weight})}>${text}</${element}>\n`
}

const attributes = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${safeXml(String(value))}"`)
    .join(' ')

/** JUnit tells errors, where nothing could be found out, from failures. */
const isError = ({ruleId}: VFileMessage) => ruleId === 'unreadable' || ruleId === 'unchecked'
