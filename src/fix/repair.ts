import type {VFile} from 'vfile'
import {check} from '../engine/check.ts'
import type {CheckInput, CheckResult} from '../engine/types.ts'
import {UnreadableError} from '../errors/errors.ts'
import {sameBlocks} from '../page/same-blocks.ts'
import type {RemoteFacts, RemoteUrls} from '../remote/types.ts'
import type {Fix} from '../rule/types.ts'
import {withTexts} from '../tree/overlay.ts'
import type {Tree} from '../tree/tree.ts'
import {byFile} from '../tree/write.ts'
import {applyFixes, type Fixed} from './edits.ts'
import type {Localized, Stored} from './localize.ts'

/** How to repair. */
export interface RepairSettings {
  /** Apply suggestions, too. */
  unsafe: boolean
  /** More fixes for the first round, and files that these count on. */
  localize?(result: CheckResult): Promise<Localized>
  /** Make a file with messages for each page of what was found, as it would be reported. */
  report(result: CheckResult): Promise<VFile[]>
  /** Write what is to be written; left out, nothing is. @returns the files that could not be written */
  write?(repairs: Repairs): Promise<ReadonlySet<string>>
}

/** What is to be written. */
export interface Repairs {
  /** Files by path: their text as it was read, as it is to be, and how many fixes make it so. */
  changed: Map<string, {before: string; after: string; fixes: number}>
  /** Files to be written first. */
  files: ReadonlyMap<string, Stored>
}

/** What came of repairing. */
export interface Repaired {
  /** What is left. */
  result: CheckResult
  reported: VFile[]
  changed: Repairs['changed']
  /** Those that could not be written. */
  unwritten: ReadonlySet<string>
}

/** A fix may make place for another, or bring one about; more rounds than this would be a quarrel of two rules. */
const ROUNDS = 10
/** A page may get the same finding again: another fix leads a second link to where the first one led. */
const ROUNDS_OF_ONE = 3

/**
 * Check, apply fixes in memory, and check again, until there is nothing more to apply. Then write all; what could not be
 * written is checked as it is on the disk.
 */
export async function repair(
  input: CheckInput,
  {unsafe, report, localize, write}: RepairSettings,
): Promise<Repaired> {
  const texts = new Map<string, string>()
  const changed: Repairs['changed'] = new Map()
  const probe = input.probe && askedOnce(input.probe)
  // How often each page's findings were fixed, by rule and reason: one that its fix does not end would be fixed for ever.
  const mended = new Map<string, Map<string, number>>()
  // Fixes of the last round that are not to be offered again, by page.
  const refused = new Map<string, Set<string>>()
  let localized: Localized | undefined
  let pathsOf: ReturnType<typeof byFile> | undefined
  for (let round = 0; ; round++) {
    const {tree, result, reported} = await look()
    if (round === 0 && localize) {
      localized = await localize(result)
      for (const file of localized.files.keys()) texts.set(file, '')
    }
    if (round < ROUNDS && !result.answer?.interrupted && (await applyAll())) continue
    const files = localized?.files ?? new Map()
    const unwritten = (await write?.({changed, files})) ?? new Set()
    if (unwritten.size === 0) return {...withdrawn({result, reported}), changed, unwritten}
    texts.clear()
    for (const file of files.keys()) if (!unwritten.has(file)) texts.set(file, '')
    return {...withdrawn(await look()), changed, unwritten}

    /** @returns whether anything was applied */
    async function applyAll(): Promise<boolean> {
      let isChanged = false
      refused.clear()
      for (const [index, {path}] of result.pages.entries()) {
        const done = mended.get(path) ?? new Map<string, number>()
        const open = reported[index]!.messages.filter(
          ({ruleId, reason}) => (done.get(`${ruleId} ${reason}`) ?? 0) < ROUNDS_OF_ONE,
        )
        const wanted = open.flatMap(({fix}) => (fix && (fix.safe || unsafe) ? [fix] : []))
        if (round === 0) for (const fix of localized?.fixes.get(path) ?? []) wanted.push(fix)
        if (wanted.length === 0) continue
        pathsOf ??= byFile(input.tree.root, input.files)
        // What is right for one path of a file may be wrong for another.
        const paths = pathsOf.get(path)
        if (!paths) {
          refused.set(path, new Set(wanted.map(keyOf)))
          continue
        }
        const text = await textOf(tree, path)
        if (text === undefined) {
          // It is gone since it was checked: the next round says so, and finds nothing to fix on it.
          isChanged = true
          continue
        }
        const fixed = applyHarmless(text, unique(wanted))
        refused.set(path, new Set(fixed.refused.map(keyOf)))
        if (fixed.text === text) continue
        const applied = new Set(fixed.applied)
        const ended = open
          .filter(({fix}) => fix && applied.has(fix))
          .map(({ruleId, reason}) => `${ruleId} ${reason}`)
        for (const finding of new Set(ended)) done.set(finding, (done.get(finding) ?? 0) + 1)
        mended.set(path, done)
        for (const each of paths) texts.set(each, fixed.text)
        const {before, fixes} = changed.get(path) ?? {before: text, fixes: 0}
        changed.set(path, {before, after: fixed.text, fixes: fixes + fixed.applied.length})
        isChanged = true
      }
      return isChanged
    }
  }

  /** Check the files with the texts that they are to have. */
  async function look() {
    const tree = texts.size > 0 ? withTexts(input.tree, texts) : input.tree
    const result = await check({...input, tree, ...(probe && {probe})})
    return {tree, result, reported: await report(result)}
  }

  /** Take the fixes off that were refused. */
  function withdrawn({result, reported}: Pick<Repaired, 'result' | 'reported'>) {
    for (const [index, {path}] of result.pages.entries())
      for (const message of reported[index]!.messages)
        if (message.fix && refused.get(path)?.has(keyOf(message.fix))) delete message.fix
    return {result, reported}
  }
}

/** A page's text; nothing where it can no longer be read. */
async function textOf(tree: Tree, path: string): Promise<string | undefined> {
  try {
    return await tree.read(path)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return undefined
  }
}

/** Apply the fixes that leave the page's blocks as they are, and refuse those that do not. */
function applyHarmless(text: string, fixes: readonly Fix[]): Fixed & {refused: Fix[]} {
  const all = applyFixes(text, fixes)
  if (sameBlocks(text, all.text)) return {...all, refused: []}
  let good = applyFixes(text, [])
  const refused: Fix[] = []
  /** Take as many of some fixes as possible; halves of a list are tried where all of it does harm. */
  const take = (some: readonly Fix[]): void => {
    if (some.length === 0) return
    const more = applyFixes(text, [...good.applied, ...some])
    if (more.applied.length < good.applied.length + some.length && some.length === 1) return
    if (sameBlocks(text, more.text)) good = more
    else if (some.length === 1 || refused.length >= MOST_REFUSED) for (const fix of some) refused.push(fix)
    else {
      take(some.slice(0, some.length >> 1))
      take(some.slice(some.length >> 1))
    }
  }
  take(all.applied)
  // Those that overlap one of these come after them: it may be refused.
  const applied = new Set(all.applied)
  for (const fix of fixes.filter((each) => !applied.has(each)).slice(0, MOST_REFUSED)) take([fix])
  return {...good, refused}
}

/** When so many fixes of a page would change its blocks, those beside them are refused, too. */
const MOST_REFUSED = 100

const keyOf = ({edits}: Fix) => JSON.stringify(edits)

/** Two findings may have one remedy. */
const unique = (fixes: readonly Fix[]): Fix[] => [...new Map(fixes.map((fix) => [keyOf(fix), fix])).values()]

/** Ask about each address in the first round that has it, and remember what was said. */
function askedOnce(ask: NonNullable<CheckInput['probe']>): NonNullable<CheckInput['probe']> {
  const asked = {image: new Set<string>(), link: new Set<string>()}
  const answers: RemoteFacts[] = []
  return async (asks) => {
    const left: RemoteUrls = {
      image: new Set([...asks.image].filter((url) => !asked.image.has(url))),
      link: new Set([...asks.link].filter((url) => !asked.link.has(url))),
    }
    if (left.image.size + left.link.size > 0) answers.push(await ask(left))
    for (const kind of ['image', 'link'] as const) for (const url of left[kind]) asked[kind].add(url)
    const last = answers.at(-1)!
    return {
      ...last,
      interrupted: answers.some(({interrupted}) => interrupted),
      fact: (kind, url) => answers.map((answer) => answer.fact(kind, url)).find(Boolean),
    }
  }
}
