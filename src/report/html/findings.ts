import type {VFileMessage} from 'vfile-message'
import type {PageResult} from '../../engine/types.ts'
import {UnreadableError} from '../../errors/errors.ts'
import {safeHtml, withCoveredCredentials} from '../../text/safe.ts'
import {fingerprintMessages} from '../fingerprint.ts'
import {countInGroup, type FindingGroup, groupFindings, type TitlePart} from '../groups.ts'
import {formatNumber} from '../numbers.ts'
import {type PageMessage, pageMessages, type Report, type SourceLink} from '../report.ts'
import {codeFrame} from './code-frame.ts'
import {ruleHtml} from './escape.ts'
import {findingItem, ruleOf} from './finding-item.ts'
import type {Graph} from './graph.ts'

/** The list of all findings as HTML, and its filters. */
export interface FindingList {
  html: string
  /** Each rule with its number of findings, most frequent first. */
  rules: [name: string, count: number][]
  /** The number of findings, listed or not. */
  total: number
  /** The number of findings that are not listed, because a browser would be too slow. */
  omitted: number
  /** The number of findings that are likely, and of those that `--fix` or `--fix --unsafe` resolves. */
  likely: number
  fixable: number
}

/** The number of findings that a browser renders without a pause. */
const MAX_FINDINGS = 10_000

/** The number of findings that are unfolded at first; the script unfolds as many after each change of the filters. */
const UNFOLDED = 100

/** What all items of the list are made with. */
interface Context {
  report: Report
  /** The indices of rules, of missing targets and of pages, in the lists of the document. */
  rules: ReadonlyMap<string, number>
  missing: ReadonlyMap<string, number>
  pages: ReadonlyMap<PageResult, number>
  fingerprints: ReadonlyMap<VFileMessage, string>
  /** Reads the text in which the findings of a page were made; undefined if it is unreadable or has changed since. */
  text(page: PageResult): Promise<string | undefined>
  link: SourceLink | undefined
  /** The number of lines shown before and after each finding. */
  around: number
}

/** The findings of a report as HTML, by cause and file, each with the lines of the page that it is about. */
export async function listFindings(report: Report, {dots}: Graph): Promise<FindingList> {
  const messages = pageMessages(report)
  const rules = countByRule(messages)
  const total = messages.length
  const context: Context = {
    report,
    rules: new Map(rules.map(([name], index) => [name, index])),
    missing: new Map(dots.flatMap(({kind, path}, at) => (kind === 'missing' ? [[path, at]] : []))),
    pages: new Map(report.pages.map((page, index) => [page, index])),
    fingerprints: fingerprintMessages(report),
    text: textReader(report),
    link: await report.sourceLinks?.(),
    // Context lines help with a few findings and are a burden with thousands.
    around: total <= 1000 ? 2 : total <= 3000 ? 1 : 0,
  }
  const sections: string[] = []
  let listed = 0
  for (const group of groupFindings(messages)) {
    const found = group.found.slice(0, MAX_FINDINGS - listed)
    if (found.length > 0)
      sections.push(await groupSection({...group, found}, countInGroup(group), listed, context))
    listed += found.length
  }
  return {
    html: sections.join('\n'),
    rules,
    total,
    omitted: total - listed,
    likely: messages.filter(({message}) => message.likely !== undefined).length,
    fixable: messages.filter(({message}) => message.fix !== undefined).length,
  }
}

function countByRule(messages: readonly PageMessage[]): FindingList['rules'] {
  const counts = new Map<string, number>()
  for (const {message} of messages) counts.set(ruleOf(message), (counts.get(ruleOf(message)) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

/** @param before The number of findings in the groups before. */
async function groupSection(
  {kind, title, found}: FindingGroup,
  count: string,
  before: number,
  context: Context,
): Promise<string> {
  const byPage = new Map<PageResult, VFileMessage[]>()
  for (const {page, message} of found) {
    const known = byPage.get(page)
    if (known) known.push(message)
    else byPage.set(page, [message])
  }
  const isOfOneRule = found.every(({message}) => ruleOf(message) === ruleOf(found[0]!.message))
  const files: string[] = []
  for (const [page, messages] of byPage) {
    files.push(await fileSection(page, messages, isOfOneRule, context))
  }
  const [{message: first}] = found as [PageMessage]
  // A link in a summary could not be reached by keyboard.
  const rule = isOfOneRule ? ruleHtml(kind === 'rule' ? 'About this rule' : ruleOf(first), first.url) : ''
  return (
    `<details class="group"${before < UNFOLDED ? ' open' : ''}><summary><h3>${title.map(titleHtml).join('')}</h3> ` +
    `<span class="count">${count}</span></summary>${rule}\n${files.join('\n')}</details>`
  )
}

const titleHtml = (part: TitlePart): string =>
  typeof part === 'string' ? safeHtml(part) : `<code>${safeHtml(part.code)}</code>`

async function fileSection(
  page: PageResult,
  messages: readonly VFileMessage[],
  isOfOneRule: boolean,
  {report, rules, missing, pages, fingerprints, text, link, around}: Context,
): Promise<string> {
  const source = await text(page)
  // The page is read again with its mark, as the commit has it.
  const lineLink = source === undefined ? undefined : link?.(page.path, await report.readWithMark(page.path))
  const items = messages.map((message) => {
    const target = message.target?.file === undefined ? undefined : missing.get(message.target.file)
    return findingItem(message, {
      id: fingerprints.get(message)!.slice(0, ID_LENGTH),
      rule: rules.get(ruleOf(message))!,
      isUnderRule: isOfOneRule,
      target,
      source: lineLink?.(message.line ?? 1, message.column ?? 1),
      frame: source === undefined ? '' : frameOf(message, source, page.page!.lines, around),
    })
  })
  return (
    `<section class="file" data-dot="${pages.get(page)}"><h4><button type="button" class="fold" aria-expanded="true">${pathHtml(page.path)}</button></h4> ` +
    `<span class="count">${formatNumber(messages.length)}</span>` +
    `<ol class="found">${items.join('')}</ol></section>`
  )
}

/** Hexadecimal digits that tell the findings of a report apart: with 10,000 of them, two are the same once in 20,000 reports. */
const ID_LENGTH = 10

/** A path with an emphasized file name. */
const pathHtml = (path: string): string => {
  const slash = path.lastIndexOf('/') + 1
  return `<span class="path">${safeHtml(path.slice(0, slash))}<b>${safeHtml(path.slice(slash))}</b></span>`
}

/** Reads each text once: a page may be in several groups. */
function textReader({read}: Report): Context['text'] {
  const texts = new Map<PageResult, string | undefined>()
  const readText = async ({path, page}: PageResult) => {
    if (!page) return
    try {
      const text = await read(path)
      return text.length === page.end ? withCoveredCredentials(text) : undefined
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
    }
  }
  return async (page) => {
    if (!texts.has(page)) texts.set(page, await readText(page))
    return texts.get(page)
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
