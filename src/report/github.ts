import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {safeCommand, safeProperty} from '../text/safe.ts'
import {severityOf} from './messages.ts'
import type {Report} from './report.ts'
import {rangeOf} from './source-range.ts'
import {plural} from './summary.ts'

/**
 * GitHub shows so many annotations of each kind from a step, and drops the others without a word.
 * https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
 */
const SHOWN = 10

const COMMANDS = {error: 'error', warning: 'warning', info: 'notice'} as const

/** One message with its page. */
interface Told {
  message: VFileMessage
  page: PageResult
}

/**
 * Annotations for GitHub Actions, one workflow command a line: as many as GitHub shows, spread over the files, and a
 * notice that counts the others. Paths are from the tree's root; lines and columns from 1, columns in UTF-16 units.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReporter({pages, files}: Report): string {
  const byKind: Record<'error' | 'warning' | 'info', Told[]> = {error: [], warning: [], info: []}
  for (const {page, message} of spread(pages, files)) byKind[severityOf(message)].push({page, message})
  const {error, warning, info} = byKind
  const isFull = error.length > SHOWN || warning.length > SHOWN || info.length > SHOWN
  // The notice that counts is one of them.
  const left = [error.splice(SHOWN), warning.splice(SHOWN), info.splice(isFull ? SHOWN - 1 : SHOWN)]
  const lines = [...error, ...warning, ...info].map(annotation)
  if (isFull) lines.push(`::notice title=doccheck::${safeCommand(sayLeft(left))}`)
  return lines.map((line) => `${line}\n`).join('')
}

/** The first message of every file, then the second of every file, and so on. */
function* spread(pages: Report['pages'], files: Report['files']): Generator<Told> {
  let open = files.map(({messages}, index) => ({messages, page: pages[index]!}))
  for (let turn = 0; open.length > 0; turn++) {
    open = open.filter(({messages}) => messages.length > turn)
    for (const {messages, page} of open) yield {page, message: messages[turn]!}
  }
}

function annotation({message, page}: Told): string {
  const stretch = rangeOf(message, page)
  const properties: [string, string | number][] = [['file', page.path]]
  if (stretch) {
    const {start, end} = stretch
    properties.push(['line', start.line], ['endLine', end.line])
    // GitHub takes columns within one line only.
    if (start.line === end.line) properties.push(['col', start.column], ['endColumn', end.column])
  }
  properties.push(['title', ['doccheck', message.ruleId].filter(Boolean).join(' ')])
  const words = properties.map(([name, value]) => `${name}=${safeProperty(String(value))}`)
  return `::${COMMANDS[severityOf(message)]} ${words.join(',')}::${safeCommand(message.reason)}`
}

/** `14 more errors and 1 more warning in 5 files: …` */
function sayLeft([errors, warnings, infos]: Told[][]): string {
  const counts = [
    errors!.length && plural(errors!.length, 'more error'),
    warnings!.length && plural(warnings!.length, 'more warning'),
    infos!.length && plural(infos!.length, 'more notice'),
  ].filter(Boolean)
  const places = new Set([...errors!, ...warnings!, ...infos!].map(({page}) => page))
  return `${counts.join(', ')} in ${plural(places.size, 'file')}: see the log or the summary of the job`
}
