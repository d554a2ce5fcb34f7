import {existsSync} from 'node:fs'
import path from 'node:path'
import {type Entry, entriesOf, formatBaseline, parseBaseline} from '../../change/baseline.ts'
import type {ReportedRun} from '../../change/compare.ts'
import {check} from '../../engine/check.ts'
import type {CheckInput} from '../../engine/types.ts'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import {plural} from '../../report/numbers.ts'
import {progressLine} from '../../report/progress.ts'
import {baselinePathIn, lookUp, readBaseline, remainingEntries} from '../../run/open-baseline.ts'
import {prepare} from '../../run/prepare.ts'
import {baselineFile, gitHistory} from '../../run/setup.ts'
import {findTargets} from '../../run/targets.ts'
import {safe} from '../../text/safe.ts'
import {addFile, replaceFile} from '../../tree/write.ts'
import type {Flags, Io} from '../types.ts'
import {printUnexpectedErrors} from '../unexpected-error.ts'
import {worldOf} from '../world.ts'

const DEFAULT_NAME = '.doccheck-baseline.json'

/** The location of a baseline. */
interface Place {
  /** The root of the tree. */
  root: string
  /** The path from the root. */
  file: string
  /** The path as the user would type it. */
  name: string
}

/** `doccheck baseline [paths..]`: write all problems to the file, or remove the fixed ones from it. @returns the exit code */
export async function updateBaseline(positionals: string[], flags: Flags, io: Io): Promise<number> {
  const targets = await findTargets(positionals, io.cwd)
  const progress = progressLine(io)
  const {settings, input, toVFiles, display} = await prepare(
    {targets, positionals},
    flags,
    worldOf(io, progress),
    progress,
  )
  const absolute = baselineFile(flags, settings, io.cwd) ?? path.join(targets.root, DEFAULT_NAME)
  const file = baselinePathIn(targets.root, absolute)
  const place: Place = {root: targets.root, file, name: safe(display(file))}
  const result = await check(input)
  const run = {result, files: await toVFiles(result)}
  progress.done()
  // Problems of anything unchecked are neither known nor gone.
  if (result.unexpectedErrors.length > 0) return printUnexpectedErrors(result.unexpectedErrors, io)
  if (result.answer?.interrupted) throw new UserError(`Interrupted, ${place.name} was not changed`)
  const problems = entriesOf(result.pages, run.files)
  if (existsSync(absolute)) return shrinkBaseline(place, problems, run, input, io)
  await addBaseline(place, problems, settings.baseline === absolute, io)
  return 0
}

async function addBaseline(
  {root, file, name}: Place,
  problems: readonly Entry[],
  isConfigured: boolean,
  io: Io,
): Promise<void> {
  if (problems.length === 0) return io.out('No problems, no baseline needed\n')
  await endOnFailure(addFile(root, file, Buffer.from(formatBaseline(problems))))
  const use = isConfigured
    ? ''
    : `; check with \`--baseline ${name}\`, or set \`baseline\` in the configuration`
  io.out(`${plural(problems.length, 'problem')} written to ${name}${use}\n`)
}

/**
 * Remove fixed problems, and follow renames; new problems are never added.
 *
 * @returns the exit code: 1 for new problems
 */
async function shrinkBaseline(
  {root, file, name}: Place,
  problems: readonly Entry[],
  run: ReportedRun,
  input: CheckInput,
  io: Io,
): Promise<number> {
  const before = readBaseline(root, file, name)
  const entries = parseBaseline(before, name)
  const {known, obsolete, renamed} = await lookUp(entries, run, input, gitHistory(input.tree))
  const after = formatBaseline(remainingEntries(entries, {obsolete, renamed}))
  if (after !== before) await endOnFailure(replaceFile({root, file, before, after}))
  io.out(
    `${plural(obsolete.length, 'fixed problem')} removed from ${name}, ${entries.length - obsolete.length} left\n`,
  )
  if (renamed.size > 0) io.out(`${plural(renamed.size, 'problem')} moved to the new names of files\n`)
  const added = problems.length - known.size
  if (added === 0) return 0
  io.out(
    `${plural(added, 'new problem')} not added, since a baseline only shrinks: fix them, or delete the file to record all problems again\n`,
  )
  return 1
}

/** End the command if a file cannot be written. */
const endOnFailure = (writing: Promise<void>): Promise<void> =>
  writing.catch((error) => {
    throw error instanceof UnreadableError ? new UserError(error.message) : error
  })
