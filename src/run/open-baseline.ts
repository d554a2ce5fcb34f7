import {existsSync} from 'node:fs'
import path from 'node:path'
import {VFile} from 'vfile'
import {
  type BaselineMatch,
  type Entry,
  formatBaseline,
  isSkipped,
  matchBaseline,
  matchRenamed,
  parseBaseline,
  placesOf,
} from '../change/baseline.ts'
import type {ReportedRun} from '../change/compare.ts'
import type {CheckInput, CheckResult, Renames} from '../engine/types.ts'
import {UnreadableError, UserError} from '../errors/errors.ts'
import type {Repaired} from '../fix/repair.ts'
import type {ChangedFiles} from '../fix/rounds.ts'
import {isAbove} from '../text/paths.ts'
import {safe, shortened} from '../text/safe.ts'
import {isInside, realPath} from '../tree/inside.ts'
import {readerOf} from '../tree/read.ts'
import {pathFrom} from './setup.ts'

/** A baseline in use. */
export interface OpenBaseline {
  /**
   * Match the messages of a run, through renames if the input has a history.
   *
   * @param isTrial The run is not the one that is reported.
   * @returns the function that removes the known ones
   */
  match(run: ReportedRun, input: CheckInput, isTrial?: boolean): Promise<() => void>
  /** The number of messages that the last match found in the baseline. */
  knownCount: number
  /** The file without obsolete entries, and with renames applied; empty if it stays unchanged. */
  shrunk(): ChangedFiles
  /** Report obsolete entries as errors: a baseline may only shrink. */
  reportObsolete(outcome: Pick<Repaired, 'result' | 'reported'>): void
}

/**
 * Read a baseline.
 *
 * @param place Its absolute path, inside the root.
 * @param committed The text of the file in a commit: used instead of the file, and never shrunk.
 * @throws {@link UserError} for a file that is missing or not a baseline
 */
export function openBaseline(
  place: string,
  root: string,
  display: (path: string) => string,
  committed?: {name: string; text: string | undefined},
): OpenBaseline {
  const file = baselinePathIn(root, place)
  const name = committed?.name ?? display(file)
  if (committed ? committed.text === undefined : !existsSync(place))
    throw new UserError(`No such baseline: ${name}; run \`doccheck baseline\` to write one`)
  const text = committed?.text ?? readBaseline(root, file, name)
  const entries = parseBaseline(text, name)
  let lookup: EntryLookup = {known: new Set(), obsolete: [], renamed: new Map()}
  let outdated: Entry[] = []
  let files: ReadonlySet<string>
  const opened: OpenBaseline = {
    knownCount: 0,
    match: async (run, input, isTrial) => {
      const found = await lookUp(entries, run, input, input.past)
      const {known} = found
      if (!isTrial) {
        lookup = found
        files = input.tree.files
        // A change that renames a page need not bring the baseline up to date.
        outdated = [...found.obsolete, ...(input.history ? [] : found.renamed.keys())]
        opened.knownCount = known.size
      }
      return () => {
        for (const file of run.files) file.messages = file.messages.filter((message) => !known.has(message))
      }
    },
    shrunk: () => {
      const fixes = lookup.obsolete.length + lookup.renamed.size
      if (fixes === 0 || committed) return new Map()
      return new Map([
        [file, {before: text, after: formatBaseline(remainingEntries(entries, lookup)), fixes}],
      ])
    },
    reportObsolete: ({result, reported}) => {
      if (outdated.length === 0 || committed) return
      result.pages.push({path: file, findings: [], pluginMessages: [], isBaseline: true})
      reported.push(obsoleteMessages(name, text, outdated, files))
    },
  }
  return opened
}

/** The maximum length of a part of an entry that a message quotes. */
const LONGEST_PART = 300

/** @param files All files of the tree: the page of an entry may be deleted, or renamed. */
function obsoleteMessages(
  name: string,
  text: string,
  obsolete: readonly Entry[],
  files: ReadonlySet<string>,
): VFile {
  const file = new VFile({path: safe(name)})
  const places = placesOf(obsolete, text)
  for (const entry of obsolete) {
    const place = places.get(entry)
    const [page, rule, about] = [entry.path, entry.rule, entry.about].map((part) =>
      safe(shortened(part, LONGEST_PART)),
    )
    const expected = files.has(entry.path)
      ? 'expected no entry: `--fix` removes it'
      : 'expected no entry, or the new path of a renamed file: `--fix` updates it'
    const message = file.message(
      `Unexpected entry for a problem of \`${page}\` that no longer exists (${rule}: \`${about}\`), ${expected}`,
      {...(place && {place}), ruleId: 'baseline', source: 'doccheck'},
    )
    message.fatal = true
  }
  return file
}

/** Read the text of a baseline. @throws {@link UserError} for one that cannot be read */
export function readBaseline(root: string, file: string, name: string): string {
  try {
    return readerOf(root)(file)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    throw new UserError(`Cannot read the baseline ${name}: ${error.message.replace(/^Cannot be read: /, '')}`)
  }
}

/**
 * The path of a baseline from the tree's root.
 *
 * @throws {@link UserError} for one outside
 */
export function baselinePathIn(root: string, place: string): string {
  // Through a symlink, the user may refer to the folder by another name than the shell does.
  const real = path.join(realPath(path.dirname(place)), path.basename(place))
  const own = isInside(root, place) ? place : path.resolve(root, path.relative(realPath(root), real))
  const file = pathFrom(root)(own)
  if (isAbove(file) || path.isAbsolute(file))
    throw new UserError(`The baseline ${place} is outside the checked tree ${root}`)
  return file
}

/** The entries of a baseline after a run. */
export interface EntryLookup extends Pick<BaselineMatch, 'known'> {
  /** Entries whose problems certainly no longer exist. */
  obsolete: Entry[]
  /** Entries whose page or target was renamed, each with its current form. */
  renamed: ReadonlyMap<Entry, Entry>
}

/**
 * Match the entries of a baseline with the messages of a run; given a history, match the remaining ones through
 * renames.
 */
export async function lookUp(
  entries: readonly Entry[],
  {result, files}: ReportedRun,
  input: CheckInput,
  history: Pick<Renames, 'moved'> | undefined,
): Promise<EntryLookup> {
  const {known, unmatched} = matchBaseline(entries, result.pages, files)
  const isObsolete = obsoleteIn(result, input)
  const obsolete = unmatched.filter((entry) => isOwn(entry, result, input) && isObsolete(entry))
  if (obsolete.length === 0 || !history) return {known, obsolete, renamed: new Map()}
  const moved = await history.moved(obsolete.flatMap(({path, about}) => [path, about.split('#', 1)[0]!]))
  const renamed = matchRenamed(obsolete, result.pages, files, known, moved)
  return {
    known,
    renamed,
    // The page may not have been checked under its new name.
    obsolete: obsolete.filter(
      (entry) => !renamed.has(entry) && isObsolete({...entry, path: moved.get(entry.path) ?? entry.path}),
    ),
  }
}

/** Would this run report the problem of an entry, and not another shard? */
function isOwn({path: file, rule, about}: Entry, {division}: CheckResult, {rulesFor}: CheckInput): boolean {
  if (!division) return true
  const isRemote = rulesFor(file).some((own) => own.rule.name === rule && own.rule.needs === 'remote')
  return isRemote ? division.ownsUrl(about) : division.ownsPage(file)
}

/** Create the test of whether the problem of an entry without a match is gone, rather than merely unchecked. */
const obsoleteIn =
  ({pages, answer}: CheckResult, {tree, rulesFor, plugins, asksOn}: CheckInput) =>
  (entry: Entry): boolean => {
    const {path: file, rule} = entry
    const result = pages.find((page) => page.path === file)
    if (!result) return !tree.files.has(file)
    if (result.unreadable !== undefined || result.unchecked || isSkipped(entry, result)) return false
    if (rule.includes(':')) return plugins !== undefined
    const active = rulesFor(file).find((own) => own.rule.name === rule)
    if (active?.rule.needs === 'remote') return answer !== undefined && !answer.stopped && !asksOn
    return active !== undefined
  }

/** The entries that stay in a baseline, under their current names. */
export function remainingEntries(
  entries: readonly Entry[],
  {obsolete, renamed}: Pick<EntryLookup, 'obsolete' | 'renamed'>,
): Entry[] {
  const gone = new Set(obsolete)
  return entries.filter((entry) => !gone.has(entry)).map((entry) => renamed.get(entry) ?? entry)
}
