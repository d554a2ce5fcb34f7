import {createHash} from 'node:crypto'
import type {VFile} from 'vfile'
import {builtIn} from '../../rules/index.ts'
import type {Comparison, ReportedRun} from '../change/compare.ts'
import type {Settings} from '../config/types.ts'
import {check} from '../engine/check.ts'
import type {CheckResult, Division, KnownPage} from '../engine/types.ts'
import {UserError} from '../errors/errors.ts'
import type {PlanSettings} from '../fix/plan.ts'
import type {Repaired} from '../fix/repair.ts'
import type {ChangedFiles} from '../fix/rounds.ts'
import {packageInfo} from '../report/package-info.ts'
import type {Report} from '../report/report.ts'
import {type Counts, countMessages, type RunSummary, summary, unverifiedIn} from '../report/summary.ts'
import {describeChoice} from './describe-choice.ts'
import {imageDownloader} from './network.ts'
import type {OpenBaseline} from './open-baseline.ts'
import {type Prepared, prepare, type Request} from './prepare.ts'
import {baselineFile, gitHistory} from './setup.ts'
import type {Progress, RunOptions, World} from './types.ts'
import {writeChanges} from './write-changes.ts'

/** The input of a run. */
export interface SessionSettings {
  flags: RunOptions
  world: World
  progress: Progress
  /** Fixes are written to disk, not only applied in memory. */
  writes: boolean
  /** The time at which the run began, from `performance.now()`. */
  started: number
  /** Pages of an earlier run whose files have not changed since. */
  known?: ReadonlyMap<string, KnownPage> | undefined
}

/** A run from the prepared input to its outcome. */
export interface Session extends Prepared, SessionSettings {
  /** The root of the tree, absolute. */
  root: string
  baseline: OpenBaseline | undefined
  /** The commit, branch or tag that the run is compared with, or `staged`. */
  since: string | undefined
  compare: ((run: ReportedRun) => Promise<Comparison>) | undefined
  /** The outcome of the last comparison. */
  comparison?: Comparison
}

/** The outcome of a run, with the messages to report. */
export interface Outcome extends Repaired {
  /** All changed files, with the baseline if it has shrunk. */
  changed: ChangedFiles
  counts: Counts
  /** The time that the run took. */
  milliseconds: number
}

/** Load configuration, tree, history, baseline and the comparison with the tree before a change. */
export async function openSession(request: Request, given: SessionSettings): Promise<Session> {
  const {flags, world, progress, known} = given
  const {targets, change} = request
  const prepared = await prepare(request, flags, world, progress)
  const {settings, input, display} = prepared
  if (flags.fixRule) refuseUnknownRules(flags.fixRule, settings)
  if (known) input.known = known
  input.past = gitHistory(input.tree)
  const file = baselineFile(flags, settings, world.cwd)
  const committed = flags.baseline === undefined ? settings.committed : undefined
  return {
    ...prepared,
    ...given,
    root: targets.root,
    baseline: file
      ? (await import('./open-baseline.ts')).openBaseline(file, targets.root, display, committed)
      : undefined,
    since: change?.since,
    compare: change && (await import('./change.ts')).changeComparer(change, input, {...prepared, targets}),
  }
}

/** Reject a value of `--fix-rule`, now that the rules of plugins are known. */
function refuseUnknownRules(names: readonly string[], {known}: Settings): void {
  const unknown = names.find((name) => !known.has(name))
  if (unknown !== undefined) throw new UserError(describeChoice('fix-rule', unknown, [...known.keys()]))
}

/** Check, and repair if requested. */
export async function runSession(session: Session): Promise<Outcome> {
  const {flags, writes, world} = session
  // A problem that is gone from a text that is not saved may come back.
  const baseline = flags.stdin ? undefined : session.baseline
  const repairs = flags.fix || flags.diff
  const outcome = await (repairs ? checkAndRepair(session) : checkOnce(session))
  // Only after the run is it known which problems no longer exist.
  const shrunk: ChangedFiles = (repairs && baseline?.shrunk()) || new Map()
  const unwritten = new Set(outcome.unwritten)
  if (writes)
    for (const file of await writeChanges({changed: shrunk, files: new Map()}, session, world))
      unwritten.add(file)
  if ([...shrunk.keys()].every((file) => unwritten.has(file))) baseline?.reportObsolete(outcome)
  leaveToOthers(outcome)
  const changed: ChangedFiles = new Map([...outcome.changed, ...shrunk])
  const milliseconds = performance.now() - session.started
  return {...outcome, changed, unwritten, counts: countMessages(outcome.reported), milliseconds}
}

/** Leave out the pages that other shards report. */
function leaveToOthers(outcome: Repaired): void {
  const {result, reported} = outcome
  const {division} = result
  if (!division) return
  const isOwn = ({path, isBaseline}: CheckResult['pages'][number], index: number) =>
    isBaseline || division.ownsPage(path) || reported[index]!.messages.length > 0
  outcome.reported = reported.filter((_, index) => isOwn(result.pages[index]!, index))
  outcome.result = {...result, pages: result.pages.filter(isOwn)}
}

async function checkOnce(session: Session): Promise<Repaired> {
  const result = await check(session.input)
  const reported = await messagesToReport(session, result)
  if (reported.some(({messages}) => messages.some(({fix}) => fix))) {
    const {keepApplicable} = await import('../fix/plan.ts')
    await keepApplicable(session.input, {tree: session.input.tree, result, reported}, planSettings(session))
  }
  return {result, reported, changed: new Map(), unwritten: new Set()}
}

const planSettings = (session: Session): PlanSettings => ({
  report: (result) => messagesToReport(session, result),
  tryReport: (result) => messagesToReport(session, result, true),
  mayReplace: (file) => mayReplace(session, file),
})

/** May a file be written? A text on standard input is printed instead. */
async function mayReplace({flags, root}: Session, file: string): Promise<boolean> {
  return flags.stdin || (await import('../tree/write.ts')).isReplaceable(root, file)
}

async function checkAndRepair(session: Session): Promise<Repaired> {
  const {input, flags, writes, world} = session
  const {repair} = await import('../fix/repair.ts')
  return repair(input, {
    ...planSettings(session),
    unsafe: flags.unsafe ?? false,
    ...(flags.fixRule && {rules: new Set(flags.fixRule)}),
    ...(flags.localizeImages && {localize: (result) => localizeImages(session, result)}),
    ...(writes && {write: (repairs) => writeChanges(repairs, session, world)}),
  })
}

async function localizeImages({input, settings, flags, world}: Session, result: CheckResult) {
  const {localize} = await import('../fix/localize.ts')
  const localized = await localize(input, result, {
    folder: (settings.remote.assets ?? 'assets').replace(/^(?:\.\/)+|\/+$/g, ''),
    download: imageDownloader(settings, flags, world),
  })
  for (const warning of localized.warnings) world.warn(warning)
  return localized
}

/**
 * The messages of a run, without those that are in the baseline or existed before the change.
 *
 * @param isTrial The run is not the one that is reported.
 */
async function messagesToReport(session: Session, result: CheckResult, isTrial = false): Promise<VFile[]> {
  const {baseline, compare, flags, input, toVFiles} = session
  const run = {result, files: await toVFiles(result)}
  const removeKnown = await baseline?.match(run, input, isTrial)
  const comparison = await compare?.(run)
  if (comparison && !isTrial) session.comparison = comparison
  removeKnown?.()
  // Findings that are not shown are not fixed either.
  if (flags.quiet) for (const file of run.files) file.messages = file.messages.filter(({fatal}) => fatal)
  return run.files
}

/** The report of a run, for reporters. */
export function reportOf(
  session: Session,
  {result, reported, changed, unwritten, counts, milliseconds}: Outcome,
): Report {
  const {flags, root, display, input, baseline, comparison, since, isIdle} = session
  const fixes = [...changed].flatMap(([file, {fixes}]) => (unwritten.has(file) ? [] : [fixes]))
  const run: RunSummary = {
    milliseconds,
    display,
    ignoredPages: session.ignoredPages,
    isDocumented: (rule) => builtIn.has(rule),
    checksNamedTestData: session.settings.testData === 'named',
    unverified: unverifiedIn(result, flags.offline ?? false),
    fixes: fixes.reduce((sum, each) => sum + each, 0),
    files: fixes.length,
    ...(flags.part && {shard: flags.part}),
    ...(baseline && {inBaseline: baseline.knownCount}),
    ...(comparison && {compared: {...comparison, since: since!, isIdle}}),
  }
  const failures = result.unexpectedErrors.map(({message}) => message)
  return {
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
    run: {
      ...run,
      cwd: session.world.cwd,
      testData: result.testData,
      failures,
      isInterrupted: result.answer?.interrupted ?? false,
      ...(result.division && divisionFacts(session, result.division)),
    },
    read: input.tree.read,
    readWithMark: input.tree.whole,
  }
}

/** The reasons why the site configurations of a run are known only in part, one line each. */
export const unreadConfigurations = ({unread}: CheckResult, display: (path: string) => string): string[] =>
  [...unread].map(
    ([file, reason]) => `${display(file)} cannot be read, so its site is known only in part: ${reason}`,
  )

const divisionFacts = (session: Session, division: Division) => ({
  owns: division.ownsPage,
  digest: runDigest(session, division),
})

/** A digest of all that the findings of a run follow from: shards with the same one are of the same run. */
function runDigest({flags, settings}: Session, {digest}: Division): string {
  const {layers, ignore, testData, platform, sites, unusedDisables, remote, plugins, baseline} = settings
  const given = {
    offline: flags.offline,
    quiet: flags.quiet,
    site: flags.site,
    baseline: baseline !== undefined,
  }
  const facts = {digest, given, layers, ignore, testData, platform, sites, unusedDisables, remote, plugins}
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
