import {randomUUID} from 'node:crypto'
import fastStringWidth from 'fast-string-width'
import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {severityOf} from './finding-message.ts'
import type {Report, ReporterOptions} from './report.ts'
import {filesAsShown} from './shown-paths.ts'
import {bySeverity} from './sort.ts'
import {dim, linked, severityWord} from './terminal.ts'

/** The report for people: a line for each message, then the summary. */
export function textReporter(report: Report, options: ReporterOptions): string {
  const shown = filesAsShown(report)
  const messages = textReport(options.sort === 'severity' ? bySeverity(shown) : shown, options)
  const harmless = messages && options.inActions ? stopCommands(messages) : messages
  return `${harmless}${messages && '\n'}${report.summary}\n`
}

/** The messages of all files that have any. */
export function textReport(
  files: readonly VFile[],
  options: Pick<ReporterOptions, 'color' | 'width' | 'hyperlinks'>,
): string {
  const blocks = files.filter(({messages}) => messages.length > 0).map((file) => fileBlock(file, options))
  // Many files with one message each stay a list.
  return blocks
    .map((lines, index) => {
      const isApart = index > 0 && (lines.length > 1 || blocks[index - 1]!.length > 1)
      return `${isApart ? '\n' : ''}${lines.join('\n')}\n`
    })
    .join('')
}

/** The place of a message as terminals and editors link it: `docs/a.md:3:1`; the first line if it is about the file. */
export const placeOf = ({path}: VFile, {line, column}: VFileMessage): string =>
  `${path}:${line ?? 1}:${column ?? 1}`

/** A narrower column of messages would be harder to read than messages below their places. */
const LEAST_WIDTH = 48
const INDENT_BELOW = 4

/** The lines about one file: columns for places and severities, then messages with their rules. */
function fileBlock(
  file: VFile,
  {color, width = Infinity, hyperlinks}: Pick<ReporterOptions, 'color' | 'width' | 'hyperlinks'>,
): string[] {
  const rows = file.messages.map((message) => ({
    message,
    place: placeOf(file, message),
    severity: severityOf(message),
  }))
  const placeWidth = Math.max(...rows.map(({place}) => fastStringWidth(place)))
  const severityWidth = Math.max(...rows.map(({severity}) => severity.length))
  const beside = placeWidth + severityWidth + 4
  const isBelow = width !== Infinity && width - beside < Math.max(LEAST_WIDTH, longestWord(file))
  const indent = isBelow ? INDENT_BELOW : beside
  return rows.flatMap(({message, place, severity}) => {
    const padding = ' '.repeat(placeWidth - fastStringWidth(place) + 2)
    const start = `${place}${isBelow ? '  ' : padding}${severityWord(severity, color)}`
    const rule = message.ruleId === undefined ? '' : `[${message.ruleId}]`
    const lines = wrapped([...message.reason.split(' '), ...(rule ? [rule] : [])], width - indent)
    if (rule)
      lines.push(`${lines.pop()!.slice(0, -rule.length)}${ruleName(message, rule, color, hyperlinks)}`)
    if (isBelow) return [start, ...lines.map((line) => ' '.repeat(indent) + line)]
    const [first, ...others] = lines
    return [
      `${start}${' '.repeat(severityWidth - severity.length + 2)}${first}`,
      ...others.map((line) => ' '.repeat(indent) + line),
    ]
  })
}

const ruleName = ({url}: VFileMessage, rule: string, color: boolean, hyperlinks: boolean | undefined) =>
  dim(hyperlinks ? linked(rule, url) : rule, color)

/** The width of the longest word of the messages, which may be a URL. */
const longestWord = ({messages}: VFile) =>
  Math.max(...messages.flatMap(({reason}) => reason.split(' ').map((word) => fastStringWidth(word))))

/** Put words into lines of at most a width; a longer word, such as a URL, is not broken. */
function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line: string | undefined
  let left = width
  for (const word of words) {
    const needed = fastStringWidth(word)
    if (line !== undefined && needed + 1 <= left) {
      line += ` ${word}`
      left -= needed + 1
    } else {
      if (line !== undefined) lines.push(line)
      line = word
      left = width - needed
    }
  }
  return [...lines, line!]
}

/**
 * Keep GitHub's runner from executing lines of the report as workflow commands.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function stopCommands(report: string): string {
  const token = randomUUID()
  return `::stop-commands::${token}\n${report}\n::${token}::`
}
