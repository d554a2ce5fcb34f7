import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../../engine/types.ts'
import {UnreadableError} from '../../errors/errors.ts'
import {safeHtml, shortened, withCoveredCredentials} from '../../text/safe.ts'
import {severityOf} from '../messages.ts'
import type {Report} from '../report.ts'
import {codeFrame} from './code-frame.ts'
import {digits, messageHtml} from './escape.ts'
import type {Graph} from './graph.ts'

/** Longer texts are cut: nobody reads them. */
const LONGEST = 600

/** The list of all findings as HTML, and what it can be filtered by. */
export interface FindingList {
  html: string
  /** Each rule with its number of findings, most frequent first. */
  rules: [name: string, times: number][]
  /** How many findings there are, shown or not. */
  total: number
  /** How many are not shown, because a browser would take too long. */
  omitted: number
}

/** How many findings a browser shows without a pause. */
const MOST = 10_000

const ruleOf = ({ruleId, source}: VFileMessage) => ruleId ?? source ?? 'other'

/** Write the findings of a report as HTML, by file, each with its lines of the page. */
export async function listFindings(report: Report, {dots}: Graph): Promise<FindingList> {
  const counts = new Map<string, number>()
  let total = 0
  for (const {messages} of report.files)
    for (const message of messages) {
      counts.set(ruleOf(message), (counts.get(ruleOf(message)) ?? 0) + 1)
      total++
    }
  const rules = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const ruleIndex = new Map(rules.map(([name], index) => [name, index]))
  const missing = new Map(dots.flatMap(({kind, path}, at) => (kind === 'missing' ? [[path, at]] : [])))
  // Lines around are a help with few findings, and a burden with thousands.
  const context = total <= 1000 ? 2 : total <= 3000 ? 1 : 0
  const parts: string[] = []
  let room = MOST
  for (const [index, {messages}] of report.files.entries()) {
    const shown = messages.slice(0, room)
    if (shown.length === 0) continue
    room -= shown.length
    const result = report.pages[index]!
    const text = await textOf(report, result)
    const items = shown.map((message) => {
      const target = message.target?.file === undefined ? undefined : missing.get(message.target.file)
      const data = `data-rule="${ruleIndex.get(ruleOf(message))}"${target === undefined ? '' : ` data-to="${target}"`}`
      const lines = text === undefined ? '' : frameOf(message, text, result.page!.lines, context)
      return item(message, data, lines)
    })
    parts.push(
      `<section class="file" id="p${index}" aria-labelledby="n${index}"><header><h3 id="n${index}">${splitName(result.path)}</h3>` +
        `<span class="count">${digits(messages.length)}</span>` +
        `<button type="button" class="copy live" aria-describedby="n${index}">Copy name</button></header>` +
        `<ol class="found">${items.join('')}</ol></section>`,
    )
  }
  return {html: parts.join('\n'), rules, total, omitted: total - (MOST - room)}
}

/** A path whose last part stands out. */
const splitName = (path: string) => {
  const slash = path.lastIndexOf('/') + 1
  return `<span class="path">${safeHtml(path.slice(0, slash))}<b>${safeHtml(path.slice(slash))}</b></span>`
}

function item(message: VFileMessage, data: string, lines: string): string {
  const {line, column, reason, note, expected, fix} = message
  const weight = severityOf(message)
  const place = line == null ? '' : `<span class="at">${line}:${column ?? 1}</span> `
  const hints: string[] = []
  if (expected?.length)
    hints.push(
      `Expected ${expected.map((text) => `<code>${safeHtml(shortened(text, LONGEST))}</code>`).join(' or ')}`,
    )
  if (fix) hints.push(`<span class="fix">${fix.safe ? '--fix' : '--fix --unsafe'}</span> mends it`)
  const mend = fix ? ` data-fix="${fix.safe ? 'safe' : 'unsafe'}"` : ''
  return (
    `<li class="${weight}" ${data}${mend}><p class="what"><span class="weight">${weight}</span> ${place}` +
    `<span class="reason">${messageHtml(shortened(reason, LONGEST))}</span> <span class="rule">${safeHtml(ruleOf(message))}</span></p>${lines}` +
    `${note ? `<p class="note">${messageHtml(shortened(note, LONGEST))}</p>` : ''}` +
    `${hints.length > 0 ? `<p class="hint">${hints.join(' <span aria-hidden="true">·</span> ')}</p>` : ''}</li>`
  )
}

/** The text that the page's findings were made from; nothing where it is gone or another by now. */
async function textOf({read}: Report, {path, page}: PageResult): Promise<string | undefined> {
  if (!page) return
  try {
    const text = await read(path)
    return text.length === page.end ? withCoveredCredentials(text) : undefined
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
  }
}

/** The lines a message is about; nothing for one that is about no place. */
function frameOf({place}: VFileMessage, text: string, lines: Uint32Array, context: number): string {
  if (!place) return ''
  const [from, to] = 'start' in place ? [place.start, place.end] : [place, place]
  const offsetOf = ({line, column}: {line: number; column: number}) =>
    (lines[line - 1] ?? text.length) + column - 1
  const start = Math.min(offsetOf(from), text.length)
  return codeFrame(text, lines, {start, end: Math.max(start, Math.min(offsetOf(to), text.length))}, context)
}
