import path from 'node:path'
import type {VFileMessage} from 'vfile-message'
import {UnreadableError} from '../../errors/errors.ts'
import type {Page} from '../../page/types.ts'
import {safeJson, withCoveredCredentials, withoutCredentials} from '../../text/safe.ts'
import type {Report} from '../report.ts'
import {rangeOf} from '../source-range.ts'
import {BLOB, type Blob, type BlobMessage, type BlobPage} from './schema.ts'

/**
 * The report of a shard as JSON, for `doccheck merge-reports`: all that any other reporter needs, with the texts of pages
 * that have findings.
 */
export async function blobReporter(report: Report): Promise<string> {
  const {version: program, root, run, pages} = report
  const {milliseconds, ignoredPages, checksNamedTestData, testData, unverified, inBaseline} = run
  const {failures, isInterrupted} = run
  const blob: Blob = {
    ...BLOB,
    program,
    shard: run.shard ?? {index: 1, count: 1},
    digest: run.digest ?? '',
    ...placesOf(root, run.cwd),
    run: {
      milliseconds,
      checksNamedTestData,
      testData: [...testData],
      ...(ignoredPages.size > 0 && {ignoredPages: Object.fromEntries(ignoredPages)}),
      unverified: unverified.map((each) => ({...each})),
      ...(inBaseline !== undefined && {inBaseline}),
      failures: [...failures],
      isInterrupted,
    },
    pages: await Promise.all(pages.map((_, index) => pageOf(report, index))),
  }
  return `${safeJson(blob, 0)}\n`
}

/**
 * The root of the tree and the working directory, relative to the folder that both are in: the names above it stay
 * private.
 */
function placesOf(root: string, cwd: string): Pick<Blob, 'root' | 'cwd'> {
  const relative = (from: string, to: string) => path.relative(from, to).split(path.sep).join('/')
  let common = root
  while (relative(common, cwd).startsWith('..')) common = path.dirname(common)
  return {root: relative(common, root), cwd: relative(common, cwd)}
}

async function pageOf(report: Report, index: number): Promise<BlobPage> {
  const result = report.pages[index]!
  const {messages} = report.files[index]!
  const {path: file, isBaseline, unreadable, unchecked, skipped, page} = result
  const isOwn = report.run.owns?.(file) ?? true
  const text = messages.length > 0 ? await textOf(report, file) : undefined
  return {
    path: file,
    isOwn,
    ...(isBaseline && {isBaseline}),
    ...(unreadable !== undefined && {unreadable}),
    ...(unchecked && {unchecked}),
    ...(skipped && {skipped: skipped.map(({rule, doubt}) => ({rule, doubt: {...doubt}}))}),
    ...(text !== undefined && {text}),
    links: page && isOwn ? linksOf(page, report) : [],
    messages: messages.map((message) => messageOf(message, result)),
  }
}

/** The text of a page, without passwords in URLs but of the same length; undefined if it can no longer be read. */
async function textOf({readWithMark}: Report, file: string): Promise<string | undefined> {
  try {
    return withCoveredCredentials(await readWithMark(file))
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
  }
}

function linksOf(page: Page, {view}: Report): BlobPage['links'] {
  const {resolve} = view(page)
  return page.links.flatMap((link): BlobPage['links'] => {
    const found = resolve(link)
    return found.to === 'page' || found.to === 'missing'
      ? [[link.target.start, found.to, withoutCredentials(found.path)]]
      : []
  })
}

function messageOf(message: VFileMessage, result: Report['pages'][number]): BlobMessage {
  const {reason, fatal = null, target, fix, expected, paths} = message
  const place = rangeOf(message, result)
  const optional: Partial<BlobMessage> = {}
  for (const key of ['ruleId', 'source', 'url', 'actual', 'note', 'likely', 'seen'] as const)
    if (message[key] !== undefined) optional[key] = message[key]
  return {
    reason,
    fatal,
    ...optional,
    ...(place && {place}),
    ...(target && {target: {...target}}),
    ...(expected && {expected: [...expected]}),
    ...(fix && {fix: {edits: fix.edits.map(({start, end, text}) => ({start, end, text})), safe: fix.safe}}),
    ...(paths && {paths: [...paths]}),
  }
}
