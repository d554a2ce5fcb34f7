import {UserError} from '../errors/errors.ts'
import {ANYWHERE, folded, nameOf} from '../text/paths.ts'
import {changesSince} from './changes.ts'
import {git, gitWithInput} from './git.ts'
import {commitEntries} from './git-tree.ts'
import {objectsOf} from './objects.ts'
import {RENAMES} from './renames.ts'
import {compareWorkTree} from './work-tree.ts'

/** Git's history of a work tree. Its moves are listed once, however often it is asked. */
export class GitHistory {
  readonly #root: string
  readonly #files: ReadonlySet<string>
  #listed: Promise<[uncommitted: Move[], commits: Commit[]]> | undefined
  readonly #moves = new Map<string, Promise<Move[]>>()

  /**
   * @param root The top of the work tree, absolute.
   * @param files The files of the tree.
   */
  constructor(root: string, files: ReadonlySet<string>) {
    this.#root = root
    this.#files = files
  }

  /**
   * Find the current paths of files that were renamed. Only commits that add or delete one of the paths in question are
   * compared for renames, newest first; uncommitted changes count as well. A file that was renamed more than once is found
   * by each of its former paths.
   *
   * @param wanted Paths of files or folders that may have been renamed, and of files that may have had other paths;
   * {@link ANYWHERE} with a name for files in any folder.
   * @returns current paths by former ones; empty without Git
   */
  async renamedFiles(wanted: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const paths = pathsOf(wanted)
    this.#listed ??= Promise.all([uncommittedMoves(this.#root), commitsThatMove(this.#root)])
    const [uncommitted, commits] = await this.#listed
    for (;;) {
      const moves = [...uncommitted, ...(await this.#movesIn(commitsWith(paths, commits)))]
      const size = paths.size
      for (const {from, to} of moves) {
        if (to === undefined) continue
        if (isAmong(paths, from) && !this.#files.has(to)) paths.add(to)
        if (paths.has(to)) paths.add(from)
      }
      if (paths.size === size) return currentPaths(moves, this.#files)
    }
  }

  #movesIn(commits: readonly string[]): Promise<Move[]> {
    const key = commits.join()
    let moves = this.#moves.get(key)
    if (!moves) {
      moves = movesOf(this.#root, commits)
      this.#moves.set(key, moves)
    }
    return moves
  }

  /**
   * The versions of files in Git's history, newest first, across renames.
   *
   * @returns the names of their objects by path
   */
  async formerVersions(paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return paths.length > 0 ? formerVersions(this.#root, paths) : new Map()
  }
}

/** The wanted paths; {@link ANYWHERE} is among them if names are, since that is asked for each path of the history. */
function pathsOf(wanted: Iterable<string>): Set<string> {
  const paths = new Set(wanted)
  if ([...paths].some((path) => path.startsWith(ANYWHERE))) paths.add(ANYWHERE)
  return paths
}

/** Is a path, a folder around it, or its name in any folder, one of some paths? */
function isAmong(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.has(ANYWHERE) && paths.has(ANYWHERE + folded(nameOf(path)))) return true
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

/** The commits that add or delete one of some paths. */
const commitsWith = (paths: ReadonlySet<string>, commits: readonly Commit[]): string[] =>
  commits.flatMap(([hash, changed]) => (changed.some((path) => isAmong(paths, path)) ? hash : []))

/** The moves of some commits, newest first. */
async function movesOf(root: string, commits: readonly string[]): Promise<Move[]> {
  if (commits.length === 0) return []
  const args = [...EACH_COMMIT, ...RENAMES, '--diff-filter=RD', '--name-status', '--format=']
  const log = await gitWithInput(root, ['log', '--stdin', '--no-walk=unsorted', ...args], linesOf(commits))
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

async function formerVersions(
  root: string,
  paths: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const all = new Map<string, Versions>()
  const origins = new Map<string, Origin>()
  let open = paths
  while (open.length > 0) {
    const versions = await versionsAt(root, open)
    for (const [path, found] of versions) all.set(path, found)
    const found = await originsOf(root, versions)
    for (const [path, origin] of found) origins.set(path, origin)
    open = [...new Set([...found.values()].map(({from}) => from))].filter((path) => !all.has(path))
  }
  return new Map(paths.map((path) => [path, chainOf(path, all, origins).slice(0, MOST_VERSIONS)]))
}

/** The path from which a file was renamed when it was added; or copied, with the object that both had. */
interface Origin {
  from: string
  object?: string
}

/** The objects of a file at all paths that it had, newest first. */
function chainOf(
  path: string,
  all: ReadonlyMap<string, Versions>,
  origins: ReadonlyMap<string, Origin>,
): string[] {
  const objects: string[] = []
  const seen = new Set<string>()
  for (let at: Origin | undefined = {from: path}; at && !seen.has(at.from); at = origins.get(at.from)) {
    seen.add(at.from)
    const own = all.get(at.from)!.objects
    // The original of a copy went on.
    objects.push(...own.slice(at.object === undefined ? 0 : Math.max(0, own.indexOf(at.object))))
  }
  return objects
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

/** Where files came from when they were added. */
async function originsOf(
  root: string,
  versions: ReadonlyMap<string, Versions>,
): Promise<Map<string, Origin>> {
  const commits = new Set([...versions.values()].flatMap(({added}) => added ?? []))
  if (commits.size === 0) return new Map()
  const args = ['-m', '-z', ...RENAMES, '--diff-filter=R', '--name-status', '--no-ext-diff', '--no-textconv']
  const log = await gitWithInput(
    root,
    ['log', '--stdin', '--no-walk=unsorted', ...args, '--format='],
    linesOf([...commits]),
  )
  const found = new Map<string, Origin>()
  for (const {from, to} of movesIn(log ?? '')) if (to !== undefined && versions.has(to)) found.set(to, {from})
  const left = [...versions].flatMap(([path, {added}]) => (added && !found.has(path) ? added : []))
  for (const {from, to, object} of await exactCopies(root, new Set(left)))
    if (versions.has(to) && !found.has(to) && nameOf(from) === nameOf(to)) found.set(to, {from, object})
  return found
}

/** The files that commits added as exact copies of others: a version of the docs is copied as a whole. */
async function exactCopies(
  root: string,
  commits: ReadonlySet<string>,
): Promise<{from: string; to: string; object: string}[]> {
  if (commits.size === 0) return []
  const args = ['-z', '--find-copies-harder', '-C100%', '--diff-filter=C', '--raw', '--no-abbrev']
  const log = await gitWithInput(
    root,
    ['log', '--stdin', '--no-walk=unsorted', ...args, '--no-ext-diff', '--no-textconv', '--format='],
    linesOf([...commits]),
  )
  // `:100644 100644 object object C100\0from\0to\0`
  const fields = (log ?? '').split('\0')
  return fields.flatMap((field, at) => {
    const [, object] = /^\s*:\d+ \d+ [\da-f]+ ([\da-f]+) C\d+$/.exec(field) ?? []
    return object === undefined ? [] : {from: fields[at + 1]!, to: fields[at + 2]!, object}
  })
}
