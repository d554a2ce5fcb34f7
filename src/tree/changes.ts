import {UserError} from '../errors/errors.ts'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {findRenames, RENAMES} from './renames.ts'
import {type Entry, SUBMODULE, SYMLINK, type WorkTree} from './work-tree.ts'

/** What a change did to files: by today's path, or the former one for those deleted. */
export interface Changes {
  /** Added or changed, by their paths of today; what was renamed is among them. */
  changed: ReadonlySet<string>
  /** Where renamed files are today, by where they were. */
  renamed: ReadonlyMap<string, string>
  deleted: ReadonlySet<string>
}

/** Whole trees, and nothing that could start another program; `--` behind commits, whose names files may have, too. */
const WORDS = ['--name-status', '-r', '-z', ...RENAMES, '--no-ext-diff', '--no-textconv']

/** What is staged: what changes from the last commit to the index, or all that is there before the first commit. */
export async function stagedChanges(root: string, {index}: WorkTree, hasCommit: boolean): Promise<Changes> {
  if (!hasCommit) {
    const staged = index.filter(({isIntended}) => !isIntended).map((entry) => entry.path)
    return {changed: new Set(staged), renamed: new Map(), deleted: new Set()}
  }
  const words = ['--cached', '--ita-invisible-in-index', ...WORDS, 'HEAD', '--']
  return parse(await said(root, git(root, ['diff-index', ...words])))
}

/** What changed from one commit to another. */
export const changesBetween = async (root: string, base: string, end: string): Promise<Changes> =>
  parse(await said(root, git(root, ['diff-tree', ...WORDS, base, end, '--'])))

/**
 * What changed from a commit to the work tree, files that git does not know yet included.
 *
 * @param base What the commit holds.
 */
export async function changesSince(
  root: string,
  base: readonly Entry[],
  workTree: WorkTree,
  objects: Objects,
): Promise<Changes> {
  const {index, gone, untracked, stored} = workTree
  const before = new Map(base.map((entry) => [entry.path, entry]))
  // What git was only told of may be stored already, under another name.
  const isKnown = ({path: file, isIntended, isInConflict}: WorkTree['index'][number]) =>
    !isIntended && !isInConflict && !workTree.changed.has(file)
  const now = new Map<string, Entry | undefined>(untracked.map((file) => [file, undefined]))
  for (const entry of index)
    if (!gone.has(entry.path)) now.set(entry.path, isKnown(entry) ? entry : undefined)
  const changed = new Set<string>()
  const added: string[] = []
  const unsure: Entry[] = []
  for (const [file, entry] of now) {
    const old = before.get(file)
    if (!old) added.push(file)
    else if (!entry) unsure.push(old)
    else if (!isSame(old, entry)) changed.add(file)
  }
  const look = async ({path: file, object}: Entry) => {
    if (!(await stored.holds(file, object))) changed.add(file)
  }
  await Promise.all(unsure.map(look))
  const deleted = base.filter((entry) => !now.has(entry.path))
  const fresh = added.map((file) => ({path: file, entry: now.get(file)}))
  const renamed = await said(root, findRenames(root, deleted, fresh, stored, objects))
  for (const file of added) changed.add(file)
  return {
    changed,
    renamed,
    deleted: new Set(deleted.map((entry) => entry.path).filter((file) => !renamed.has(file))),
  }
}

/** Permissions are no change of what a file holds. */
const isSame = (a: Entry, b: Entry) => a.object === b.object && kindOf(a) === kindOf(b)

const kindOf = ({mode}: Entry) => (mode === SYMLINK || mode === SUBMODULE ? mode : 'file')

/** What git says, or why it does not. */
async function said<T>(root: string, asked: Promise<T | undefined>): Promise<T> {
  const answer = await asked
  if (answer !== undefined) return answer
  throw await incomplete(root)
}

/** Says that git cannot tell what changed, and what to do where a clone left objects out, to be fetched when needed. */
export async function incomplete(root: string): Promise<UserError> {
  const isPartial = (await git(root, ['config', '--get-regexp', '^remote\\..*\\.promisor$'])) !== undefined
  const hint =
    ': this clone is partial (`--filter`), and doccheck has git fetch nothing; `git fetch --refetch --no-filter` brings the rest'
  return new UserError(`git cannot say what changed${isPartial ? hint : ''}`)
}

/** @param listed `M\0path\0`, `R100\0old\0new\0` */
function parse(listed: string): Changes {
  const changed = new Set<string>()
  const renamed = new Map<string, string>()
  const deleted = new Set<string>()
  const fields = listed.split('\0')
  for (let at = 0; at + 1 < fields.length; ) {
    const letter = fields[at++]!
    const file = fields[at++]!
    if (/^[RC]/.test(letter)) {
      const now = fields[at++]!
      if (letter.startsWith('R')) renamed.set(file, now)
      changed.add(now)
    } else if (letter === 'D') deleted.add(file)
    else changed.add(file)
  }
  return {changed, renamed, deleted}
}

/** How CI systems are told to clone it. */
const WHOLE = '`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab CI'

/**
 * The commit at which a change left another branch.
 *
 * @param ref A branch, tag or commit.
 * @throws {@link UserError} that says what to fetch, where git does not have it.
 */
export async function mergeBase(root: string, ref: string): Promise<string> {
  if ((await find(root, 'HEAD')) === undefined)
    throw new UserError(`--since ${ref}: there is no commit yet to compare with`)
  const commit = await commitOf(root, ref, '--since')
  const isShallow = await isShallowClone(root)
  const base = (await git(root, ['merge-base', commit, 'HEAD']))?.trim()
  if (base) return base
  throw new UserError(
    isShallow
      ? `--since ${ref}: this clone is too shallow to know where it left \`${ref}\`; \`git fetch --unshallow\` brings the whole history (${WHOLE})`
      : `--since ${ref}: it has no commit in common with what is checked out`,
  )
}

const find = async (root: string, name: string) =>
  (await git(root, ['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`]))?.trim()

const isShallowClone = async (root: string) =>
  (await git(root, ['rev-parse', '--is-shallow-repository']))?.trim() === 'true'

/**
 * The full name of a commit.
 *
 * @param ref A branch, tag or commit.
 * @param option The option that names it.
 * @throws {@link UserError} that says what to fetch, where git does not have it.
 */
export async function commitOf(root: string, ref: string, option: string): Promise<string> {
  const commit = await find(root, ref)
  if (commit !== undefined) return commit
  const remote = (await find(root, `origin/${ref}`)) === undefined ? undefined : `origin/${ref}`
  const hint = remote
    ? `expected \`${remote}\`, which is`
    : (await isShallowClone(root))
      ? `this clone is shallow: \`git fetch --unshallow origin ${ref}:refs/remotes/origin/${ref}\` brings it as \`origin/${ref}\`; or clone the whole history (${WHOLE})`
      : `if it is a branch of the remote repository, \`git fetch origin ${ref}\` and use \`origin/${ref}\``
  throw new UserError(`${option} ${ref}: there is no such commit, branch or tag here; ${hint}`)
}
