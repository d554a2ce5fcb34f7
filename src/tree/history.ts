import {UserError} from '../errors/errors.ts'
import {changesSince} from './changes.ts'
import {git, gitWithInput} from './git.ts'
import {commitEntries} from './git-tree.ts'
import {objectsOf} from './objects.ts'
import {RENAMES} from './renames.ts'
import {compareWorkTree} from './work-tree.ts'

/**
 * Find the current paths of files that were renamed. Of Git's history, only commits that add or delete one of the paths
 * in question are compared for renames, newest first; uncommitted changes count as well. A file that was renamed more
 * than once is found by each of its former paths.
 *
 * @param root The top of the work tree, absolute.
 * @param files The files of the tree.
 * @param wanted Paths of files or folders that may have been renamed, and of files that may have had other paths.
 * @returns current paths by former ones; empty without Git
 */
export async function renamedFiles(
  root: string,
  files: ReadonlySet<string>,
  wanted: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const paths = new Set(wanted)
  const [uncommitted, commits] = await Promise.all([uncommittedMoves(root), commitsThatMove(root)])
  for (;;) {
    const moves = [...uncommitted, ...(await movesOf(root, commits, paths))]
    const size = paths.size
    for (const {from, to} of moves) {
      if (to === undefined) continue
      if (isAmong(paths, from) && !files.has(to)) paths.add(to)
      if (paths.has(to)) paths.add(from)
    }
    if (paths.size === size) return currentPaths(moves, files)
  }
}

/** Is a path, or a folder around it, one of some paths? */
function isAmong(paths: ReadonlySet<string>, path: string): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (paths.has(path.slice(0, end))) return true
  return false
}

/** The current paths of files by former ones, from moves, newest first. */
function currentPaths(moves: readonly Move[], files: ReadonlySet<string>): Map<string, string> {
  /** The current path of the file that last had a path; undefined if it was deleted. */
  const current = new Map<string, string | undefined>()
  const moved = new Map<string, string>()
  const follow = (path: string) =>
    current.has(path) ? current.get(path) : files.has(path) ? path : undefined
  for (const {from, to} of moves) {
    const now = to === undefined ? undefined : follow(to)
    // Newer moves come first, and they determine what became of a path.
    if (!current.has(from)) current.set(from, now)
    if (now !== undefined && !files.has(from) && current.get(from) === now) moved.set(from, now)
  }
  return moved
}

/** A file that was renamed, or deleted if it has no new path. */
interface Move {
  from: string
  to?: string
}

/** List the changes of each commit from the main line, merges included. */
const EACH_COMMIT = ['--first-parent', '-m', '-z', '--no-ext-diff', '--no-textconv']

/** A commit with the paths that it adds and deletes. */
type Commit = readonly [hash: string, paths: readonly string[]]

/**
 * The commits that add or delete files, newest first. All of them are listed, since Git compares only folders that differ:
 * that is faster than limiting it to some paths.
 */
async function commitsThatMove(root: string): Promise<Commit[]> {
  const args = [...EACH_COMMIT, '--no-renames', '--diff-filter=AD', '--name-only', '--format=%x00%H']
  return commitsIn((await git(root, ['log', ...args])) ?? '')
}

/** The moves of those commits that add or delete one of some paths, newest first. */
async function movesOf(
  root: string,
  commits: readonly Commit[],
  paths: ReadonlySet<string>,
): Promise<Move[]> {
  const hashes = commits.flatMap(([hash, changed]) =>
    changed.some((path) => isAmong(paths, path)) ? hash : [],
  )
  if (hashes.length === 0) return []
  const args = [...EACH_COMMIT, ...RENAMES, '--diff-filter=RD', '--name-status', '--format=']
  const log = await gitWithInput(root, ['log', '--stdin', '--no-walk=unsorted', ...args], linesOf(hashes))
  return [...movesIn(log ?? '')]
}

const linesOf = (lines: readonly string[]) =>
  lines.flatMap((line) => (line === '' ? [] : `${line}\n`)).join('')

const COMMIT = /^[\da-f]{40,64}$/

/** @param log `\0hash\0\0path\0` for each commit; no path is empty, and one that looks like a hash does no harm. */
function commitsIn(log: string): Commit[] {
  const found: [string, string[]][] = []
  for (const field of log.split('\0')) {
    const text = field.replace(/^\n/, '')
    if (COMMIT.test(text)) found.push([text, []])
    else if (text !== '') found.at(-1)?.[1].push(text)
  }
  return found
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

/** The versions of a file at one path, newest first, and the commit that added it there. */
interface Versions {
  objects: string[]
  added?: string
}

/**
 * The versions of files in Git's history, newest first, across renames.
 *
 * @param root The top of the work tree, absolute.
 * @returns the names of their objects by path
 */
export async function formerVersions(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>(paths.map((path) => [path, []]))
  const seen = new Set(paths)
  /** The files whose former versions are to be found, by the path that each of them had. */
  let open = new Map(paths.map((path) => [path, [path]]))
  while (open.size > 0) {
    const versions = await versionsAt(root, [...open.keys()])
    for (const [path, {objects}] of versions)
      for (const name of open.get(path)!) found.get(name)!.push(...objects)
    const former = new Map<string, string[]>()
    for (const [path, from] of await renamesInto(root, versions))
      if (!seen.has(from)) former.set(from, [...(former.get(from) ?? []), ...open.get(path)!])
    for (const path of former.keys()) seen.add(path)
    open = former
  }
  return new Map([...found].map(([path, objects]) => [path, objects.slice(0, MOST_VERSIONS)]))
}

/** The versions of the files at some paths. */
async function versionsAt(root: string, paths: readonly string[]): Promise<Map<string, Versions>> {
  const args = ['--raw', '-z', '--no-renames', '--no-abbrev', '--no-ext-diff', '--no-textconv']
  const log = await gitWithInput(
    root,
    ['log', '--stdin', ...args, '--format=%x00%H'],
    linesOf(['HEAD', '--', ...paths]),
  )
  const found = new Map<string, Versions>(paths.map((path) => [path, {objects: []}]))
  const fields = (log ?? '').split('\0')
  let commit = ''
  // `\0hash\0\0:100644 100644 old new M\0path\0` for each commit.
  for (const [at, field] of fields.entries()) {
    const text = field.trim()
    if (COMMIT.test(text)) commit = text
    const [, object, status] = /^:\d+ \d+ [\da-f]+ ([\da-f]+) ([AM])$/.exec(text) ?? []
    const versions = found.get(fields[at + 1] ?? '')
    if (object === undefined || !versions) continue
    versions.objects.push(object)
    if (status === 'A') versions.added = commit
  }
  return found
}

/** The paths from which files were renamed when they were added, by the paths they got. */
async function renamesInto(
  root: string,
  versions: ReadonlyMap<string, Versions>,
): Promise<Map<string, string>> {
  const commits = new Set([...versions.values()].flatMap(({added}) => added ?? []))
  if (commits.size === 0) return new Map()
  const args = ['-m', '-z', ...RENAMES, '--diff-filter=R', '--name-status', '--no-ext-diff', '--no-textconv']
  const log = await gitWithInput(
    root,
    ['log', '--stdin', '--no-walk=unsorted', ...args, '--format='],
    linesOf([...commits]),
  )
  const moves = [...movesIn(log ?? '')]
  return new Map(
    moves.flatMap(({from, to}) => (to !== undefined && versions.has(to) ? [[to, from] as const] : [])),
  )
}
