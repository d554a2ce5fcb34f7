import {UserError} from '../errors/errors.ts'
import {changesSince} from './changes.ts'
import {git} from './git.ts'
import {commitEntries} from './git-tree.ts'
import {type Objects, objectsOf} from './objects.ts'
import {RENAMES} from './renames.ts'
import {compareWorkTree} from './work-tree.ts'

/** What became of the files at former paths. */
export interface FormerFiles {
  /** Current paths of renamed files, by former ones. */
  moved: ReadonlyMap<string, string>
  /** Former paths of files that were deleted. */
  removed: ReadonlySet<string>
}

/**
 * Find out what became of renamed and deleted files, by one pass over Git's history, newest commits first; uncommitted
 * changes count as well. A file that was renamed more than once is found by each of its former paths.
 *
 * @param root The top of the work tree, absolute.
 * @param files The files of the tree.
 * @returns no files without Git
 */
export async function formerFiles(root: string, files: ReadonlySet<string>): Promise<FormerFiles> {
  const args = ['--name-status', '-z', ...RENAMES, '--diff-filter=RD', '--no-ext-diff', '--no-textconv']
  const [uncommitted, log] = await Promise.all([
    uncommittedMoves(root),
    git(root, ['log', ...args, '--format=', '--first-parent', '-m']),
  ])
  /** The current path of the file that last had a path; undefined if it was deleted. */
  const current = new Map<string, string | undefined>()
  const moved = new Map<string, string>()
  const follow = (path: string) =>
    current.has(path) ? current.get(path) : files.has(path) ? path : undefined
  for (const {from, to} of [...uncommitted, ...movesIn(log ?? '')]) {
    const now = to === undefined ? undefined : follow(to)
    // Newer moves come first, and they determine what became of a path.
    if (!current.has(from)) current.set(from, now)
    if (now !== undefined && !files.has(from) && current.get(from) === now) moved.set(from, now)
  }
  const gone = [...current].filter(([path, now]) => now === undefined && !files.has(path))
  return {moved, removed: new Set(gone.map(([path]) => path))}
}

/** A file that was renamed, or deleted if it has no new path. */
interface Move {
  from: string
  to?: string
}

/** @param log `R100\0old\0new\0` for each renamed file, `D\0old\0` for each deleted one. */
function* movesIn(log: string): Generator<Move> {
  const fields = log.split('\0').values()
  for (const field of fields) {
    const status = field.trim()
    if (status.startsWith('R')) yield {from: fields.next().value!, to: fields.next().value!}
    else if (status.startsWith('D')) yield {from: fields.next().value!}
  }
}

/** The files that were renamed or deleted since the last commit; none if that is unknown. */
async function uncommittedMoves(root: string): Promise<Move[]> {
  const objects = objectsOf(root)
  try {
    const workTree = await compareWorkTree(root, objects)
    if (!workTree) return []
    const {renamed, deleted} = await changesSince(root, await commitEntries(root, 'HEAD'), workTree, objects)
    return [...[...renamed].map(([from, to]) => ({from, to})), ...[...deleted].map((from) => ({from}))]
  } catch (error) {
    // There is no commit yet, or the clone lacks some of its objects.
    if (error instanceof UserError) return []
    throw error
  } finally {
    objects.close()
  }
}

/** Older versions of a file are not read. */
const MOST_VERSIONS = 200

/**
 * The versions of a file in Git's history, newest first, across renames.
 *
 * @param root The top of the work tree, absolute.
 * @returns functions that read the text of a version, undefined if Git does not have it; no functions without Git
 */
export async function formerTexts(
  root: string,
  file: string,
  objects: Objects,
): Promise<(() => Promise<string | undefined>)[]> {
  const args = ['--follow', `--max-count=${MOST_VERSIONS}`, '--format=%x00%H', '--name-only', '-z']
  const log = await git(root, ['log', ...args, '--', file])
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
