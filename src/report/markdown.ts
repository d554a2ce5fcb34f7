import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../check.ts'
import {code, prose} from './markdown-text.ts'
import type {Report} from './report.ts'
import {number, stretchOf, weightOf} from './stretch.ts'

/**
 * GitHub takes 65,536 characters for a comment and 1 MiB for a job's summary.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#job-summary-limits
 */
const MOST_BYTES = 60_000

/** So many findings of a group are open to see, and so many in all. */
const OPEN = 5
const LISTED = 100

/** Findings about one thing, or of one rule. */
interface Group {
  title(count: string): string
  /** One cause may stand behind many findings. */
  isCause: boolean
  found: {message: VFileMessage; page: PageResult}[]
}

/**
 * The report as Markdown, for a job's summary or a comment: what is behind the most findings comes first, then the
 * other findings by rule. Nothing of a page becomes a link, an image, HTML or a mention.
 *
 * Shorter than 60,000 bytes of UTF-8; what is left out is counted.
 */
export function markdownReporter({pages, files, counts, summary}: Report): string {
  const infos = files
    .flatMap(({messages}) => messages)
    .filter((message) => weightOf(message) === 'info').length
  const found = [
    counts.errors && number(counts.errors, 'error'),
    counts.warnings && number(counts.warnings, 'warning'),
    infos && number(infos, 'note'),
  ].filter(Boolean)
  if (found.length === 0) return `**doccheck** found no problems in ${number(files.length, 'file')}\n`
  const told = files.filter(({messages}) => messages.length > 0).length
  const end = `\n${fenced(summary)}\n`
  let report = `## doccheck: ${found.join(', ')} in ${number(told, 'file')}\n`
  let left = 0
  for (const group of groupsOf(pages, files)) {
    const text = left === 0 ? say(group) : ''
    if (text && bytes(report) + bytes(text) + bytes(end) + NOTE <= MOST_BYTES) report += text
    else left += group.found.length
  }
  if (left > 0) report += `\n${number(left, 'finding')} more would not fit here\n`
  return report + end
}

const bytes = (text: string) => Buffer.byteLength(text)

/** Room for the line that counts what is left out. */
const NOTE = 100

/** Causes before rules, those with the most findings first. */
function groupsOf(pages: Report['pages'], files: Report['files']): Group[] {
  const groups = new Map<string, Group>()
  for (const [index, {messages}] of files.entries())
    for (const message of messages) {
      const {key, ...group} = groupOf(message)
      if (!groups.has(key)) groups.set(key, {...group, found: []})
      groups.get(key)!.found.push({message, page: pages[index]!})
    }
  return [...groups.values()].sort(
    (a, b) => Number(b.isCause) - Number(a.isCause) || b.found.length - a.found.length,
  )
}

/** What a message belongs to: the change that brought it about, the target that is not there, or its rule. */
function groupOf({ruleId, target, change}: VFileMessage): Omit<Group, 'found'> & {key: string} {
  const key = (...words: unknown[]) => JSON.stringify(words)
  if (change !== undefined)
    return {
      key: key('change', change),
      isCause: true,
      title: (count) => `${sayChange(change)}: breaks ${count}`,
    }
  if (ruleId === 'no-broken-link' && target?.file !== undefined) {
    const {file} = target
    return {key: key(ruleId, file), isCause: true, title: (count) => `${code(file)} is missing: ${count}`}
  }
  if (ruleId === 'no-missing-anchor' && target?.file !== undefined) {
    const {file, name = ''} = target
    const title = (count: string) => `${code(file)} has no ${code(`#${name}`)}: ${count}`
    return {key: key(ruleId, file, name), isCause: true, title}
  }
  return {
    key: key(ruleId),
    isCause: false,
    title: (count) => `${ruleId === undefined ? 'Other findings' : code(ruleId)}: ${count}`,
  }
}

/** `docs/setup.md was renamed to docs/install.md in this change`, with its names as code. */
function sayChange(change: string): string {
  const renamed = /^(.+) was renamed to (.+) in this change$/.exec(change)
  if (renamed) return `${code(renamed[1]!)} was renamed to ${code(renamed[2]!)} in this change`
  const lost = /^(.+) lost (#.*) in this change$/.exec(change)
  if (lost) return `${code(lost[1]!)} lost ${code(lost[2]!)} in this change`
  const deleted = /^(.+) was deleted in this change$/.exec(change)
  return deleted ? `${code(deleted[1]!)} was deleted in this change` : code(change)
}

function say({title, isCause, found}: Group): string {
  const places = new Set(found.map(({page}) => page)).size
  const count = `${number(found.length, isCause ? 'link' : 'finding')} in ${number(places, 'file')}`
  const lines = found.slice(0, LISTED).map(line)
  const open = lines.slice(0, OPEN)
  const folded = lines.slice(OPEN)
  const unlisted = found.length - lines.length
  if (unlisted > 0) folded.push(`- and ${unlisted} more`)
  const details = `\n<details><summary>${found.length - open.length} more</summary>\n\n${folded.join('\n')}\n\n</details>\n`
  return `\n### ${title(count)}\n\n${open.join('\n')}\n${folded.length > 0 ? details : ''}`
}

/** `docs/a.md:12` with the message. */
function line({message, page}: Group['found'][number]): string {
  const stretch = stretchOf(message, page)
  const at = code(`${page.path}${stretch ? `:${stretch.start.line}` : ''}`)
  const {change, reason} = message
  // The group's title says it already.
  const said = change === undefined ? reason : reason.replace(` (${change})`, '')
  return `- ${at} ${weightOf(message)}: ${prose(said)}`
}

/** A block of code, whatever is in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}
