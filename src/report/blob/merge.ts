import path from 'node:path'
import {VFile} from 'vfile'
import {builtIn} from '../../../rules/index.ts'
import type {PageResult} from '../../engine/types.ts'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {emptyPage} from '../../page/empty-page.ts'
import type {Link, Page} from '../../page/types.ts'
import type {SiteView} from '../../rule/types.ts'
import type {Resolution} from '../../site/types.ts'
import {safe} from '../../text/safe.ts'
import {inOrder, makeSafe} from '../messages.ts'
import type {Report, RunFacts} from '../report.ts'
import {countMessages, summary, type Unverified} from '../summary.ts'
import type {NamedBlob} from './read.ts'
import type {Blob, BlobMessage, BlobPage} from './schema.ts'

/**
 * Merge the reports of all shards of a run into that of the whole run.
 *
 * @param root The root of the tree that the report is shown in, absolute.
 * @param quiet Leave out everything but errors.
 * @throws {@link UserError} if a shard is missing, or they are not of one run
 */
export function mergeBlobs(blobs: readonly NamedBlob[], root: string, quiet = false): Report {
  checkShards(blobs)
  const first = blobs[0]!.blob
  const merged = mergePages(blobs.map(({blob}) => blob))
  const display = displayOf(first)
  const pages = merged.map(resultOf)
  const files = merged.map((page) => fileOf(page, display))
  if (quiet) for (const file of files) file.messages = file.messages.filter(({fatal}) => fatal)
  const texts = new Map(merged.flatMap(({path, text}) => (text === undefined ? [] : [[path, text] as const])))
  const readWithMark = async (file: string) => {
    const text = texts.get(file)
    if (text === undefined) throw new UnreadableError('Cannot be read: the report does not have its text')
    return text
  }
  const counts = countMessages(files)
  const run = mergeRuns(
    blobs.map(({blob}) => blob),
    display,
    root,
  )
  return {
    version: first.program,
    root,
    display,
    pages,
    files,
    counts,
    summary: summary({pages, testData: run.testData}, counts, run),
    run,
    view: viewsOf(merged),
    read: async (file) => (await readWithMark(file)).replace(/^\uFEFF/, ''),
    readWithMark,
  }
}

/** Reject reports that are not all the shards of one run. */
function checkShards(blobs: readonly NamedBlob[]): void {
  const [first] = blobs
  if (!first) throw new UserError('No reports to merge: write them with `--reporter blob:report.json`')
  const {count} = first.blob.shard
  const byIndex = new Map<number, string>()
  for (const {blob, file} of blobs) {
    const {shard, digest, run} = blob
    const name = `${shard.index}/${shard.count}`
    if (shard.count !== count)
      throw new UserError(
        `${file} is shard ${name}, but ${first.file} is one of ${count}: merge the shards of one run`,
      )
    const other = byIndex.get(shard.index)
    if (other !== undefined) throw new UserError(`Both ${other} and ${file} are shard ${name}`)
    byIndex.set(shard.index, file)
    if (digest !== first.blob.digest || blob.root !== first.blob.root || blob.cwd !== first.blob.cwd)
      throw new UserError(
        `${first.file} and ${file} are not of the same run: all shards must check the same commit with the same configuration and options`,
      )
    if (run.isInterrupted) throw new UserError(`${file} is not complete: shard ${name} was interrupted`)
  }
  const missing = Array.from({length: count}, (_, at) => at + 1).filter((index) => !byIndex.has(index))
  if (missing.length > 0)
    throw new UserError(
      `Missing the report${missing.length > 1 ? 's' : ''} of shard ${missing.map((index) => `${index}/${count}`).join(', ')}`,
    )
}

/** The pages of all shards, each with the messages of all shards. */
function mergePages(blobs: readonly Blob[]): BlobPage[] {
  const byPath = new Map<string, BlobPage>()
  for (const {pages} of blobs)
    for (const page of pages) {
      const known = byPath.get(page.path)
      byPath.set(page.path, known ? joined(known, page) : page)
    }
  const isLast = ({isBaseline}: BlobPage) => Number(isBaseline ?? false)
  return [...byPath.values()].sort((a, b) => isLast(a) - isLast(b) || (a.path < b.path ? -1 : 1))
}

/** A page with the messages of two shards. */
function joined(one: BlobPage, two: BlobPage): BlobPage {
  if (one.isOwn && two.isOwn && !one.isBaseline)
    throw new UserError(`Two shards report the page ${one.path}: the reports are damaged`)
  const [own, other] = two.isOwn ? [two, one] : [one, two]
  const text = own.text ?? other.text
  return {...own, ...(text !== undefined && {text}), messages: [...own.messages, ...other.messages]}
}

/** A path that leads further up is shown as if it did not. */
const MOST_ABOVE = 100

/** A path of the tree relative to the working directory that the shards had. */
function displayOf({root, cwd}: Blob): Report['display'] {
  // Missing files may be outside of the tree.
  const above = `/${'_/'.repeat(MOST_ABOVE)}`
  const [top, here] = [path.posix.join(above, root), path.posix.join(above, cwd)]
  return (file) => path.posix.relative(here, path.posix.join(top, file)) || file
}

function resultOf(found: BlobPage): PageResult {
  const {path: file, isBaseline, unreadable, unchecked, skipped} = found
  return {
    path: file,
    findings: [],
    pluginMessages: [],
    ...(unreadable === undefined && !isBaseline && {page: pageOf(found)}),
    ...(isBaseline && {isBaseline}),
    ...(unreadable !== undefined && {unreadable}),
    ...(unchecked && {unchecked}),
    ...(skipped && {skipped}),
  }
}

/** The facts of a page that reports need: its lines, and its links to pages and missing files. */
function pageOf({path: file, text = '', links}: BlobPage): Page {
  const page = emptyPage(file, text.replace(/^\uFEFF/, ''))
  page.links = links.map(
    ([start]): Link => ({kind: 'link', url: '', start, end: start, target: {start, end: start}}),
  )
  return page
}

/** Views that know what the links of a page lead to, and nothing else. */
function viewsOf(pages: readonly BlobPage[]): Report['view'] {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  return ({path: file, links}) => {
    const leads = new Map(links.map((link, at) => [link, byPath.get(file)!.links[at]!]))
    const resolve = (link: object): Resolution => {
      const [, to, path] = leads.get(link as Link)!
      return {to, path} as Resolution
    }
    return {resolve} as unknown as SiteView
  }
}

function fileOf({path: file, messages}: BlobPage, display: Report['display']): VFile {
  const shown = new VFile({path: safe(display(file))})
  for (const message of messages) addMessage(shown, message)
  for (const message of shown.messages) makeSafe(message, shown.path)
  shown.messages.sort(inOrder)
  return shown
}

function addMessage(file: VFile, {reason, fatal, place, ruleId, source, ...rest}: BlobMessage): void {
  const message = file.message(reason, {
    ...(place && {place}),
    ...(ruleId !== undefined && {ruleId}),
    ...(source !== undefined && {source}),
  })
  message.fatal = fatal
  Object.assign(message, rest)
}

function mergeRuns(blobs: readonly Blob[], display: Report['display'], root: string): RunFacts {
  const runs = blobs.map(({run}) => run)
  const [{checksNamedTestData, testData, ignoredPages = {}}] = runs as [Blob['run']]
  const inBaseline = runs.reduce((sum, run) => sum + (run.inBaseline ?? 0), 0)
  return {
    milliseconds: Math.max(...runs.map(({milliseconds}) => milliseconds)),
    display,
    isDocumented: (rule) => builtIn.has(rule),
    ignoredPages: new Map(Object.entries(ignoredPages)),
    checksNamedTestData,
    fixes: 0,
    files: 0,
    unverified: sumUp(runs.flatMap(({unverified}) => unverified)),
    ...(inBaseline > 0 && {inBaseline}),
    cwd: root,
    testData,
    failures: [...new Set(runs.flatMap(({failures}) => failures))],
    isInterrupted: false,
  }
}

/** Add numbers with the same reason. */
function sumUp(unverified: readonly Unverified[]): Unverified[] {
  const byReason = new Map<string, Unverified>()
  for (const {reason, image, link} of unverified) {
    const {image: images = 0, link: links = 0} = byReason.get(reason) ?? {}
    byReason.set(reason, {reason, image: images + image, link: links + link})
  }
  return [...byReason.values()]
}
