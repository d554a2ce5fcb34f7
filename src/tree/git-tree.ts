import {existsSync, readlinkSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {makeTree} from './disk.ts'
import {follow} from './follow.ts'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {gitFault} from './partial-clone.ts'
import {readerOf, textOf, withoutMark} from './read.ts'
import type {Tree} from './tree.ts'
import type {Entry, WorkTree} from './work-tree.ts'

/**
 * The tree of Git's index, which the next commit will have.
 *
 * @param root The top of the work tree.
 * @param objects Used for files that differ in the work tree.
 * @throws {@link UserError} for a merge conflict
 */
export function indexTree(root: string, objects: Objects, workTree: WorkTree): Promise<Tree> {
  const elsewhere = new Set([...workTree.changed, ...workTree.gone])
  const entries: Entry[] = []
  for (const entry of workTree.index) {
    if (entry.isInConflict) throw new UserError(`${entry.path} has a merge conflict; resolve it first`)
    if (entry.isSkipped) elsewhere.add(entry.path)
    if (!entry.isIntended) entries.push(entry)
  }
  return treeOf(root, objects, entries, elsewhere)
}

/**
 * The files of a commit.
 *
 * @param commit Its hash, or a ref.
 */
export async function commitEntries(root: string, commit: string): Promise<Entry[]> {
  const listed = await git(root, ['ls-tree', '-r', '-z', '--full-tree', commit])
  if (listed === undefined) throw await gitFault(root, `git cannot list the files of the commit ${commit}`)
  return listed.split('\0').flatMap((line) => {
    const match = /^(\d+) \S+ ([\da-f]+)\t(.*)$/s.exec(line)
    return match ? [{mode: match[1]!, object: match[2]!, path: match[3]!}] : []
  })
}

/**
 * The tree of a commit. Files that are the same in the work tree are read from there.
 *
 * @param root The top of the work tree, or a bare repository.
 * @param objects Used for files that differ in the work tree.
 * @param workTree Undefined for a bare repository.
 */
export function commitTree(
  root: string,
  objects: Objects,
  entries: readonly Entry[],
  workTree?: WorkTree,
): Promise<Tree> {
  const same = new Map<string, string>()
  for (const {path: file, object, isSkipped} of workTree?.index ?? [])
    if (!isSkipped && !workTree!.changed.has(file) && !workTree!.gone.has(file)) same.set(file, object)
  const elsewhere = entries.filter(({path: file, object}) => same.get(file) !== object)
  return treeOf(root, objects, entries, new Set(elsewhere.map((entry) => entry.path)))
}

/**
 * Create the function that reads files of a commit by path, independent of the work tree. Symlinks are followed within
 * the commit.
 *
 * @returns resolves to a text, or to undefined if there is no such file; rejects with {@link UnreadableError}
 */
export async function committedTexts(
  root: string,
  objects: Objects,
  commit: string,
): Promise<{files: readonly string[]; read(file: string): Promise<string | undefined>}> {
  const entries = await commitEntries(root, commit)
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const symlinks = await symlinksOf(root, objects, entries, new Set(byPath.keys()))
  return {
    files: [...byPath.keys()],
    read: async (file) => {
      const entry = byPath.get(follow(file, symlinks) ?? '')
      if (!entry || entry.mode === '160000') return
      const bytes = await objects.read(entry.object)
      if (!bytes) throw new UnreadableError('Cannot be read: git does not have its content')
      return withoutMark(textOf(bytes))
    },
  }
}

const LONGEST_PATH = 4096

/** @param elsewhere Files whose content differs in the work tree, or that are missing there. */
async function treeOf(
  root: string,
  objects: Objects,
  entries: readonly Entry[],
  elsewhere: ReadonlySet<string>,
): Promise<Tree> {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  // A submodule is a folder whose files are not listed.
  const listed = entries.map((entry) => (entry.mode === '160000' ? `${entry.path}/` : entry.path))
  const symlinks = await symlinksOf(root, objects, entries, elsewhere)
  const tree = makeTree(root, true, listed)
  // Symlinks may lead to files on disk that are not in the tree.
  const isBeside = (file: string) => !elsewhere.has(file) && existsSync(path.resolve(root, file))
  const readBeside = readerOf(root)
  const readObject = async (file: string) => {
    const entry = byPath.get(file)
    if (!entry) throw new UnreadableError('Cannot be read: it does not exist, or is a broken symlink')
    const bytes = await objects.read(entry.object)
    if (!bytes) throw new UnreadableError('Cannot be read: git does not have its content')
    return textOf(bytes)
  }
  const whole = async (file: string) => {
    const real = follow(file, symlinks)
    if (real === undefined) throw new UnreadableError('Cannot be read: it is a symlink to itself')
    if (elsewhere.has(real)) return readObject(real)
    return readBeside(path.relative(root, path.resolve(root, real)).split(path.sep).join('/'), true)
  }
  // Ignored and untracked files are not in Git.
  const beyond = (file: string) => (tree.beyond(file) === 'unknown' ? 'unknown' : undefined)
  return {
    ...tree,
    beyond: (file) => {
      const real = follow(file, symlinks)
      if (real === undefined || real === file) return beyond(file)
      const isThere = tree.files.has(real) || tree.folders.has(real) || isBeside(real)
      return isThere ? 'unknown' : beyond(real)
    },
    symlinks: new Set(symlinks.keys()),
    realPath: (file) => follow(file, symlinks) ?? file,
    unsaved: new Set([...elsewhere, ...symlinks.keys()].filter((file) => tree.files.has(file))),
    read: async (file) => withoutMark(await whole(file)),
    whole,
  }
}

/** The targets of the symlinks of a tree, as written. */
async function symlinksOf(
  root: string,
  objects: Objects,
  entries: readonly Entry[],
  elsewhere: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const targetOf = async ({path: file, object}: Entry) => {
    try {
      if (!elsewhere.has(file)) return readlinkSync(path.join(root, file)).split(path.sep).join('/')
    } catch {
      // On systems without symlinks, Git checks them out as files.
    }
    const target = (await objects.read(object).catch(() => undefined))?.toString('utf8') ?? ''
    // No system supports such a long path.
    return target.length > LONGEST_PATH ? '' : target
  }
  const links = entries.filter(({mode}) => mode === '120000')
  return new Map(await Promise.all(links.map(async (link) => [link.path, await targetOf(link)] as const)))
}
