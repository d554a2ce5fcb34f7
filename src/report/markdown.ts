import type {VFileMessage} from 'vfile-message'
import {shortened} from '../text/safe.ts'
import {severityOf, withoutEvidence} from './finding-message.ts'
import {codeSpan, linkedCode, MAX_LENGTH, messageMarkdown} from './markdown-text.ts'
import {formatNumber, plural} from './numbers.ts'
import {type PageMessage, pageMessages, type Report} from './report.ts'
import {skippedLines} from './skipped.ts'
import {rangeOf} from './source-range.ts'

/**
 * GitHub accepts 65,536 characters in a comment and 1 MiB in a job summary.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#job-summary-limits
 */
const MAX_BYTES = 60_000

/** The findings of a group that are visible before it is unfolded, and those that are listed at all. */
const MAX_UNFOLDED = 5
const MAX_LISTED = 100

/** The last lines of the summary that are shown. */
const MAX_SUMMARY_LINES = 20

/** Space reserved for the line that counts omitted findings, and for the markup around folded ones. */
const OMITTED_LINE_BYTES = 100
const FOLD_BYTES = 150

/** Findings that have one cause or one rule. */
interface Group {
  /**
   * The heading.
   *
   * @param count The number of findings, and of files with findings.
   */
  title(count: string, found: readonly PageMessage[]): string
  noun: 'link' | 'finding'
  found: PageMessage[]
}

/**
 * The report as Markdown, for a job summary or a comment: causes of several findings first, then the other findings by
 * rule. No text of a page becomes a link, an image, HTML or a mention.
 *
 * Shorter than 60,000 bytes of UTF-8; omitted findings are counted.
 */
export function markdownReporter(report: Report): string {
  const {files, counts, summary} = report
  const messages = pageMessages(report)
  if (files.length === 0) return '**doccheck** checked no files\n'
  if (messages.length === 0) {
    const skipped = skippedLines(report.pages)
    const more = skipped.length === 0 ? '' : `\n${fencedBlock(skipped.join('\n'))}\n`
    return `**doccheck** found no problems in ${plural(files.length, 'file')}\n${more}`
  }
  const notes = messages.length - counts.errors - counts.warnings
  const found = [
    counts.errors && plural(counts.errors, 'error'),
    counts.warnings && plural(counts.warnings, 'warning'),
    notes && plural(notes, 'note'),
  ].filter(Boolean)
  const end = `\n${fencedBlock(summary)}\n`
  let text = `## doccheck: ${found.join(', ')} in ${plural(countPages(messages), 'file')}\n`
  let omitted = 0
  let bytesLeft = MAX_BYTES - bytes(text) - bytes(end) - OMITTED_LINE_BYTES
  for (const group of groupMessages(messages)) {
    const section = groupSection(group, bytesLeft)
    if (section === undefined) omitted += group.found.length
    else {
      text += section
      bytesLeft -= bytes(section)
    }
  }
  if (omitted > 0) text += `\n${plural(omitted, 'more finding')} omitted: the report is too long\n`
  return text + end
}

const bytes = (text: string) => Buffer.byteLength(text)

const countPages = (messages: readonly PageMessage[]) => new Set(messages.map(({page}) => page)).size

/**
 * Group messages by their cause in the change, then by targets with several findings, then by rule; within each, the
 * largest groups come first.
 */
function groupMessages(messages: readonly PageMessage[]): Group[] {
  const causes = new Map<string, Group>()
  for (const item of messages) {
    const cause = causeOf(item.message)
    if (cause) addTo(causes, cause.key, item, {title: cause.title, noun: 'link'})
  }
  const byChange = new Map<string, Group>()
  const byTarget = new Map<string, Group>()
  const byRule = new Map<string, Group>()
  for (const item of messages) {
    const {key = ''} = causeOf(item.message) ?? {}
    const group = causes.get(key)
    if (group && item.message.change !== undefined) byChange.set(key, group)
    else if (group && group.found.length > 1) byTarget.set(key, group)
    else addTo(byRule, item.message.ruleId ?? '', item, ruleGroup(item.message))
  }
  return [byChange, byTarget, byRule].flatMap((groups) =>
    [...groups.values()].sort((a, b) => b.found.length - a.found.length),
  )
}

function ruleGroup({ruleId, url}: VFileMessage): Omit<Group, 'found'> {
  const name = ruleId === undefined ? 'Other findings' : linkedCode(ruleId, url)
  return {title: (count) => `${name}: ${count}`, noun: 'finding'}
}

function addTo(
  groups: Map<string, Group>,
  key: string,
  item: PageMessage,
  group: Omit<Group, 'found'>,
): void {
  const known = groups.get(key)
  if (known) known.found.push(item)
  else groups.set(key, {...group, found: [item]})
}

/** The cause that a message may share with others: a change, or a target that does not work. */
function causeOf({ruleId, target, change}: VFileMessage): (Pick<Group, 'title'> & {key: string}) | undefined {
  if (change !== undefined)
    return {key: `change ${change}`, title: (count) => `${changeMarkdown(change)}: breaks ${count}`}
  const {file, name = ''} = target ?? {}
  const key = JSON.stringify([ruleId, file, name])
  if (ruleId === 'no-broken-link' && file !== undefined)
    return {key, title: (count, found) => `${codeSpan(file)} ${targetState(found)}: ${count}`}
  if (ruleId === 'no-missing-anchor' && file !== undefined)
    return {key, title: (count) => `${codeSpan(file)} has no ${codeSpan(`#${name}`)}: ${count}`}
  if ((ruleId === 'no-dead-link' || ruleId === 'no-unreachable-image') && name)
    return {key, title: (count) => `${codeSpan(name)}: ${count}`}
  return undefined
}

/** A target may exist without being published or having an index page. */
const targetState = (found: readonly PageMessage[]) =>
  found.every(({message}) =>
    /^Unexpected (?:\w+ (?:to|for) missing file|missing image) /.test(message.reason),
  )
    ? 'is missing'
    : 'cannot be reached'

/** The changes that messages name, each with two names or one. */
const CHANGES: [change: RegExp, text: (...names: string[]) => string][] = [
  [/^(.+) was renamed to (.+) in this change$/, (from, to) => `${from} was renamed to ${to} in this change`],
  [/^(.+) lost (#.*) in this change$/, (file, anchor) => `${file} lost ${anchor} in this change`],
  [
    /^(.+) is no longer at (.+) since this change$/,
    (file, url) => `${file} is no longer at ${url} since this change`,
  ],
  [/^(.+) was deleted in this change$/, (file) => `${file} was deleted in this change`],
]

/** `docs/setup.md was renamed to docs/install.md in this change`, with its names as code. */
function changeMarkdown(change: string): string {
  for (const [pattern, text] of CHANGES) {
    const names = pattern.exec(change)?.slice(1)
    if (names) return text(...names.map(codeSpan))
  }
  return codeSpan(change)
}

/**
 * A group with as many of its findings as fit.
 *
 * @returns undefined if none does
 */
function groupSection({title, noun, found}: Group, bytesLeft: number): string | undefined {
  const count = `${plural(found.length, noun)} in ${plural(countPages(found), 'file')}`
  const heading = `\n### ${title(count, found)}\n\n`
  const items: string[] = []
  let used = bytes(heading) + FOLD_BYTES
  for (const pageMessage of found.slice(0, MAX_LISTED)) {
    const text = listItem(pageMessage)
    used += bytes(text) + 1
    if (used > bytesLeft) break
    items.push(text)
  }
  if (items.length === 0) return undefined
  const unfolded = items.slice(0, MAX_UNFOLDED)
  const folded = items.slice(MAX_UNFOLDED)
  if (found.length > items.length)
    folded.push(`- ${formatNumber(found.length - items.length)} more not listed`)
  const text = `${heading}${unfolded.join('\n')}\n`
  if (folded.length === 0) return text
  return `${text}\n<details><summary>${formatNumber(found.length - unfolded.length)} more</summary>\n\n${folded.join('\n')}\n\n</details>\n`
}

/** `docs/a.md:12` with its message. */
function listItem({message, page}: PageMessage): string {
  const range = rangeOf(message, page)
  const position = codeSpan(`${page.path}${range ? `:${range.start.line}` : ''}`)
  const {change, likely} = message
  // The heading of the group names the change.
  const reason = withoutEvidence({
    likely,
    reason: change === undefined ? message.reason : message.reason.replace(` (${change})`, () => ''),
  })
  const evidence = likely === undefined ? '' : ` (likely: ${messageMarkdown(likely)})`
  return `- ${position} ${severityOf(message)}: ${messageMarkdown(reason)}${evidence}`
}

/** A fenced code block whose fence is longer than any run of backticks in the text. */
function fencedBlock(text: string): string {
  const lines = text
    .split('\n')
    .slice(-MAX_SUMMARY_LINES)
    .map((line) => shortened(line, MAX_LENGTH))
  const longestRun = Math.max(
    2,
    ...lines.flatMap((line) => line.match(/`+/g) ?? []).map(({length}) => length),
  )
  const fence = '`'.repeat(longestRun + 1)
  return `${fence}text\n${lines.join('\n')}\n${fence}`
}
