import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../engine/types.ts'
import {shortened} from '../text/safe.ts'
import {codeSpan, MAX_LENGTH, messageMarkdown} from './markdown-text.ts'
import {severityOf} from './messages.ts'
import type {Report} from './report.ts'
import {rangeOf} from './source-range.ts'
import {formatNumber, plural} from './summary.ts'

/**
 * GitHub takes 65,536 characters for a comment and 1 MiB for a job's summary.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#job-summary-limits
 */
const MOST_BYTES = 60_000

/** So many findings of a group are open to see, and so many in all. */
const OPEN = 5
const LISTED = 100

/** Of the summary, so many lines, the last ones. */
const SUMMARY_LINES = 20

/** Room for the line that counts what is left out, and for the frame of what is folded. */
const NOTE_BYTES = 100
const FRAME_BYTES = 150

/** One message with its page. */
interface Told {
  message: VFileMessage
  page: PageResult
}

/** Findings that have one cause, or one rule. */
interface Group {
  /** @param count How many there are, in how many files. */
  title(count: string, found: readonly Told[]): string
  noun: 'link' | 'finding'
  found: Told[]
}

/**
 * The report as Markdown, for a job's summary or a comment: what is behind several findings comes first, then the other
 * findings by rule. Nothing of a page becomes a link, an image, HTML or a mention.
 *
 * Shorter than 60,000 bytes of UTF-8; what is left out is counted.
 */
export function markdownReporter({pages, files, counts, summary}: Report): string {
  const told = files.flatMap(({messages}, index) =>
    messages.map((message): Told => ({message, page: pages[index]!})),
  )
  if (told.length === 0) return `**doccheck** found no problems in ${plural(files.length, 'file')}\n`
  const notes = told.length - counts.errors - counts.warnings
  const found = [
    counts.errors && plural(counts.errors, 'error'),
    counts.warnings && plural(counts.warnings, 'warning'),
    notes && plural(notes, 'note'),
  ].filter(Boolean)
  const end = `\n${fenced(summary)}\n`
  let report = `## doccheck: ${found.join(', ')} in ${plural(placesOf(told), 'file')}\n`
  let left = 0
  let room = MOST_BYTES - bytes(report) - bytes(end) - NOTE_BYTES
  for (const group of groupsOf(told)) {
    const text = say(group, room)
    if (text === undefined) left += group.found.length
    else {
      report += text
      room -= bytes(text)
    }
  }
  if (left > 0) report += `\n${plural(left, 'more finding')} in groups that have no room here\n`
  return report + end
}

const bytes = (text: string) => Buffer.byteLength(text)

const placesOf = (told: readonly Told[]) => new Set(told.map(({page}) => page)).size

/** What a change did first, then what several findings are about, then rules; those with the most findings first. */
function groupsOf(all: readonly Told[]): Group[] {
  const causes = new Map<string, Group>()
  for (const told of all) {
    const cause = causeOf(told.message)
    if (cause) add(causes, cause.key, told, {title: cause.title, noun: 'link'})
  }
  const kinds: Map<string, Group>[] = [new Map(), new Map(), new Map()]
  for (const told of all) {
    const {ruleId, change} = told.message
    const cause = causeOf(told.message)
    const group = cause && causes.get(cause.key)!
    if (group && change !== undefined) kinds[0]!.set(cause.key, group)
    else if (group && group.found.length > 1) kinds[1]!.set(cause.key, group)
    else {
      const name = ruleId === undefined ? 'Other findings' : codeSpan(ruleId)
      add(kinds[2]!, name, told, {title: (count) => `${name}: ${count}`, noun: 'finding'})
    }
  }
  return kinds.flatMap((kind) => [...kind.values()].sort((a, b) => b.found.length - a.found.length))
}

function add(groups: Map<string, Group>, key: string, told: Told, group: Omit<Group, 'found'>): void {
  const known = groups.get(key)
  if (known) known.found.push(told)
  else groups.set(key, {...group, found: [told]})
}

/** What is behind a message, and maybe behind others: what a change did, or a target that does not work. */
function causeOf({ruleId, target, change}: VFileMessage): (Pick<Group, 'title'> & {key: string}) | undefined {
  if (change !== undefined)
    return {key: `change ${change}`, title: (count) => `${sayChange(change)}: breaks ${count}`}
  const {file, name = ''} = target ?? {}
  const key = JSON.stringify([ruleId, file, name])
  if (ruleId === 'no-broken-link' && file !== undefined)
    return {key, title: (count, found) => `${codeSpan(file)} ${sayBroken(found)}: ${count}`}
  if (ruleId === 'no-missing-anchor' && file !== undefined)
    return {key, title: (count) => `${codeSpan(file)} has no ${codeSpan(`#${name}`)}: ${count}`}
  if ((ruleId === 'no-dead-link' || ruleId === 'no-unreachable-image') && name)
    return {key, title: (count) => `${codeSpan(name)}: ${count}`}
  return undefined
}

/** A target may be there, and not be published or have no index page. */
const sayBroken = (found: readonly Told[]) =>
  found.every(({message}) => /^Unexpected \w+ to missing file /.test(message.reason))
    ? 'is missing'
    : 'cannot be reached'

/** `docs/setup.md was renamed to docs/install.md in this change`, with its names as code. */
function sayChange(change: string): string {
  const renamed = /^(.+) was renamed to (.+) in this change$/.exec(change)
  if (renamed) return `${codeSpan(renamed[1]!)} was renamed to ${codeSpan(renamed[2]!)} in this change`
  const lost = /^(.+) lost (#.*) in this change$/.exec(change)
  if (lost) return `${codeSpan(lost[1]!)} lost ${codeSpan(lost[2]!)} in this change`
  const moved = /^(.+) is no longer at (.+) since this change$/.exec(change)
  if (moved) return `${codeSpan(moved[1]!)} is no longer at ${codeSpan(moved[2]!)} since this change`
  const deleted = /^(.+) was deleted in this change$/.exec(change)
  return deleted ? `${codeSpan(deleted[1]!)} was deleted in this change` : codeSpan(change)
}

/** A group with as many of its findings as there is room for. @returns nothing where there is room for none */
function say({title, noun, found}: Group, roomBytes: number): string | undefined {
  const count = `${plural(found.length, noun)} in ${plural(placesOf(found), 'file')}`
  const heading = `\n### ${title(count, found)}\n\n`
  const lines: string[] = []
  let used = bytes(heading) + FRAME_BYTES
  for (const told of found.slice(0, LISTED)) {
    const text = line(told)
    used += bytes(text) + 1
    if (used > roomBytes) break
    lines.push(text)
  }
  if (lines.length === 0) return undefined
  const open = lines.slice(0, OPEN)
  const folded = lines.slice(OPEN)
  if (found.length > lines.length)
    folded.push(`- ${formatNumber(found.length - lines.length)} more that are not listed`)
  const text = `${heading}${open.join('\n')}\n`
  if (folded.length === 0) return text
  return `${text}\n<details><summary>${formatNumber(found.length - open.length)} more</summary>\n\n${folded.join('\n')}\n\n</details>\n`
}

/** `docs/a.md:12` with the message. */
function line({message, page}: Told): string {
  const stretch = rangeOf(message, page)
  const at = codeSpan(`${page.path}${stretch ? `:${stretch.start.line}` : ''}`)
  const {change, reason} = message
  // The group's title says it already.
  const said = change === undefined ? reason : reason.replace(` (${change})`, () => '')
  return `- ${at} ${severityOf(message)}: ${messageMarkdown(said)}`
}

/** A block of code, whatever is in it. */
function fenced(text: string): string {
  const lines = text
    .split('\n')
    .slice(-SUMMARY_LINES)
    .map((line) => shortened(line, MAX_LENGTH))
  const longest = Math.max(2, ...lines.flatMap((part) => part.match(/`+/g) ?? []).map(({length}) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${lines.join('\n')}\n${fence}`
}
