import type {VFile} from 'vfile'
import {type Compared, compare, type Told} from '../../change/compare.ts'
import {check} from '../../engine/check.ts'
import type {CheckInput, CheckResult, History} from '../../engine/types.ts'
import {UserError} from '../../errors/errors.ts'
import {isMarkdownFile} from '../../text/markdown-files.ts'
import {
  type Changes,
  changesBetween,
  changesSince,
  incomplete,
  mergeBase,
  stagedChanges,
} from '../../tree/changes.ts'
import {git, refusal} from '../../tree/git.ts'
import {commitEntries, commitTree, indexTree} from '../../tree/git-tree.ts'
import {type Objects, objectsOf} from '../../tree/objects.ts'
import type {Tree} from '../../tree/tree.ts'
import {compareWorkTree, type Entry, type WorkTree} from '../../tree/work-tree.ts'
import {pagesOf, type Targets} from '../targets.ts'
import type {Flags} from '../types.ts'

/** A change that a run is to judge: all that is staged, or all since another branch was left. */
export interface Change {
  /** `staged`, or the name that the user gave. */
  since: string
  changes: Changes
  /** What is there after the change; nothing for the working folder. */
  tree?: Tree
  /** What was there before; nothing before the first commit. */
  before?: Tree
  /** What is known of the past for suggestions: only what this change did. */
  history: History
  close(): void
}

/** Find out what has changed. @throws {@link UserError} where git cannot tell */
export async function openChange({staged, since}: Flags, root: string): Promise<Change> {
  const isBare = await bareRepository(root)
  const why = isBare === undefined ? await refusal(root) : undefined
  if (why !== undefined) throw new UserError(`git refuses to work in ${root}: ${why}`)
  if (staged && isBare !== false) throw new UserError('--staged needs git, and a work tree of it')
  if (isBare === undefined) throw new UserError(`--since needs git, and a repository of it around ${root}`)
  const objects = objectsOf(root)
  if (isBare) return sinceInBare(root, since!, objects)
  return staged ? stagedChange(root, objects) : changeSince(root, since!, objects)
}

async function comparedWorkTree(root: string, objects: Objects): Promise<WorkTree> {
  const workTree = await compareWorkTree(root, objects)
  if (workTree) return workTree
  throw new UserError(`git cannot list the files of ${root}`)
}

async function stagedChange(root: string, objects: Objects): Promise<Change> {
  const [workTree, head] = await Promise.all([
    comparedWorkTree(root, objects),
    git(root, ['rev-parse', '--verify', 'HEAD']),
  ])
  const [tree, changes, before] = await Promise.all([
    indexTree(root, objects, workTree),
    stagedChanges(root, workTree, head !== undefined),
    head === undefined
      ? undefined
      : commitEntries(root, 'HEAD').then((entries) => commitTree(root, objects, entries, workTree)),
  ])
  return changeOf('staged', objects, changes, tree, before)
}

async function changeSince(root: string, since: string, objects: Objects): Promise<Change> {
  const [entries, workTree] = await Promise.all([
    mergeBase(root, since).then((base) => commitEntries(root, base)),
    comparedWorkTree(root, objects),
  ])
  const [changes, before] = await Promise.all([
    changesSince(root, entries, workTree, objects),
    commitTree(root, objects, entries, workTree),
  ])
  await needPages(root, entries, changes, objects)
  return changeOf(since, objects, changes, undefined, before)
}

/** What was wrong with a page before cannot be told without its text of then. */
async function needPages(root: string, before: Entry[], changes: Changes, objects: Objects): Promise<void> {
  const {changed, renamed, deleted} = changes
  for (const {path: file, object} of before)
    if (isMarkdownFile(file) && (changed.has(file) || renamed.has(file) || deleted.has(file)))
      if ((await objects.size(object)) === undefined) throw await incomplete(root)
}

/** In a bare repository, what `HEAD` holds is what there is now. */
async function sinceInBare(root: string, since: string, objects: Objects): Promise<Change> {
  const base = await mergeBase(root, since)
  const treeOf = async (commit: string) => commitTree(root, objects, await commitEntries(root, commit))
  const [tree, changes, before] = await Promise.all([
    treeOf('HEAD'),
    changesBetween(root, base, 'HEAD'),
    treeOf(base),
  ])
  return changeOf(since, objects, changes, tree, before)
}

/** Is the folder in a repository without a work tree? @returns nothing outside of any, or without git */
async function bareRepository(folder: string): Promise<boolean | undefined> {
  // Whoever names a work tree is told that there is one.
  const {GIT_WORK_TREE} = process.env
  const answer = await git(folder, ['rev-parse', '--is-bare-repository'], {GIT_WORK_TREE})
  return answer === undefined ? undefined : answer.trim() === 'true'
}

function changeOf(
  since: string,
  objects: Objects,
  changes: Changes,
  tree: Tree | undefined,
  before: Tree | undefined,
): Change {
  const former = new Map([...changes.renamed].map(([old, now]) => [now, old]))
  return {
    since,
    changes,
    ...(tree && {tree}),
    ...(before && {before}),
    history: {
      moved: async () => changes.renamed,
      texts: async (path) => {
        const old = former.get(path) ?? path
        return before?.files.has(old) && changes.changed.has(path) ? [() => before.read(old)] : []
      },
    },
    close: objects.close,
  }
}

/** What a judgement needs beside the two trees. */
export interface Judge {
  targets: Targets
  ignored(path: string): boolean
  /** Makes the messages of a run. */
  report(result: CheckResult): Promise<VFile[]>
}

/**
 * Makes what compares a run with what was there before the change: takes known messages away, and says what of the
 * change brought the others about. The earlier tree is checked once, with what the run knows already.
 */
export function judgeOf(change: Change, input: CheckInput, judge: Judge): (now: Told) => Promise<Compared> {
  const {changes, before, since} = change
  const isOwn = (path: string) => since === 'staged' && changes.changed.has(path)
  let earlier: Promise<Told> | undefined
  return async (now) => {
    if (!before) return {known: 0, fixed: 0}
    earlier ??= checkBefore(now)
    return compare(now, await earlier, changes, isOwn)
  }

  async function checkBefore({result, files: told}: Told): Promise<Told> {
    const former = new Map([...changes.renamed].map(([old, today]) => [today, old]))
    // Of what is staged only that is told which other pages have now.
    const asked = result.pages.filter(
      ({path}, index) => since !== 'staged' || (told[index]!.messages.length > 0 && !isOwn(path)),
    )
    const paths = new Set(
      asked.map(({path}) => former.get(path) ?? path).filter((path) => before!.files.has(path)),
    )
    if (since !== 'staged')
      for (const path of pagesOf({...judge.targets, files: []}, before!))
        if (!judge.ignored(path)) paths.add(path)
    const {answer} = result
    const then: CheckInput = {
      ...input,
      tree: before!,
      files: [...paths].sort(),
      // What a symlink leads to may have changed while it did not.
      known: new Map(
        [...result.read].filter(([path]) => !changes.changed.has(path) && !before!.symlinks?.has(path)),
      ),
    }
    for (const own of ['probe', 'history', 'progress', 'asksOn'] as const) delete then[own]
    // Whether an address is dead does not depend on the change.
    if (answer) then.probe = async () => ({fact: answer.fact})
    const found = await check(then)
    return {result: found, files: await judge.report(found)}
  }
}
