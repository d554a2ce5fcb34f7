import {readFileSync} from 'node:fs'
import path from 'node:path'
import {IncompleteCloneError, UserError} from '../errors/errors.ts'
import {git} from './git.ts'
import {nameIn, type Remote, readRemotes, remoteFor} from './revisions.ts'

/**
 * The merge base of `HEAD` and a revision.
 *
 * @param root The top of a work tree, or a bare repository.
 * @param revision A branch, tag or commit.
 * @throws {@link IncompleteCloneError} if the clone lacks a part of the history
 */
export async function mergeBase(root: string, revision: string): Promise<string> {
  if ((await commitIn(root, 'HEAD')) === undefined)
    throw new UserError(`--since ${revision}: the repository has no commits yet`)
  const commit = await commitOf(root, revision, '--since')
  const base = await wholeMergeBase(root, commit)
  if (base !== undefined) return base
  if ((await cutsOf(root)).length === 0)
    throw new UserError(`--since ${revision}: it has no commit in common with HEAD`)
  const advice = await adviceFor(root, revision)
  throw new IncompleteCloneError(
    `--since ${revision}: this clone is too shallow to find the merge base with \`${revision}\`; ${advice}`,
  )
}

/**
 * The merge base of `HEAD` and a commit.
 *
 * @returns undefined if there is none, or if the commits that a shallow clone lacks could make it another one
 */
export async function wholeMergeBase(folder: string, commit: string): Promise<string | undefined> {
  const base = (await git(folder, ['merge-base', commit, 'HEAD']))?.trim()
  if (!base || base === commit) return base || undefined
  const cuts = new Set(await cutsOf(folder))
  if (cuts.size === 0) return base
  const between = await git(folder, ['rev-list', commit, 'HEAD', `^${base}`])
  return between?.split('\n').some((each) => cuts.has(each)) === false ? base : undefined
}

/** The commits whose parents a shallow clone lacks; none in a full one. */
export async function cutsOf(folder: string): Promise<string[]> {
  const place = (await git(folder, ['rev-parse', '--git-path', 'shallow']))?.trim()
  try {
    return readFileSync(path.resolve(folder, place ?? 'shallow'), 'utf8')
      .split('\n')
      .filter(Boolean)
  } catch {
    return []
  }
}

/** The full hash of the commit that a revision names; undefined if the clone does not have it. */
export const commitIn = async (folder: string, revision: string): Promise<string | undefined> =>
  (
    await git(folder, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`])
  )?.trim()

/** {@link commitIn}; as for `git switch`, the name of a branch of `origin` suffices. */
export const findCommit = async (root: string, revision: string): Promise<string | undefined> =>
  (await commitIn(root, revision)) ?? (await commitIn(root, `refs/remotes/origin/${revision}`))

/**
 * The full hash of the commit that a revision names.
 *
 * @param option The option that names it, for messages.
 * @throws {@link IncompleteCloneError} if the clone does not have it, {@link UserError} if no remote can have it
 */
export async function commitOf(root: string, revision: string, option: string): Promise<string> {
  const commit = await findCommit(root, revision)
  if (commit !== undefined) return commit
  const missing = `${option} ${revision}: no such branch, tag or commit`
  const remotes = await readRemotes(root)
  if (remotes.size === 0 || !nameIn(revision, remoteFor(revision, remotes))) throw new UserError(missing)
  throw new IncompleteCloneError(`${missing} in this clone; ${await adviceFor(root, revision)}`)
}

/** More would not be pasted. */
const MOST_NAMES = 4

/** How to get the history back to a revision: by Git where a command is known to work, and in any case by doccheck. */
async function adviceFor(root: string, revision: string): Promise<string> {
  const remotes = await readRemotes(root)
  if (remotes.size === 0) return 'clone it again with its history'
  const remote = remoteFor(revision, remotes)
  const cuts = await cutsOf(root)
  const isKnown = (await findCommit(root, nameIn(revision, remote)?.local ?? revision)) !== undefined
  const source = isKnown ? [] : [refspecFor(revision, remote)]
  const names = [...cuts, ...source]
  const option = `add \`--fetch\` to get it from ${remote.name}`
  // Whether a mere name is that of a branch or a tag only the remote knows.
  if (source.includes(undefined) || names.length > MOST_NAMES) return option
  const unshallow = cuts.length > 0 ? '--unshallow ' : ''
  return `${option}, or run \`git fetch ${unshallow}${remote.name} ${names.join(' ')}\``
}

/** What `git fetch` must be told so that a revision is found; undefined if that is not known. */
function refspecFor(revision: string, remote: Remote): string | undefined {
  const {source} = nameIn(revision, remote)!
  if (/^(?:[\da-f]{40}|[\da-f]{64})$/.test(source)) return source
  const branch = /^refs\/heads\/([\w./-]+)$/.exec(source)?.[1]
  return branch === undefined ? undefined : `+${source}:refs/remotes/${remote.name}/${branch}`
}
