import {existsSync} from 'node:fs'
import path from 'node:path'
import {VFile} from 'vfile'
import {
  type Entry,
  entriesOf,
  formatBaseline,
  type Matched,
  matchBaseline,
  matchRenamed,
  parseBaseline,
  placesOf,
} from '../../change/baseline.ts'
import type {Told} from '../../change/compare.ts'
import {check} from '../../engine/check.ts'
import type {CheckInput, CheckResult, History} from '../../engine/types.ts'
import {UnreadableError, UserError} from '../../errors/errors.ts'
import type {Repaired, Repairs} from '../../fix/repair.ts'
import {plural} from '../../report/numbers.ts'
import {progressLine} from '../../report/progress.ts'
import {isAbove} from '../../text/paths.ts'
import {safe, shortened} from '../../text/safe.ts'
import {isInside, realPath} from '../../tree/inside.ts'
import {readerOf} from '../../tree/read.ts'
import {addFile, replaceFile} from '../../tree/write.ts'
import {findTargets} from '../targets.ts'
import type {Flags, Io} from '../types.ts'
import {printUnexpectedErrors} from '../unexpected-error.ts'
import {prepare} from './prepare.ts'
import {baselinePlace, gitHistory} from './setup.ts'

const DEFAULT = '.doccheck-baseline.json'

/** A baseline in use. */
export interface OpenBaseline {
  /** Look a run's messages up; `take` takes those away that it holds. Where history is asked, through renames. */
  match(told: Told, input: CheckInput): Promise<{take(): void}>
  /** How many messages it held in the last match. */
  noted: number
  /** The file less the entries that are no problems any more, the others following their files; nothing where it stays. */
  shrunk(): Repairs['changed']
  /** Report the entries that are no problems any more: a baseline may only shrink, and is to. */
  report(found: Repaired): void
}

/**
 * Read a baseline.
 *
 * @param place Its absolute path, below the root.
 * @param committed What a commit has there, which counts instead of the file, and cannot shrink.
 * @throws {@link UserError} where there is none, or it is not understood.
 */
export function openBaseline(
  place: string,
  root: string,
  display: (path: string) => string,
  committed?: {name: string; text: string | undefined},
): OpenBaseline {
  const file = inTree(place, root)
  const name = committed?.name ?? display(file)
  if (committed ? committed.text === undefined : !existsSync(place))
    throw new UserError(`There is no baseline ${name}; \`doccheck baseline\` writes one`)
  const text = committed?.text ?? readBaseline(root, file, name)
  const entries = parseBaseline(text, name)
  let over: Entry[] = []
  let carried: ReadonlyMap<Entry, Entry> = new Map()
  let there: ReadonlySet<string>
  const opened: OpenBaseline = {
    noted: 0,
    match: async (told, input) => {
      const found = await find(entries, told, input, input.history)
      const {known} = found
      opened.noted = known.size
      over = found.over
      carried = found.carried
      there = input.tree.files
      return {
        take: () => {
          for (const file of told.files)
            file.messages = file.messages.filter((message) => !known.has(message))
        },
      }
    },
    shrunk: () => {
      const fixes = over.length + carried.size
      if (fixes === 0 || committed) return new Map()
      const after = formatBaseline(keptOf(entries, over, carried))
      return new Map([[file, {before: text, after, fixes}]])
    },
    report: ({result, reported}) => {
      if (over.length === 0 || committed) return
      const told = new VFile({path: safe(name)})
      const places = placesOf(entries, text)
      for (const entry of over) {
        const place = places.get(entry)
        const [path, rule, about] = [entry.path, entry.rule, entry.about].map((part) =>
          safe(shortened(part, 300)),
        )
        const reason = `Unexpected entry for a problem of \`${path}\` that no longer exists (${rule}: \`${about}\`), expected it to be removed${there.has(entry.path) ? '' : ', or to follow its file where that was renamed'}: \`--fix\` does so`
        const message = told.message(reason, {...(place && {place}), ruleId: 'baseline', source: 'doccheck'})
        message.fatal = true
      }
      result.pages.push({path: file, findings: [], pluginMessages: [], isBaseline: true})
      reported.push(told)
    },
  }
  return opened
}

function readBaseline(root: string, file: string, name: string): string {
  try {
    return readerOf(root)(file)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    throw new UserError(`The baseline ${name}: ${error.message}`)
  }
}

function inTree(place: string, root: string): string {
  // The user may know the folder by another name than the shell, by way of a symlink.
  const real = path.join(realPath(path.dirname(place)), path.basename(place))
  const own = isInside(root, place) ? place : path.resolve(root, path.relative(realPath(root), real))
  const file = path.relative(root, own).split(path.sep).join('/')
  if (isAbove(file) || path.isAbsolute(file))
    throw new UserError(`The baseline ${place} is outside of what is checked, expected it below ${root}`)
  return file
}

/** Tells of an entry that was not found again whether its problem is gone, or only was not looked for. */
const isOverIn =
  ({pages, answer}: CheckResult, {tree, rulesFor, plugins, asksOn}: CheckInput) =>
  ({path: file, rule}: Entry): boolean => {
    const result = pages.find((page) => page.path === file)
    if (!result) return !tree.files.has(file)
    if (result.unreadable !== undefined || result.unchecked) return false
    if (rule.includes(':')) return plugins !== undefined
    const active = rulesFor(file).find((own) => own.rule.name === rule)
    if (active?.rule.needs === 'remote') return answer !== undefined && !answer.stopped && !asksOn
    return active !== undefined
  }

/** What of a baseline a run found again, and what it knows to be no more. */
interface Looked extends Pick<Matched, 'known'> {
  over: Entry[]
  /** Entries whose page or target was renamed, with what they are today. */
  carried: ReadonlyMap<Entry, Entry>
}

/** Look entries up; those that are not found as they are, by what history knows of renames, if it is asked. */
async function find(
  entries: readonly Entry[],
  {result, files}: Told,
  input: CheckInput,
  history: Pick<History, 'moved'> | undefined,
): Promise<Looked> {
  const {known, left} = matchBaseline(entries, result.pages, files)
  const isOver = isOverIn(result, input)
  const over = left.filter(isOver)
  if (over.length === 0 || !history) return {known, over, carried: new Map()}
  const renamed = await history.moved()
  const carried = matchRenamed(over, result.pages, files, known, renamed)
  return {
    known,
    carried,
    // Where a page is today may not have been looked at.
    over: over.filter(
      (entry) => !carried.has(entry) && isOver({...entry, path: renamed.get(entry.path) ?? entry.path}),
    ),
  }
}

/** The entries that are to stay, by their names of today. */
function keptOf(entries: readonly Entry[], over: readonly Entry[], carried: Looked['carried']): Entry[] {
  const gone = new Set(over)
  return entries.filter((entry) => !gone.has(entry)).map((entry) => carried.get(entry) ?? entry)
}

/** `doccheck baseline [paths..]`: note what there is, or take out of the file what is no more. @returns the exit code */
export async function noteBaseline(words: string[], flags: Flags, io: Io): Promise<number> {
  for (const flag of ['fix', 'diff', 'staged', 'since', 'stdin'] as const)
    if (flags[flag])
      throw new UserError(`\`doccheck baseline\` notes what a whole check finds, expected no --${flag}`)
  const targets = await findTargets(words, io.cwd)
  const progress = progressLine(io)
  const {settings, input, tell, display} = await prepare({targets, words}, flags, io, progress)
  const place = baselinePlace(flags, settings, io.cwd) ?? path.join(targets.root, DEFAULT)
  const file = inTree(place, targets.root)
  const name = safe(display(file))
  const result = await check(input)
  const files = await tell(result)
  progress.done()
  // What was not checked cannot be noted, nor is it over.
  if (result.mistakes.length > 0) return printUnexpectedErrors(result.mistakes, io)
  if (result.answer?.interrupted) throw new UserError(`Interrupted: ${name} is as it was`)
  const found = entriesOf(result.pages, files)
  if (!existsSync(place)) {
    if (found.length === 0) io.out('No problems: there is nothing to note\n')
    else {
      await orStop(addFile(targets.root, file, Buffer.from(formatBaseline(found))))
      const use =
        settings.baseline === place
          ? ''
          : `; check with \`--baseline ${name}\`, or set \`baseline\` in the configuration`
      io.out(`${plural(found.length, 'problem')} noted in ${name}${use}\n`)
    }
    return 0
  }
  const before = readBaseline(targets.root, file, name)
  const entries = parseBaseline(before, name)
  const {known, over, carried} = await find(entries, {result, files}, input, gitHistory(input.tree))
  const after = formatBaseline(keptOf(entries, over, carried))
  if (after !== before) await orStop(replaceFile({root: targets.root, file, before, after}))
  io.out(
    `${plural(over.length, 'problem')} no longer there, removed from ${name}; ${entries.length - over.length} left\n`,
  )
  if (carried.size > 0) io.out(`${plural(carried.size, 'problem')} noted under new names of files\n`)
  const fresh = found.length - known.size
  if (fresh > 0)
    io.out(
      `${plural(fresh, 'new problem')} not noted: a baseline only shrinks; fix them, or remove the file to note all anew\n`,
    )
  return fresh > 0 ? 1 : 0
}

/** A file that cannot be written ends the command. */
const orStop = (writing: Promise<void>): Promise<void> =>
  writing.catch((error) => {
    throw error instanceof UnreadableError ? new UserError(error.message) : error
  })
