import path from 'node:path'
import {UserError} from '../../errors/errors.ts'
import type {Report, Reporter, ReporterOptions} from '../../report/report.ts'
import {loadReporter} from '../../report/reporters.ts'
import {noCodeOf} from '../../run/settings.ts'
import {reasonOf} from '../../tree/atomic.ts'
import {rootOf} from '../../tree/disk.ts'
import type {Flags, Io} from '../types.ts'
import {writeReportFile} from './report-file.ts'

/** A reporter and the destination of its report. */
export interface Output {
  reporter: Reporter
  /** An absolute path; absent for standard output. */
  file?: string
  /** Other programs write to the file, too. */
  append?: boolean
}

/**
 * Load the reporters of `--reporter name` and `--reporter name:file`; in GitHub Actions, also those for annotations and
 * the job summary.
 *
 * @throws {@link UserError} for a reporter that does not exist
 */
export async function outputsOf(flags: Flags, io: Io): Promise<Output[]> {
  const named = reportersOf(flags)
  const outputs = await Promise.all(named.map((text) => outputOf(text, flags, io)))
  // The findings of all parts of a run are reported once, when their reports are merged.
  const isWhole = flags.shard === undefined
  if (io.env.GITHUB_ACTIONS === 'true' && isWhole) outputs.push(...(await outputsInActions(flags, io)))
  return outputs
}

/** The reporters as `name` or `name:file`; `--output-file` is the file of the one that has none. */
function reportersOf({reporter = ['text'], outputFile}: Flags): string[] {
  if (outputFile === undefined) return reporter
  const onScreen = reporter.filter((text) => !text.includes(':'))
  if (onScreen.length !== 1)
    throw new UserError(
      '--output-file takes one reporter; write `--reporter name:file` for each of several files',
    )
  return reporter.map((text) => (text === onScreen[0] ? `${text}:${outputFile}` : text))
}

/** @param text `name` or `name:file` */
async function outputOf(text: string, flags: Flags, {cwd}: Io): Promise<Output> {
  const {name, file} = parseOutput(text)
  if (file === '')
    throw new UserError(`Invalid value '${text}' for --reporter, expected a file name after the colon`)
  const reporter = await loadReporter(name, cwd, noCodeOf(flags))
  return {reporter, ...(file !== undefined && {file: path.resolve(cwd, file)})}
}

function parseOutput(text: string): {name: string; file: string | undefined} {
  const [, name = '', file] = /^([^:]*)(?::(.*))?$/s.exec(text)!
  return {name, file}
}

async function outputsInActions(flags: Flags, {cwd, env}: Io): Promise<Output[]> {
  const outputs: Output[] = []
  const reporter = reportersOf(flags)
  const onScreen = reporter.map(parseOutput).filter(({file}) => file === undefined)
  // A program that reads standard output must not find the runner's commands in it.
  const isForPeople = onScreen.every(({name}) => name === 'text' || name === 'github')
  if (isForPeople && !reporter.includes('github')) outputs.push({reporter: await loadReporter('github', cwd)})
  const file = env.GITHUB_STEP_SUMMARY
  if (file) outputs.push({reporter: await loadReporter('markdown', cwd), file, append: true})
  return outputs
}

/** The paths of standard output and, in a group, of standard error. */
const STANDARD_STREAM = /^\/(?:dev\/std(?:out|(err))|(?:dev|proc\/self)\/fd\/(?:1|(2)))$/

/**
 * Create all reports, and print or write them.
 *
 * @throws {@link UserError} for a file that cannot be written
 */
export async function writeReports(
  outputs: readonly Output[],
  report: Report,
  screen: ReporterOptions,
  io: Io,
): Promise<void> {
  for (const output of outputs) await writeReport(output, report, screen, io)
}

async function writeReport(
  {reporter, file, append}: Output,
  report: Report,
  screen: ReporterOptions,
  io: Io,
): Promise<void> {
  if (file === undefined) return io.out(await reporter(report, screen))
  const standard = STANDARD_STREAM.exec(file)
  if (standard) {
    // The runner of GitHub Actions reads these, too. Reopening one would truncate the file that a shell redirects it
    // to.
    const print = standard[1] || standard[2] ? io.err : io.out
    return print(await reporter(report, {...inFile(screen), inActions: screen.inActions}))
  }
  const text = await reporter(report, inFile(screen))
  try {
    await writeReportFile(file, text, [report.root, rootOf(io.cwd).root], append)
  } catch (error) {
    throw new UserError(`Cannot write the report ${file}: ${reasonOf(error)}`)
  }
}

/** The layout of a report in a file, which has no width. */
const inFile = ({sort}: ReporterOptions): ReporterOptions => ({
  color: false,
  inActions: false,
  ...(sort && {sort}),
})
