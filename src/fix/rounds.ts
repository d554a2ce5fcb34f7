import type {VFile} from 'vfile'
import {check} from '../engine/check.ts'
import type {CheckInput, CheckResult} from '../engine/types.ts'
import {UnreadableError} from '../errors/errors.ts'
import type {Fix} from '../rule/types.ts'
import {withTexts} from '../tree/overlay.ts'
import type {Tree} from '../tree/tree.ts'
import {byFile} from '../tree/write.ts'
import {applyHarmless} from './harmless.ts'
import {checkedOnce} from './probe-once.ts'

/** Changed files by path: the text as it was read, the text to write, and the number of problems that this fixes. */
export type ChangedFiles = Map<string, {before: string; after: string; fixes: number}>

/** The settings for rounds of fixes. */
export interface RoundSettings {
  /** Apply suggestions, too. */
  unsafe: boolean
  /** The rules whose fixes are applied; all by default. */
  rules?: ReadonlySet<string>
  /** Create the VFiles with the messages to report, one for each page of a run. */
  report(result: CheckResult): Promise<VFile[]>
}

/** A page may get the same finding again: another fix redirects a second link to the target of the first one. */
const MOST_ROUNDS_OF_ONE = 3

/** One check during the repair. */
export interface Round {
  /** The tree with the texts as repaired so far. */
  tree: Tree
  result: CheckResult
  /** Its messages, a file for each page. */
  reported: VFile[]
}

type Message = VFile['messages'][number]

/**
 * The texts in memory as fixed so far, and the record of fixes across rounds. What counts as a fixed problem is a message of
 * the first round whose fix was applied, then or later.
 */
export class RepairRounds {
  readonly changed: ChangedFiles = new Map()
  /** The messages of the first round that were fixed. */
  readonly fixed = new Set<Message>()
  /** Those that were not, since their fixes overlap others, by page. */
  readonly #waiting = new Map<string, Message[]>()
  #isFirst = true
  readonly #input: CheckInput
  readonly #settings: RoundSettings
  readonly #texts = new Map<string, string>()
  /**
   * The number of times that each finding of a page was fixed: a fix that does not resolve its finding would be applied
   * forever.
   */
  readonly #timesFixed = new Map<string, Map<string, number>>()
  /** The fixes of the last round that must not be offered again, by page. */
  readonly #refused = new Map<string, Set<string>>()
  #read: CheckResult['read'] | undefined
  #pathsOf: ReturnType<typeof byFile> | undefined

  /** @param known A run whose pages need not be read again. */
  constructor(input: CheckInput, settings: RoundSettings, known?: CheckResult) {
    this.#read = known?.read
    this.#input = {...input, ...(input.probe && {probe: checkedOnce(input.probe)})}
    this.#settings = settings
  }

  /** Check the tree with the texts so far. */
  async check(): Promise<Round> {
    const tree = this.#texts.size > 0 ? withTexts(this.#input.tree, this.#texts) : this.#input.tree
    const result = await check({
      ...this.#input,
      tree,
      ...(this.#read && {known: this.#unchanged(this.#read)}),
    })
    this.#read = result.read
    return {tree, result, reported: await this.#settings.report(result)}
  }

  /** Reading a page takes longer than to check it again. */
  #unchanged = (read: CheckResult['read']) => new Map([...read].filter(([path]) => !this.#texts.has(path)))

  /** Do fixes of the first round wait for others that overlap them? */
  get isWaiting(): boolean {
    return this.#waiting.size > 0
  }

  /** Pretend that files to be written exist already. */
  pretend(files: Iterable<string>): void {
    for (const file of files) this.#texts.set(file, '')
  }

  /** Return to the texts on disk. */
  forget(): void {
    this.#texts.clear()
    this.#read = undefined
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
    this.#isFirst = false
    return isChanged
  }

  /** Remove the fixes that were refused from the messages. */
  withdrawRefused({result, reported}: Round): void {
    for (const [index, {path}] of result.pages.entries())
      for (const message of reported[index]!.messages)
        if (message.fix && this.#refused.get(path)?.has(keyOf(message.fix))) delete message.fix
  }

  #isWanted({fix, ruleId}: Message): boolean {
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
    const applied = new Set(fixed.applied.map(keyOf))
    const isApplied = ({fix}: Message) => fix !== undefined && applied.has(keyOf(fix))
    const ended = open.filter((message) => this.#isWanted(message) && isApplied(message))
    for (const finding of new Set(ended.map(findingOf))) times.set(finding, (times.get(finding) ?? 0) + 1)
    this.#timesFixed.set(path, times)
    for (const each of paths) this.#texts.set(each, fixed.text)
    const others = more.filter((fix) => applied.has(keyOf(fix))).length
    const count =
      others + (this.#isFirst ? this.#countFirst(path, open, ended) : this.#countLater(path, ended))
    const {before, fixes} = this.changed.get(path) ?? {before: text, fixes: 0}
    this.changed.set(path, {before, after: fixed.text, fixes: fixes + count})
    return true
  }

  /** Count the messages that the first round fixed, and remember those whose fixes were not applied. */
  #countFirst(path: string, open: readonly Message[], ended: readonly Message[]): number {
    for (const message of ended) this.fixed.add(message)
    const refused = this.#refused.get(path)
    const isWaiting = (message: Message) => this.#isWanted(message) && !refused?.has(keyOf(message.fix!))
    const waiting = open.filter((message) => !this.fixed.has(message) && isWaiting(message))
    if (waiting.length > 0) this.#waiting.set(path, waiting)
    return ended.length
  }

  /** Count the messages that waited, and were fixed now. */
  #countLater(path: string, ended: readonly Message[]): number {
    const waiting = this.#waiting.get(path) ?? []
    const findings = new Set(ended.map(findingOf))
    const fixed = waiting.filter((message) => findings.has(findingOf(message)))
    for (const message of fixed) this.fixed.add(message)
    const left = waiting.filter((message) => !this.fixed.has(message))
    if (left.length > 0) this.#waiting.set(path, left)
    else this.#waiting.delete(path)
    return fixed.length
  }
}

const findingOf = ({ruleId, reason}: Message) => `${ruleId} ${reason}`

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
