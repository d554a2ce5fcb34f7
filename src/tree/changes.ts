import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {gitFault} from './partial-clone.ts'
import {findRenames, RENAMES} from './renames.ts'
import {type Entry, SUBMODULE, SYMLINK, type WorkTree} from './work-tree.ts'

/** The files of a change, by paths relative to the root. */
export interface Changes {
  /** Added, changed and renamed files, by their current paths. */
  changed: ReadonlySet<string>
  /** Current paths of renamed files, by their former ones. */
  renamed: ReadonlyMap<string, string>
  /** Deleted files, by their former paths. */
  deleted: ReadonlySet<string>
}

/** Lists all files, and runs no other program. `--` must follow the commits, since files may have their names. */
const DIFF_ARGS = ['--name-status', '-r', '-z', ...RENAMES, '--no-ext-diff', '--no-textconv']

/** The staged changes: between the last commit and the index, or all staged files if there is no commit yet. */
export async function stagedChanges(root: string, {index}: WorkTree, hasCommit: boolean): Promise<Changes> {
  if (!hasCommit) {
    const staged = index.filter(({isIntended}) => !isIntended).map((entry) => entry.path)
    return {changed: new Set(staged), renamed: new Map(), deleted: new Set()}
  }
  const args = ['--cached', '--ita-invisible-in-index', ...DIFF_ARGS, 'HEAD', '--']
  return parse(await answered(root, git(root, ['diff-index', ...args])))
}

/** The changes between two commits. */
export const changesBetween = async (root: string, base: string, end: string): Promise<Changes> =>
  parse(await answered(root, git(root, ['diff-tree', ...DIFF_ARGS, base, end, '--'])))

/**
 * The changes between a commit and the work tree, including untracked files.
 *
 * @param base The files of the commit.
 */
export async function changesSince(
  root: string,
  base: readonly Entry[],
  workTree: WorkTree,
  objects: Objects,
): Promise<Changes> {
  const {index, gone, untracked, stored} = workTree
  const before = new Map(base.map((entry) => [entry.path, entry]))
  // The content of a file added by `--intent-to-add` may be stored under another name.
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
  const renamed = await answered(root, findRenames(root, deleted, fresh, stored, objects))
  for (const file of added) changed.add(file)
  return {
    changed,
    renamed,
    deleted: new Set(deleted.map((entry) => entry.path).filter((file) => !renamed.has(file))),
  }
}

/** A change of permissions is not a change of content. */
const isSame = (a: Entry, b: Entry) => a.object === b.object && kindOf(a) === kindOf(b)

const kindOf = ({mode}: Entry) => (mode === SYMLINK || mode === SUBMODULE ? mode : 'file')

/**
 * Wait for an answer from Git.
 *
 * @throws {@link UserError} if there is none
 */
async function answered<T>(root: string, asked: Promise<T | undefined>): Promise<T> {
  const answer = await asked
  if (answer !== undefined) return answer
  throw await gitFault(root, 'git cannot compute the changes')
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
