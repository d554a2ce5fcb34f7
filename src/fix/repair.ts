import type {VFile} from 'vfile'
import {check} from '../engine/check.ts'
import type {CheckInput, CheckResult} from '../engine/types.ts'
import {UnreadableError} from '../errors/errors.ts'
import type {Fix} from '../rule/types.ts'
import {withTexts} from '../tree/overlay.ts'
import type {Tree} from '../tree/tree.ts'
import {byFile} from '../tree/write.ts'
import {applyHarmless} from './harmless.ts'
import type {Localized, StoredImage} from './localize.ts'
import {checkedOnce} from './probe-once.ts'

/** The settings for repairing a tree. */
export interface RepairSettings {
  /** Apply suggestions, too. */
  unsafe: boolean
  /** The rules whose fixes are applied; all by default. */
  rules?: ReadonlySet<string>
  /** Create further fixes for the first round, with the files that they link to. */
  localize?(result: CheckResult): Promise<Localized>
  /** Create the VFiles with the messages to report, one for each page of a run. */
  report(result: CheckResult): Promise<VFile[]>
  /**
   * Write changed and new files; if absent, nothing is written.
   *
   * @returns the files that could not be written
   */
  write?(repairs: Repairs): Promise<ReadonlySet<string>>
}

/** Changed files by path: the text as it was read, the text to write, and the number of fixes between them. */
export type ChangedFiles = Map<string, {before: string; after: string; fixes: number}>

/** The files to write. */
export interface Repairs {
  changed: ChangedFiles
  /** New files, which are written first. */
  files: ReadonlyMap<string, StoredImage>
}

/** The outcome of repairing. */
export interface Repaired {
  /** The last run, with the remaining findings. */
  result: CheckResult
  /** Its messages, a file for each page. */
  reported: VFile[]
  changed: ChangedFiles
  /** The files that could not be written. */
  unwritten: ReadonlySet<string>
}

/**
 * A fix may make another one possible, or necessary; after more rounds than this, two rules undo each other's fixes.
 */
const MOST_ROUNDS = 10
/** A page may get the same finding again: another fix redirects a second link to the target of the first one. */
const MOST_ROUNDS_OF_ONE = 3

/**
 * Check, apply fixes in memory, and check again until there is nothing more to apply. Then write everything; files that
 * could not be written are checked as they are on disk.
 */
export async function repair(input: CheckInput, settings: RepairSettings): Promise<Repaired> {
  const rounds = new RepairRounds(input, settings)
  let run = await rounds.check()
  const localized = await settings.localize?.(run.result)
  const files = localized?.files ?? new Map<string, StoredImage>()
  rounds.pretend(files.keys())
  for (let round = 0; round < MOST_ROUNDS && !run.result.answer?.interrupted; round++) {
    const isChanged = await rounds.apply(run, round === 0 ? localized?.fixes : undefined)
    if (!isChanged) break
    run = await rounds.check()
  }
  const {changed} = rounds
  const unwritten = (await settings.write?.({changed, files})) ?? new Set<string>()
  if (unwritten.size > 0) {
    rounds.forget()
    rounds.pretend([...files.keys()].filter((file) => !unwritten.has(file)))
    run = await rounds.check()
  }
  rounds.withdrawRefused(run)
  return {result: run.result, reported: run.reported, changed, unwritten}
}

/** One check during the repair. */
interface Round extends Pick<Repaired, 'result' | 'reported'> {
  /** The tree with the texts as repaired so far. */
  tree: Tree
}

/** The texts in memory as fixed so far, and the record of fixes across rounds. */
class RepairRounds {
  readonly changed: ChangedFiles = new Map()
  readonly #input: CheckInput
  readonly #settings: RepairSettings
  readonly #texts = new Map<string, string>()
  /**
   * The number of times that each finding of a page was fixed: a fix that does not resolve its finding would be applied
   * forever.
   */
  readonly #timesFixed = new Map<string, Map<string, number>>()
  /** The fixes of the last round that must not be offered again, by page. */
  readonly #refused = new Map<string, Set<string>>()
  #pathsOf: ReturnType<typeof byFile> | undefined

  constructor(input: CheckInput, settings: RepairSettings) {
    this.#input = {...input, ...(input.probe && {probe: checkedOnce(input.probe)})}
    this.#settings = settings
  }

  /** Check the tree with the texts so far. */
  async check(): Promise<Round> {
    const tree = this.#texts.size > 0 ? withTexts(this.#input.tree, this.#texts) : this.#input.tree
    const result = await check({...this.#input, tree})
    return {tree, result, reported: await this.#settings.report(result)}
  }

  /** Pretend that files to be written exist already. */
  pretend(files: Iterable<string>): void {
    for (const file of files) this.#texts.set(file, '')
  }

  /** Return to the texts on disk. */
  forget(): void {
    this.#texts.clear()
  }

  /**
   * Apply the fixes of a round.
   *
   * @returns whether there is anything new to check
   */
  async apply({tree, result, reported}: Round, more?: ReadonlyMap<string, Fix[]>): Promise<boolean> {
    let isChanged = false
    this.#refused.clear()
    for (const [index, {path}] of result.pages.entries())
      if (await this.#fixPage(path, tree, reported[index]!, more?.get(path) ?? [])) isChanged = true
    return isChanged
  }

  /** Remove the fixes that were refused from the messages. */
  withdrawRefused({result, reported}: Round): void {
    for (const [index, {path}] of result.pages.entries())
      for (const message of reported[index]!.messages)
        if (message.fix && this.#refused.get(path)?.has(keyOf(message.fix))) delete message.fix
  }

  #isWanted({fix, ruleId}: VFile['messages'][number]): boolean {
    const {unsafe, rules} = this.#settings
    return fix !== undefined && (fix.safe || unsafe) && (!rules || rules.has(ruleId ?? ''))
  }

  async #fixPage(path: string, tree: Tree, file: VFile, more: readonly Fix[]): Promise<boolean> {
    const times = this.#timesFixed.get(path) ?? new Map<string, number>()
    const open = file.messages.filter((message) => (times.get(findingOf(message)) ?? 0) < MOST_ROUNDS_OF_ONE)
    const wanted = open.flatMap((message) => (this.#isWanted(message) ? [message.fix!] : []))
    wanted.push(...more)
    if (wanted.length === 0) return false
    this.#pathsOf ??= byFile(this.#input.tree.root, this.#input.files)
    const paths = this.#pathsOf.get(path)
    // A fix that is correct for one path of a file may be wrong for another.
    if (!paths) {
      this.#refused.set(path, new Set(wanted.map(keyOf)))
      return false
    }
    const text = await readIfThere(tree, path)
    // It was deleted after it was checked: the next round reports that.
    if (text === undefined) return true
    const fixed = applyHarmless(text, unique(wanted))
    this.#refused.set(path, new Set(fixed.refused.map(keyOf)))
    if (fixed.text === text) return false
    const applied = new Set(fixed.applied)
    const ended = open.filter(({fix}) => fix && applied.has(fix)).map(findingOf)
    for (const finding of new Set(ended)) times.set(finding, (times.get(finding) ?? 0) + 1)
    this.#timesFixed.set(path, times)
    for (const each of paths) this.#texts.set(each, fixed.text)
    const {before, fixes} = this.changed.get(path) ?? {before: text, fixes: 0}
    this.changed.set(path, {before, after: fixed.text, fixes: fixes + fixed.applied.length})
    return true
  }
}

const findingOf = ({ruleId, reason}: VFile['messages'][number]) => `${ruleId} ${reason}`

/** A page's text; undefined if it can no longer be read. */
async function readIfThere(tree: Tree, path: string): Promise<string | undefined> {
  try {
    return await tree.read(path)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
  }
}

const keyOf = ({edits}: Fix) => JSON.stringify(edits)

/** The fixes without those that make the same edits as another one. */
const unique = (fixes: readonly Fix[]): Fix[] => [...new Map(fixes.map((fix) => [keyOf(fix), fix])).values()]
