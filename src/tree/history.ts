import {UserError} from '../errors/errors.ts'
import {changesSince} from './changes.ts'
import {git} from './git.ts'
import {commitEntries} from './git-tree.ts'
import {type Objects, objectsOf} from './objects.ts'
import {RENAMES} from './renames.ts'
import {compareWorkTree} from './work-tree.ts'

/**
 * Where files are today that were somewhere else before, by git's history: one pass over it, newest first, following
 * each file over all its moves. What is not committed yet counts, too.
 *
 * @param root The top of the work tree.
 * @param files The files of today.
 * @returns by each former path the one of today; nothing for a file that was deleted, or without git.
 */
export async function movedFiles(
  root: string,
  files: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const words = ['--name-status', '-z', ...RENAMES, '--diff-filter=RD', '--no-ext-diff', '--no-textconv']
  const [recent, past] = await Promise.all([
    recentChanges(root),
    git(root, ['log', ...words, '--format=', '--first-parent', '-m']),
  ])
  const today = new Map<string, string | undefined>()
  const moved = new Map<string, string>()
  // `R100\0old\0new\0` or `D\0old\0`.
  const fields = [...recent, ...(past ?? '').split('\0')]
  for (let at = 0; at < fields.length; ) {
    const status = fields[at++]!.trim()
    if (status.startsWith('R')) {
      const [old, now] = [fields[at++]!, fields[at++]!]
      const end = today.has(now) ? today.get(now) : files.has(now) ? now : undefined
      // What happened to a path later is already known.
      if (!today.has(old)) today.set(old, end)
      if (end !== undefined && !files.has(old) && today.get(old) === end) moved.set(old, end)
    } else if (status.startsWith('D')) {
      const old = fields[at++]!
      if (!today.has(old)) today.set(old, undefined)
    }
  }
  return moved
}

/** What was renamed or deleted since the last commit, as git lists it; nothing where that is not known. */
async function recentChanges(root: string): Promise<string[]> {
  const objects = objectsOf(root)
  try {
    const workTree = await compareWorkTree(root, objects)
    if (!workTree) return []
    const {renamed, deleted} = await changesSince(root, await commitEntries(root, 'HEAD'), workTree, objects)
    return [...[...renamed].flatMap((way) => ['R', ...way]), ...[...deleted].flatMap((file) => ['D', file])]
  } catch (error) {
    // There is no commit yet, or not all of it is here.
    if (error instanceof UserError) return []
    throw error
  } finally {
    objects.close()
  }
}

/** More of a file's history is not looked at. */
const MOST_VERSIONS = 200

/**
 * The texts that a file had in git's history, newest first, followed over its moves. Each is read when it is asked for.
 *
 * @param root The top of the work tree.
 * @returns none without git.
 */
export async function formerTexts(
  root: string,
  file: string,
  objects: Objects,
): Promise<(() => Promise<string | undefined>)[]> {
  const words = ['--follow', `--max-count=${MOST_VERSIONS}`, '--format=%x00%H', '--name-only', '-z']
  const log = await git(root, ['log', ...words, '--', file])
  // `\0hash\0\0path\0` for each commit.
  const fields = (log ?? '').split('\0').map((field) => field.trim())
  const found: [commit: string, path: string][] = []
  let commit = ''
  for (const field of fields) {
    if (/^[\da-f]{40,64}$/.test(field)) commit = field
    else if (field !== '' && commit !== '') found.push([commit, field])
  }
  return found.map(
    ([hash, path]) =>
      async () =>
        (await objects.read(`${hash}:${path}`))?.toString('utf8'),
  )
}
