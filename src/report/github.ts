import {safeCommand, safeProperty} from '../text/safe.ts'
import {severityOf} from './finding-message.ts'
import {plural} from './numbers.ts'
import type {PageMessage, Report} from './report.ts'
import {skippedLines} from './skipped.ts'
import {rangeOf} from './source-range.ts'

/**
 * GitHub shows 10 annotations of each severity per step and silently drops the rest.
 * https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
 */
const MAX_ANNOTATIONS = 10

const COMMANDS = {error: 'error', warning: 'warning', info: 'notice'} as const

/**
 * Annotations for GitHub Actions, one workflow command per line: as many as GitHub shows, spread over the files, and a
 * notice that counts the rest. Paths are relative to the tree's root; lines and columns from 1, columns in UTF-16 units.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReporter({pages, files}: Report): string {
  const bySeverity: Record<'error' | 'warning' | 'info', PageMessage[]> = {error: [], warning: [], info: []}
  for (const item of roundRobin(pages, files)) bySeverity[severityOf(item.message)].push(item)
  const {error, warning, info} = bySeverity
  const skipped = skippedLines(pages)
  const isOverLimit = [error, warning, info].some(({length}) => length > MAX_ANNOTATIONS)
  // The notice that counts the rest takes one of the places.
  const omitted = [
    error.splice(MAX_ANNOTATIONS),
    warning.splice(MAX_ANNOTATIONS),
    info.splice(isOverLimit ? MAX_ANNOTATIONS - 1 : MAX_ANNOTATIONS),
  ]
  const lines = [...error, ...warning, ...info].map(annotation)
  if (skipped.length > 0 && info.length < MAX_ANNOTATIONS - 1)
    lines.push(`::notice title=doccheck::${safeCommand(skipped.join('; '))}`)
  if (isOverLimit) lines.push(`::notice title=doccheck::${safeCommand(countOmitted(omitted))}`)
  return lines.map((line) => `${line}\n`).join('')
}

/** The first message of every file, then the second of every file, and so on. */
function* roundRobin(pages: Report['pages'], files: Report['files']): Generator<PageMessage> {
  let remaining = files.map(({messages}, index) => ({messages, page: pages[index]!}))
  for (let turn = 0; remaining.length > 0; turn++) {
    remaining = remaining.filter(({messages}) => messages.length > turn)
    for (const {messages, page} of remaining) yield {page, message: messages[turn]!}
  }
}

function annotation({message, page}: PageMessage): string {
  const range = rangeOf(message, page)
  const properties: [string, string | number][] = [['file', page.path]]
  if (range) {
    const {start, end} = range
    properties.push(['line', start.line], ['endLine', end.line])
    // GitHub accepts columns only within one line.
    if (start.line === end.line) properties.push(['col', start.column], ['endColumn', end.column])
  }
  properties.push(['title', ['doccheck', message.ruleId].filter(Boolean).join(' ')])
  const list = properties.map(([name, value]) => `${name}=${safeProperty(String(value))}`)
  return `::${COMMANDS[severityOf(message)]} ${list.join(',')}::${safeCommand(message.reason)}`
}

/** `14 more errors and 1 more warning in 5 files: …` */
function countOmitted([errors = [], warnings = [], infos = []]: PageMessage[][]): string {
  const counts = [
    errors.length && plural(errors.length, 'more error'),
    warnings.length && plural(warnings.length, 'more warning'),
    infos.length && plural(infos.length, 'more notice'),
  ].filter(Boolean)
  const pages = new Set([...errors, ...warnings, ...infos].map(({page}) => page))
  return `${counts.join(', ')} in ${plural(pages.size, 'file')}: see the log or the job summary`
}
