import path from 'node:path'
import type {VFile} from 'vfile'
import type {Compared} from '../../change/compare.ts'
import type {Settings} from '../../config/types.ts'
import {check} from '../../engine/check.ts'
import type {CheckInput, CheckResult, KnownPage} from '../../engine/types.ts'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import type {Repaired, RepairSettings, Repairs} from '../../fix/repair.ts'
import {plural} from '../../report/numbers.ts'
import {packageInfo} from '../../report/package-info.ts'
import {progressLine} from '../../report/progress.ts'
import {countMessages, type RunSummary, summary} from '../../report/summary.ts'
import {safe} from '../../text/safe.ts'
import {findTargets, pathOfStdin, targetsIn} from '../targets.ts'
import type {Flags, Io} from '../types.ts'
import {printUnexpectedErrors} from '../unexpected-error.ts'
import {type Order, prepare} from './prepare.ts'
import {type Output, outputsOf, writeReports} from './reports.ts'
import {baselinePlace, chosenCache, downloader, gitHistory} from './setup.ts'

/** What one run leaves for the next. */
export interface WatchState {
  /** Pages as they were read, less those whose files have changed since. */
  pages?: Map<string, KnownPage>
  /** The files that its reports were written to, absolute. */
  reports?: string[]
  /** The file in which it was told to remember verdicts, absolute; nothing for the usual place. */
  cache?: string | undefined
}

/** `doccheck [paths..]`. @returns the exit code */
export async function checkPaths(
  words: string[],
  flags: Flags,
  io: Io,
  memory: WatchState = {},
): Promise<number> {
  const started = performance.now()
  refuseNonsense(words, flags)
  const outputs = await outputsOf(flags, io)
  const name = flags.stdin ? pathOfStdin(flags.stdinFilename ?? 'stdin.md', io.cwd) : undefined
  const judgesChange = flags.staged || flags.since !== undefined
  const named = await findTargets(name ? [path.dirname(name)] : words, io.cwd, judgesChange)
  if (name) Object.assign(named, {folders: [], files: [name]})
  const change = judgesChange ? await (await import('./change.ts')).openChange(flags, named.root) : undefined
  try {
    const targets = change ? targetsIn(named, change.tree, io.cwd) : named
    return await run({started, outputs, targets, change, stdin: name, words, memory}, flags, io)
  } finally {
    change?.close()
  }
}

/** Refuse flags that have no meaning together. */
function refuseNonsense(words: string[], flags: Flags): void {
  const {stdin, fix, diff, staged, since} = flags
  if (stdin && words.length > 0)
    throw new UserError('--stdin checks standard input, expected no paths beside it')
  if (stdin && (fix || diff))
    throw new UserError('--fix and --diff work on files, expected no --stdin beside them')
  if (stdin && (staged || since !== undefined))
    throw new UserError('--staged and --since judge a change of files, expected no --stdin beside them')
  if (staged && since !== undefined)
    throw new UserError('--staged and --since judge different changes, expected one of them')
  if (staged && (fix || diff))
    throw new UserError(
      '--fix and --diff work on the files of the working folder, expected no --staged beside them',
    )
  if (flags.unsafe && !fix && !diff) throw new UserError('--unsafe has no effect without --fix or --diff')
  if (flags.localizeImages && (!fix || diff || flags.offline))
    throw new UserError('--localize-images needs --fix, and neither --diff nor --offline')
  if (!stdin && flags.stdinFilename) throw new UserError('--stdin-filename has no effect without --stdin')
}

async function run(
  order: Order & {outputs: readonly Output[]; started: number; memory: WatchState},
  flags: Flags,
  io: Io,
): Promise<number> {
  const {started, outputs, targets, change, memory} = order
  const progress = progressLine(io)
  const {settings, input, display, isIdle, tell, ignored} = await prepare(order, flags, io, progress)
  const judge =
    change && (await import('./change.ts')).judgeOf(change, input, {targets, ignored, report: tell})
  if (memory.pages) input.known = memory.pages
  if (flags.fix || flags.diff) input.history = gitHistory(input.tree)
  memory.reports = outputs.flatMap(({file}) => file ?? [])
  memory.cache = chosenCache(settings, flags, io)
  const place = baselinePlace(flags, settings, io.cwd)
  const baseline = place
    ? (await import('./baseline.ts')).openBaseline(
        place,
        targets.root,
        display,
        flags.baseline === undefined ? settings.committed : undefined,
      )
    : undefined
  let compared: Compared | undefined
  const report = async (result: CheckResult) => {
    const told = {result, files: await tell(result)}
    const noted = await baseline?.match(told, input)
    compared = await judge?.(told)
    noted?.take()
    return told.files
  }
  const write = (repairs: Repairs) => {
    progress.done()
    return writeAll(targets.root, repairs, display, io)
  }
  const found = await (flags.fix || flags.diff
    ? fixed(input, flags, settings, io, {report, ...(!flags.diff && {write})})
    : checkOnce(input, report))
  progress.done()
  const shrunk: Changed = ((flags.fix || flags.diff) && baseline?.shrunk()) || new Map()
  const wanted = new Map([...found.changed, ...shrunk])
  if (flags.diff) return showDiff(targets.root, wanted, display, io)
  // Only now is it known which problems no longer exist.
  const unwritten = new Set([...found.unwritten, ...(await write({changed: shrunk, files: new Map()}))])
  const changed = [...wanted].filter(([file]) => !unwritten.has(file))
  const {result, reported} = found
  memory.pages = new Map(result.read)
  if ([...shrunk.keys()].every((file) => unwritten.has(file))) baseline?.report(found)
  if (flags.quiet) for (const file of reported) file.messages = file.messages.filter(({fatal}) => fatal)
  const counts = countMessages(reported)
  const run: RunSummary = {
    milliseconds: performance.now() - started,
    offline: flags.offline ?? false,
    fixes: changed.reduce((sum, [, {fixes}]) => sum + fixes, 0),
    files: changed.length,
    ...(baseline && {inBaseline: baseline.noted}),
    ...(compared && {compared: {...compared, since: change!.since, isIdle}}),
  }
  await writeReports(
    outputs,
    {
      // Few reporters want it, and reading it takes a file.
      get version() {
        return packageInfo().version
      },
      root: targets.root,
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
  const tooMany = flags.maxWarnings !== undefined && counts.warnings > flags.maxWarnings
  if (tooMany)
    io.err(`doccheck: ${plural(counts.warnings, 'warning')}, at most ${flags.maxWarnings} are allowed\n`)
  for (const [file, why] of result.unread)
    io.err(
      `doccheck: ${safe(`${display(file)} cannot be read, so its site is known only in part: ${why}`)}\n`,
    )
  if (result.answer?.interrupted) return INTERRUPTED
  if (unwritten.size > 0) return 2
  if (result.mistakes.length > 0) return printUnexpectedErrors(result.mistakes, io)
  return counts.errors > 0 || tooMany ? 1 : 0
}

/** Check and repair. */
async function fixed(
  input: CheckInput,
  flags: Flags,
  settings: Settings,
  io: Io,
  ends: Pick<RepairSettings, 'report' | 'write'>,
): Promise<Repaired> {
  const {unsafe = false, localizeImages} = flags
  const {repair} = await import('../../fix/repair.ts')
  const localize = async (result: CheckResult) => {
    const folder = (settings.remote.assets ?? 'assets').replace(/^(?:\.\/)+|\/+$/g, '')
    const localized = await (await import('../../fix/localize.ts')).localize(input, result, {
      folder,
      download: downloader(settings, flags, io),
    })
    for (const warning of localized.warnings) io.err(`doccheck: ${safe(warning)}\n`)
    return localized
  }
  return repair(input, {unsafe, ...ends, ...(localizeImages && {localize})})
}

async function checkOnce(
  input: CheckInput,
  report: (result: CheckResult) => Promise<VFile[]>,
): Promise<Repaired> {
  const result = await check(input)
  return {result, reported: await report(result), changed: new Map(), unwritten: new Set()}
}

type Changed = Repairs['changed']

/** Write what is new and what changed. @returns the files that could not be written */
async function writeAll(
  root: string,
  {changed, files}: Repairs,
  display: (file: string) => string,
  io: Io,
): Promise<Set<string>> {
  const unwritten = new Set<string>()
  if (changed.size === 0) return unwritten
  const {addFile, replaceFile} = await import('../../tree/write.ts')
  const tryTo = async (file: string, write: () => Promise<void>) => {
    try {
      await write()
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      io.err(`doccheck: ${safe(`${display(file)}: ${error.message}`)}\n`)
      unwritten.add(file)
    }
  }
  for (const [file, {bytes, pages}] of files) {
    await tryTo(file, () => addFile(root, file, bytes))
    // No page is to show a file that is not there.
    if (unwritten.has(file)) for (const page of pages) unwritten.add(page)
  }
  for (const [file, {before, after}] of changed)
    if (!unwritten.has(file)) await tryTo(file, () => replaceFile({root, file, before, after}))
  return unwritten
}

/** Show what would change. @returns the exit code: 1 where something would */
async function showDiff(
  root: string,
  changed: Changed,
  display: (file: string) => string,
  io: Io,
): Promise<number> {
  if (changed.size === 0) return 0
  const [{diffReport}, {markOf}] = await Promise.all([
    import('../../report/diff.ts'),
    import('../../tree/write.ts'),
  ])
  const named = await Promise.all(
    [...changed].map(async ([file, {before, after}]) => {
      const mark = await markOf(root, file)
      return {path: display(file), before: mark + before, after: mark + after}
    }),
  )
  const inActions = io.env.GITHUB_ACTIONS === 'true'
  const diff = diffReport(named, io.outIsTerminal || inActions)
  const {stopCommands} = await import('../../report/text.ts')
  io.out(inActions ? `${stopCommands(diff)}\n` : diff)
  return 1
}

/** What shells give a program that Ctrl-C ended. */
const INTERRUPTED = 130

/** https://no-color.org and https://force-color.org, after the flag. */
function wantsColor({color}: Flags, {env, outIsTerminal}: Io): boolean {
  if (color !== undefined) return color
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0'
  return outIsTerminal && env.TERM !== 'dumb'
}
