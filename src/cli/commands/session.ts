import type {VFile} from 'vfile'
import type {Comparison, ReportedRun} from '../../change/compare.ts'
import {check} from '../../engine/check.ts'
import type {CheckResult, KnownPage} from '../../engine/types.ts'
import type {Repaired, Repairs} from '../../fix/repair.ts'
import {formatNumber} from '../../report/numbers.ts'
import {packageInfo} from '../../report/package-info.ts'
import {type ProgressLine, progressLine} from '../../report/progress.ts'
import {skippedCount} from '../../report/skipped.ts'
import {type Counts, countMessages, type RunSummary, summary} from '../../report/summary.ts'
import {safe} from '../../text/safe.ts'
import type {Flags, Io} from '../types.ts'
import {printUnexpectedErrors} from '../unexpected-error.ts'
import {chosenCacheFile, imageDownloader} from './network.ts'
import type {OpenBaseline} from './open-baseline.ts'
import {type Prepared, prepare, type Request} from './prepare.ts'
import {type Output, writeReports} from './reports.ts'
import {baselineFile, gitHistory} from './setup.ts'
import {showDiff, writeChanges} from './write-changes.ts'

/** The state that one run of `--watch` leaves for the next. */
export interface WatchState {
  /** Pages that were read, without those whose files have changed since. */
  pages?: Map<string, KnownPage>
  /** The files that reports were written to, absolute. */
  reports?: string[]
  /** The verdict cache if it is not the default one, absolute. */
  cache?: string | undefined
}

/** A run from the prepared input to the exit code. */
export interface Session extends Prepared {
  flags: Flags
  io: Io
  /** The root of the tree, absolute. */
  root: string
  progress: ProgressLine
  outputs: readonly Output[]
  /** The time at which the run began, from `performance.now()`. */
  started: number
  watch: WatchState
  baseline: OpenBaseline | undefined
  /** The commit, branch or tag that the run is compared with, or `staged`. */
  since: string | undefined
  compare: ((run: ReportedRun) => Promise<Comparison>) | undefined
  /** The outcome of the last comparison. */
  comparison?: Comparison
}

/** Load configuration, tree, history, baseline and the comparison with the tree before a change. */
export async function openSession(
  request: Request,
  given: Pick<Session, 'flags' | 'io' | 'outputs' | 'started' | 'watch'>,
): Promise<Session> {
  const {flags, io, outputs, watch} = given
  const {targets, change} = request
  const progress = progressLine(io)
  const prepared = await prepare(request, flags, io, progress)
  const {settings, input, display} = prepared
  if (watch.pages) input.known = watch.pages
  if (flags.fix || flags.diff) input.history = {...gitHistory(input.tree), ...removalsOf(change)}
  watch.reports = outputs.flatMap(({file}) => file ?? [])
  watch.cache = chosenCacheFile(settings, flags, io)
  const file = baselineFile(flags, settings, io.cwd)
  const committed = flags.baseline === undefined ? settings.committed : undefined
  return {
    ...prepared,
    ...given,
    root: targets.root,
    progress,
    baseline: file
      ? (await import('./open-baseline.ts')).openBaseline(file, targets.root, display, committed)
      : undefined,
    since: change?.since,
    compare: change && (await import('./change.ts')).changeComparer(change, input, {...prepared, targets}),
  }
}

/** The files that the checked change removes; undefined if no change is checked. */
const removalsOf = (change: Request['change']) =>
  change && {removed: change.history.removed, removesOnly: change.history.removesOnly ?? false}

/**
 * Check, repair if requested, and report.
 *
 * @returns the exit code
 */
export async function runSession(session: Session): Promise<number> {
  const {flags, baseline, progress, watch} = session
  const outcome = await (flags.fix || flags.diff ? checkAndRepair(session) : checkOnce(session))
  progress.done()
  // Only after the run is it known which problems no longer exist.
  const shrunk: Repairs['changed'] = ((flags.fix || flags.diff) && baseline?.shrunk()) || new Map()
  const wanted = new Map([...outcome.changed, ...shrunk])
  if (flags.diff) return showDiff(wanted, session)
  const unwritten = new Set([
    ...outcome.unwritten,
    ...(await writeChanges({changed: shrunk, files: new Map()}, session)),
  ])
  watch.pages = new Map(outcome.result.read)
  if ([...shrunk.keys()].every((file) => unwritten.has(file))) baseline?.reportObsolete(outcome)
  if (flags.quiet)
    for (const file of outcome.reported) file.messages = file.messages.filter(({fatal}) => fatal)
  const counts = countMessages(outcome.reported)
  const changed = [...wanted].flatMap(([file, {fixes}]) => (unwritten.has(file) ? [] : [fixes]))
  await report(session, outcome, counts, changed)
  return conclude(session, outcome.result, counts, unwritten.size > 0)
}

async function checkOnce(session: Session): Promise<Repaired> {
  const result = await check(session.input)
  const reported = await messagesToReport(session, result)
  return {result, reported, changed: new Map(), unwritten: new Set()}
}

async function checkAndRepair(session: Session): Promise<Repaired> {
  const {input, flags, progress} = session
  const {repair} = await import('../../fix/repair.ts')
  return repair(input, {
    unsafe: flags.unsafe ?? false,
    report: (result) => messagesToReport(session, result),
    ...(flags.localizeImages && {localize: (result) => localizeImages(session, result)}),
    ...(!flags.diff && {
      write: (repairs) => {
        progress.done()
        return writeChanges(repairs, session)
      },
    }),
  })
}

async function localizeImages({input, settings, flags, io}: Session, result: CheckResult) {
  const {localize} = await import('../../fix/localize.ts')
  const localized = await localize(input, result, {
    folder: (settings.remote.assets ?? 'assets').replace(/^(?:\.\/)+|\/+$/g, ''),
    download: imageDownloader(settings, flags, io),
  })
  for (const warning of localized.warnings) io.err(`doccheck: ${safe(warning)}\n`)
  return localized
}

/** The messages of a run, without those that are in the baseline or existed before the change. */
async function messagesToReport(session: Session, result: CheckResult): Promise<VFile[]> {
  const {baseline, compare, input, toVFiles} = session
  const run = {result, files: await toVFiles(result)}
  const removeKnown = await baseline?.match(run, input)
  const comparison = await compare?.(run)
  if (comparison) session.comparison = comparison
  removeKnown?.()
  return run.files
}

/** @param fixes The number of fixes in each changed file. */
async function report(
  session: Session,
  {result, reported}: Repaired,
  counts: Counts,
  fixes: readonly number[],
): Promise<void> {
  const {flags, io, root, display, input, baseline, comparison, since, isIdle, outputs, started} = session
  const run: RunSummary = {
    milliseconds: performance.now() - started,
    display,
    checksNamedTestData: session.settings.testData === 'named',
    offline: flags.offline ?? false,
    fixes: fixes.reduce((sum, each) => sum + each, 0),
    files: fixes.length,
    ...(baseline && {inBaseline: baseline.knownCount}),
    ...(comparison && {compared: {...comparison, since: since!, isIdle}}),
  }
  await writeReports(
    outputs,
    {
      // Few reporters use it, and reading it costs a file access.
      get version() {
        return packageInfo().version
      },
      root,
      display,
      pages: result.pages,
      files: reported,
      counts,
      summary: summary(result, counts, run),
      view: result.view,
      read: input.tree.read,
      readWithMark: input.tree.whole,
    },
    {color: wantsColor(flags, io), inActions: io.env.GITHUB_ACTIONS === 'true'},
    io,
  )
}

/** The exit code of a process ended by Ctrl-C, by shell convention. */
const INTERRUPTED = 130

/**
 * Print what the reports do not contain.
 *
 * @returns the exit code
 */
function conclude(
  {flags: {maxWarnings, maxUnknown}, io, display}: Session,
  result: CheckResult,
  {errors, warnings}: Counts,
  hasUnwritten: boolean,
): number {
  const isBeyond = (maximum: number | undefined, count: number, things: string): boolean => {
    if (maximum === undefined || count <= maximum) return false
    io.err(`doccheck: Too many ${things}: ${formatNumber(count)} (maximum: ${maximum})\n`)
    return true
  }
  const tooMany = [
    isBeyond(maxWarnings, warnings, 'warnings'),
    isBeyond(maxUnknown, skippedCount(result.pages), 'links not judged'),
  ].includes(true)
  for (const [file, reason] of result.unread)
    io.err(
      `doccheck: ${safe(`${display(file)} cannot be read, so its site is known only in part: ${reason}`)}\n`,
    )
  if (result.answer?.interrupted) return INTERRUPTED
  if (hasUnwritten) return 2
  if (result.unexpectedErrors.length > 0) return printUnexpectedErrors(result.unexpectedErrors, io)
  return errors > 0 || tooMany ? 1 : 0
}

/** Determined by the options, then https://no-color.org and https://force-color.org, then the terminal. */
function wantsColor({color}: Flags, {env, outIsTerminal}: Io): boolean {
  if (color !== undefined) return color
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return outIsTerminal && env.TERM !== 'dumb'
}
