import type {KnownPage} from '../../engine/types.ts'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {formatNumber} from '../../report/numbers.ts'
import {progressLine} from '../../report/progress.ts'
import type {Report} from '../../report/report.ts'
import {skippedCount} from '../../report/skipped.ts'
import type {Counts} from '../../report/summary.ts'
import {chosenCacheFile} from '../../run/network.ts'
import type {Request} from '../../run/prepare.ts'
import {
  type Outcome,
  openSession,
  reportOf,
  runSession,
  type Session,
  unreadConfigurations,
} from '../../run/session.ts'
import {pathFrom} from '../../run/setup.ts'
import type {Flags, Io} from '../types.ts'
import {printUnexpectedErrors} from '../unexpected-error.ts'
import {printWarning, worldOf} from '../world.ts'
import {showDiff} from './diff.ts'
import {type Output, writeReports} from './reports.ts'
import {screenOf} from './screen.ts'

/** The state that one run of `--watch` leaves for the next. */
export interface WatchState {
  /** Pages that were read, without those whose files have changed since. */
  pages?: Map<string, KnownPage>
  /** The files that reports were written to, absolute. */
  reports?: string[]
  /** The verdict cache if it is not the default one, absolute. */
  cache?: string | undefined
}

/** The input of a run on the command line. */
interface Run {
  flags: Flags
  io: Io
  outputs: readonly Output[]
  /** The time at which the run began, from `performance.now()`. */
  started: number
  watch: WatchState
}

/**
 * Check, repair if requested, and report.
 *
 * @returns the exit code
 */
export async function runAndReport(
  request: Request,
  {flags, io, outputs, started, watch}: Run,
): Promise<number> {
  const progress = progressLine(io)
  const world = worldOf(io, progress)
  const printsText = request.stdin !== undefined && flags.fix
  const writes = !flags.diff && !printsText
  const session = await openSession(request, {flags, world, progress, writes, started, known: watch.pages})
  watch.reports = outputs.flatMap(({file}) => file ?? [])
  watch.cache = chosenCacheFile(session.settings, flags, io)
  const outcome = await runSession(session)
  progress.done()
  if (flags.diff) {
    const code = await showDiff(outcome.changed, session, io)
    return flags.exitZero ? 0 : code
  }
  watch.pages = new Map(outcome.result.read)
  const links = {root: session.root, env: io.env, template: flags.sourceUrl}
  const report: Report = Object.assign(reportOf(session, outcome), {
    sourceLinks: async () => (await import('../../repository/source-links.ts')).sourceLinks(links),
  })
  if (printsText) io.out(await fixedInput(session, outcome, request.stdin!))
  const screen = printsText ? standardError(io) : io
  await writeReports(outputs, report, screenOf(flags, screen), screen)
  return conclude(outcome, flags, io, session.display)
}

/**
 * The text of standard input with its fixes applied.
 *
 * @param stdin The absolute path of its file.
 * @throws {@link UserError} if it is not text: nothing may replace it then
 */
async function fixedInput(
  {root, input, display}: Session,
  {changed}: Outcome,
  stdin: string,
): Promise<string> {
  const file = pathFrom(root)(stdin)
  try {
    const text = await input.tree.whole(file)
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
    const fixed = changed.get(file)
    return fixed ? mark + fixed.after : text
  } catch (error) {
    throw error instanceof UnreadableError ? new UserError(`${display(file)}: ${error.message}`) : error
  }
}

/** Standard error in place of standard output. */
const standardError = (io: Io): Io => ({...io, out: io.err, outIsTerminal: io.errIsTerminal})

/** The exit code of a process ended by Ctrl-C, by shell convention. */
const INTERRUPTED = 130

/**
 * Print what the reports do not contain.
 *
 * @returns the exit code
 */
function conclude(
  {result, counts, unwritten}: Outcome,
  flags: Flags,
  io: Io,
  display: (path: string) => string,
): number {
  const isOver = exceeds(flags, counts, result.pages, io)
  for (const warning of unreadConfigurations(result, display)) printWarning(io, warning)
  if (result.answer?.interrupted) return INTERRUPTED
  if (unwritten.size > 0) return 2
  if (result.unexpectedErrors.length > 0) return printUnexpectedErrors(result.unexpectedErrors, io)
  return (counts.errors > 0 || isOver) && !flags.exitZero ? 1 : 0
}

/** Are there more warnings or links not judged than the options allow? If so, the user is told. */
export function exceeds(
  {maxWarnings, maxUnknown}: Flags,
  {warnings}: Counts,
  pages: Report['pages'],
  io: Io,
): boolean {
  const isBeyond = (maximum: number | undefined, count: number, things: string): boolean => {
    if (maximum === undefined || count <= maximum) return false
    io.err(`doccheck: Too many ${things}: ${formatNumber(count)} (maximum: ${maximum})\n`)
    return true
  }
  return [
    isBeyond(maxWarnings, warnings, 'warnings'),
    isBeyond(maxUnknown, skippedCount(pages), 'links not judged'),
  ].includes(true)
}
