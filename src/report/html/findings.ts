import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../../engine/types.ts'
import {UnreadableError} from '../../errors/errors.ts'
import {safeHtml, shortened, withCoveredCredentials} from '../../text/safe.ts'
import {severityOf} from '../finding-message.ts'
import {formatNumber} from '../numbers.ts'
import type {Report} from '../report.ts'
import {codeFrame} from './code-frame.ts'
import {messageHtml, ruleHtml} from './escape.ts'
import type {Graph} from './graph.ts'

/** Longer texts are cut, in UTF-16 units. */
const MAX_LENGTH = 600

/** The list of all findings as HTML, and its filters. */
export interface FindingList {
  html: string
  /** Each rule with its number of findings, most frequent first. */
  rules: [name: string, count: number][]
  /** The number of findings, listed or not. */
  total: number
  /** The number of findings that are not listed, because a browser would be too slow. */
  omitted: number
}

/** The number of findings that a browser renders without a pause. */
const MAX_FINDINGS = 10_000

const ruleOf = ({ruleId, source}: VFileMessage) => ruleId ?? source ?? 'other'

/** The findings of a report as HTML, by file, each with the lines of the page that it is about. */
export async function listFindings(report: Report, {dots}: Graph): Promise<FindingList> {
  const {rules, total} = countByRule(report)
  const ruleIndex = new Map(rules.map(([name], index) => [name, index]))
  const missing = new Map(dots.flatMap(({kind, path}, at) => (kind === 'missing' ? [[path, at]] : [])))
  // Context lines help with a few findings and are a burden with thousands.
  const context = total <= 1000 ? 2 : total <= 3000 ? 1 : 0
  const sections: string[] = []
  let remaining = MAX_FINDINGS
  for (const [index, {messages}] of report.files.entries()) {
    const shown = messages.slice(0, remaining)
    if (shown.length === 0) continue
    remaining -= shown.length
    const result = report.pages[index]!
    const text = await textOf(report, result)
    const items = shown.map((message) => {
      const target = message.target?.file === undefined ? undefined : missing.get(message.target.file)
      const data = `data-rule="${ruleIndex.get(ruleOf(message))}"${target === undefined ? '' : ` data-to="${target}"`}`
      const frame = text === undefined ? '' : frameOf(message, text, result.page!.lines, context)
      return findingItem(message, data, frame)
    })
    sections.push(fileSection(index, result.path, messages.length, items))
  }
  return {html: sections.join('\n'), rules, total, omitted: total - (MAX_FINDINGS - remaining)}
}

function countByRule({files}: Report): Pick<FindingList, 'rules' | 'total'> {
  const counts = new Map<string, number>()
  let total = 0
  for (const {messages} of files)
    for (const message of messages) {
      counts.set(ruleOf(message), (counts.get(ruleOf(message)) ?? 0) + 1)
      total++
    }
  return {rules: [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)), total}
}

function fileSection(index: number, path: string, count: number, items: readonly string[]): string {
  return (
    `<section class="file" id="p${index}" aria-labelledby="n${index}"><header><h3 id="n${index}">${pathHtml(path)}</h3>` +
    `<span class="count">${formatNumber(count)}</span>` +
    `<button type="button" class="copy live" aria-describedby="n${index}">Copy path</button></header>` +
    `<ol class="found">${items.join('')}</ol></section>`
  )
}

/** A path with an emphasized file name. */
const pathHtml = (path: string) => {
  const slash = path.lastIndexOf('/') + 1
  return `<span class="path">${safeHtml(path.slice(0, slash))}<b>${safeHtml(path.slice(slash))}</b></span>`
}

function findingItem(message: VFileMessage, data: string, frame: string): string {
  const {line, column, reason, note, fix, url} = message
  const severity = severityOf(message)
  const position = line == null ? '' : `<span class="at">${line}:${column ?? 1}</span> `
  const hints = hintsOf(message)
  const fixData = fix ? ` data-fix="${fix.safe ? 'safe' : 'unsafe'}"` : ''
  return (
    `<li class="${severity}" ${data}${fixData}><p class="what"><span class="severity">${severity}</span> ${position}` +
    `<span class="reason">${messageHtml(shortened(reason, MAX_LENGTH))}</span> ${ruleHtml(ruleOf(message), url)}</p>${frame}` +
    `${note ? `<p class="note">${messageHtml(shortened(note, MAX_LENGTH))}</p>` : ''}` +
    `${hints.length > 0 ? `<p class="hint">${hints.join(' <span aria-hidden="true">·</span> ')}</p>` : ''}</li>`
  )
}

/** The expected texts and the option that fixes a finding. */
function hintsOf({expected, fix}: VFileMessage): string[] {
  const hints: string[] = []
  if (expected?.length)
    hints.push(
      `Expected ${expected.map((text) => `<code>${safeHtml(shortened(text, MAX_LENGTH))}</code>`).join(' or ')}`,
    )
  if (fix) hints.push(`<span class="fix">${fix.safe ? '--fix' : '--fix --unsafe'}</span> fixes it`)
  return hints
}

/** The text in which the findings were made; undefined if it is unreadable or has changed since. */
async function textOf({read}: Report, {path, page}: PageResult): Promise<string | undefined> {
  if (!page) return
  try {
    const text = await read(path)
    return text.length === page.end ? withCoveredCredentials(text) : undefined
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
  }
}

/** The lines that a message is about; empty for one without a position. */
function frameOf({place}: VFileMessage, text: string, lines: Uint32Array, context: number): string {
  if (!place) return ''
  const [from, to] = 'start' in place ? [place.start, place.end] : [place, place]
  const offsetOf = ({line, column}: {line: number; column: number}) =>
    (lines[line - 1] ?? text.length) + column - 1
  const start = Math.min(offsetOf(from), text.length)
  return codeFrame(text, lines, {start, end: Math.max(start, Math.min(offsetOf(to), text.length))}, context)
}
