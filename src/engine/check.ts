import {RunErrors} from '../errors/run-errors.ts'
import {DEFAULT_LIMIT_MS} from '../errors/time-limit.ts'
import {divide, ownUrls} from './division.ts'
import {readPages} from './read-pages.ts'
import {remoteUrlsOf} from './remote-urls.ts'
import {dropRepeated} from './repeated-findings.ts'
import {type ActiveRules, runRules} from './run-rules.ts'
import type {CheckInput, CheckResult} from './types.ts'

/**
 * One run: tree → pages → site → remote → rules → findings.
 *
 * If a site, a rule or a plugin fails on a page, the run reports that on the page and goes on; any other error is
 * thrown.
 */
export async function check(input: CheckInput): Promise<CheckResult> {
  const {signal} = input
  signal?.throwIfAborted()
  const errors = new RunErrors()
  const {results, included, testData, view, read} = await readPages(input, errors)
  signal?.throwIfAborted()
  const active: ActiveRules = new Map(results.map((result) => [result, input.rulesFor(result.path)]))
  const {asks: all, asking} = remoteUrlsOf(active, view, input.asksOn)
  const division = input.shard && divide(input.shard, results, all, input.requested ?? ((url) => url))
  const asks = division ? ownUrls(all, division) : all
  const answer = asks.image.size + asks.link.size > 0 ? await input.probe?.(asks) : undefined
  signal?.throwIfAborted()
  await runRules({
    active,
    included,
    view,
    asking,
    tree: input.tree,
    limit: input.limit ?? DEFAULT_LIMIT_MS,
    errors,
    ...(answer && {answer}),
  })
  dropRepeated(results, input.tree)
  for (const result of results) {
    const unchecked = errors.on(result.path)
    if (unchecked.length > 0) result.unchecked = unchecked
    if (division && !division.ownsPage(result.path)) delete result.skipped
  }
  return {
    pages: results,
    testData,
    asks,
    view,
    read,
    unexpectedErrors: errors.unexpected,
    unread: errors.unread,
    ...(answer && {answer}),
    ...(division && {division}),
  }
}
