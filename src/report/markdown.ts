import {shortened} from '../text/safe.ts'
import {severityOf} from './finding-message.ts'
import {countInGroup, type FindingGroup, groupFindings, reasonInGroup} from './groups.ts'
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

/**
 * The report as Markdown, for a job summary or a comment: errors first, causes of several findings before
 * the other findings, which stand by rule. No text of a page becomes a link, an image, HTML or a mention.
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
  for (const group of groupFindings(messages)) {
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

/** `docs/setup.md was renamed to docs/install.md in this change`, with its names as code. */
const titleOf = ({title}: FindingGroup): string =>
  title
    .map((part) =>
      typeof part === 'string'
        ? part
        : part.url === undefined
          ? codeSpan(part.code)
          : linkedCode(part.code, part.url),
    )
    .join('')

/**
 * A group with as many of its findings as fit.
 *
 * @returns undefined if none does
 */
function groupSection(group: FindingGroup, bytesLeft: number): string | undefined {
  const {found} = group
  const heading = `\n### ${titleOf(group)}: ${countInGroup(group)}\n\n`
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
  const {likely} = message
  const evidence = likely === undefined ? '' : ` (likely: ${messageMarkdown(likely)})`
  return `- ${position} ${severityOf(message)}: ${messageMarkdown(reasonInGroup(message))}${evidence}`
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
