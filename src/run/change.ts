import type {VFile} from 'vfile'
import {type Comparison, compare, type ReportedRun} from '../change/compare.ts'
import {check} from '../engine/check.ts'
import type {CheckInput, CheckResult, History} from '../engine/types.ts'
import {IncompleteCloneError, UserError} from '../errors/errors.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import {type Changes, changesBetween, changesSince, stagedChanges} from '../tree/changes.ts'
import {git, refusal} from '../tree/git.ts'
import {commitEntries, commitTree, indexTree} from '../tree/git-tree.ts'
import {mergeBase} from '../tree/merge-base.ts'
import {type Objects, objectsOf} from '../tree/objects.ts'
import {gitFault} from '../tree/partial-clone.ts'
import type {Tree} from '../tree/tree.ts'
import {compareWorkTree, type Entry, SUBMODULE, type WorkTree} from '../tree/work-tree.ts'
import {mayFetch} from './may-fetch.ts'
import {pagesOf, type Targets} from './targets.ts'
import type {RunOptions, World} from './types.ts'

/** A change whose effects a run reports: everything staged, or everything since the merge base with another branch. */
export interface ChangeToCheck {
  /** `staged`, or the commit, branch or tag as the user specified it. */
  since: string
  changes: Changes
  /** The tree after the change; absent if that is the working tree. */
  tree?: Tree
  /** The tree before the change; absent before the first commit. */
  before?: Tree
  /** The history for suggestions, limited to this change. */
  history: History
  close(): void
}

/**
 * Get the changes from Git.
 *
 * @throws {@link UserError} if Git cannot provide them
 */
export async function openChange(
  flags: RunOptions,
  root: string,
  world: Pick<World, 'env' | 'warn'>,
): Promise<ChangeToCheck> {
  const {staged, since} = flags
  const isBare = await isBareRepository(root)
  const reason = isBare === undefined ? await refusal(root) : undefined
  if (reason !== undefined) throw new UserError(`git refuses to work in ${root}: ${reason}`)
  if (staged && isBare !== false)
    throw new UserError(`--staged requires a git work tree, and ${root} is not in one`)
  if (isBare === undefined)
    throw new UserError(`--since requires a git repository, and ${root} is not in one`)
  if (staged) return stagedChange(root, objectsOf(root))
  const open = isBare ? sinceInBare : changeSince
  try {
    return await open(root, since!, mergeBase(root, since!))
  } catch (error) {
    if (!(error instanceof IncompleteCloneError) || !mayFetch(flags, world)) throw error
  }
  const {fetchBase} = await import('../tree/fetch.ts')
  const {commit, report, close} = await fetchBase(root, since!, isBare)
  world.warn(report)
  const change = await open(root, since!, Promise.resolve(commit))
  return {
    ...change,
    close: () => {
      change.close()
      close()
    },
  }
}

async function workTreeOf(root: string, objects: Objects): Promise<WorkTree> {
  const workTree = await compareWorkTree(root, objects)
  if (workTree) return workTree
  throw new UserError(`git cannot list the files in ${root}`)
}

async function stagedChange(root: string, objects: Objects): Promise<ChangeToCheck> {
  const [workTree, head] = await Promise.all([
    workTreeOf(root, objects),
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

async function changeSince(root: string, since: string, base: Promise<string>): Promise<ChangeToCheck> {
  const objects = objectsOf(root)
  const [entries, workTree] = await Promise.all([
    base.then((commit) => commitEntries(root, commit)),
    workTreeOf(root, objects),
  ])
  const [changes, before] = await Promise.all([
    changesSince(root, entries, workTree, objects),
    commitTree(root, objects, entries, workTree),
  ])
  await requireContents(root, comparedFiles(entries, changes), objects)
  return changeOf(since, objects, changes, undefined, before)
}

/** The files whose former content is compared. */
const comparedFiles = (before: readonly Entry[], {changed, renamed, deleted}: Changes): Entry[] =>
  before.filter(
    ({path: file, mode}) =>
      (changed.has(file) || renamed.has(file) || deleted.has(file)) && mode !== SUBMODULE && !isImage(file),
  )

/** Reject a partial clone without the content of some files: messages could not be compared. */
async function requireContents(root: string, files: readonly Entry[], objects: Objects): Promise<void> {
  // One after the other: Git ends at a missing object, and would be started again for each.
  for (const {object} of files)
    if ((await objects.size(object)) === undefined)
      throw await gitFault(root, 'git cannot compute the changes')
}

/** In a bare repository, which has no working tree, the change ends at `HEAD`. */
async function sinceInBare(root: string, since: string, base: Promise<string>): Promise<ChangeToCheck> {
  const objects = objectsOf(root)
  const commit = await base
  const [entries, former] = await Promise.all([commitEntries(root, 'HEAD'), commitEntries(root, commit)])
  const pages = [...entries, ...former].filter(({path: file}) => isMarkdownFile(file))
  await requireContents(root, pages, objects)
  const [tree, changes, before] = await Promise.all([
    commitTree(root, objects, entries),
    changesBetween(root, commit, 'HEAD'),
    commitTree(root, objects, former),
  ])
  return changeOf(since, objects, changes, tree, before)
}

/**
 * Is a folder in a repository without a work tree?
 *
 * @returns undefined outside any repository, or without Git
 */
async function isBareRepository(folder: string): Promise<boolean | undefined> {
  // If this variable is set, Git treats a bare repository as one with a work tree.
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
): ChangeToCheck {
  const former = new Map([...changes.renamed].map(([old, now]) => [now, old]))
  const textsOf = (path: string) => {
    const old = former.get(path) ?? path
    return before?.files.has(old) && changes.changed.has(path) ? [() => before.read(old)] : []
  }
  return {
    since,
    changes,
    ...(tree && {tree}),
    ...(before && {before}),
    history: {
      moved: async () => changes.renamed,
      removed: async () => changes.deleted,
      removesOnly: [...changes.changed].every((path) => isMarkdownFile(path) || isImage(path)),
      texts: async (paths) => new Map(paths.map((path) => [path, textsOf(path)])),
    },
    close: objects.close,
  }
}

const isImage = (path: string) => /\.(?:apng|avif|gif|ico|jpe?g|png|svg|webp)$/i.test(path)

/** The parts of a run shared with the check of the earlier tree. */
export interface ComparisonOptions {
  targets: Targets
  isIgnored(path: string): boolean
  /** Create the VFiles with the messages of a run. */
  toVFiles(result: CheckResult): Promise<VFile[]>
}

/**
 * Create the function that compares a run with the tree before the change: it removes known messages, and adds to the
 * others the part of the change that caused them. The earlier tree is checked once, reusing the pages that the run has
 * read.
 */
export function changeComparer(
  change: ChangeToCheck,
  input: CheckInput,
  options: ComparisonOptions,
): (now: ReportedRun) => Promise<Comparison> {
  const {changes, before, since} = change
  const isStaged = (path: string) => since === 'staged' && changes.changed.has(path)
  let earlier: Promise<ReportedRun> | undefined
  return async (now) => {
    if (!before) return {known: 0, fixed: 0}
    earlier ??= checkBefore(before, now)
    return compare(now, await earlier, changes, isStaged)
  }

  async function checkBefore(tree: Tree, now: ReportedRun): Promise<ReportedRun> {
    const result = await check(inputBefore(input, change, tree, now.result, pagesBefore(tree, now)))
    return {result, files: await options.toVFiles(result)}
  }

  /** The pages of the earlier tree whose messages can matter. */
  function pagesBefore(tree: Tree, {result, files}: ReportedRun): string[] {
    const former = new Map([...changes.renamed].map(([old, today]) => [today, old]))
    // For a staged change, only messages on pages outside it are compared.
    const compared = result.pages.filter(
      ({path}, index) => since !== 'staged' || (files[index]!.messages.length > 0 && !isStaged(path)),
    )
    const paths = new Set(
      compared.map(({path}) => former.get(path) ?? path).filter((path) => tree.files.has(path)),
    )
    if (since !== 'staged')
      for (const path of pagesOf({...options.targets, files: []}, tree))
        if (!options.isIgnored(path)) paths.add(path)
    return [...paths].sort()
  }
}

/** The input of a run on the earlier tree: the same rules, and no network requests beyond those of the later run. */
function inputBefore(
  input: CheckInput,
  {changes}: ChangeToCheck,
  tree: Tree,
  {answer, read}: CheckResult,
  files: string[],
): CheckInput {
  const before: CheckInput = {
    ...input,
    tree,
    files,
    // The target of a symlink may have changed although the symlink has not.
    known: new Map([...read].filter(([path]) => !changes.changed.has(path) && !tree.symlinks?.has(path))),
  }
  for (const own of ['probe', 'history', 'past', 'progress', 'asksOn'] as const) delete before[own]
  // Whether a URL is dead does not depend on the change.
  if (answer) before.probe = async () => ({fact: answer.fact})
  return before
}
