import {existsSync, readlinkSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {makeTree} from './disk.ts'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {readerOf, textOf, withoutMark} from './read.ts'
import type {Tree} from './tree.ts'
import type {Entry, WorkTree} from './work-tree.ts'

/**
 * What is in git's index: what the next commit will hold.
 *
 * @param root The top of the work tree.
 * @param objects Read from where the working folder is not the same.
 * @throws {@link UserError} where a merge is not finished.
 */
export function indexTree(root: string, objects: Objects, workTree: WorkTree): Promise<Tree> {
  const elsewhere = new Set([...workTree.changed, ...workTree.gone])
  const entries: Entry[] = []
  for (const entry of workTree.index) {
    if (entry.isInConflict)
      throw new UserError(`${entry.path} is in conflict: finish the merge, then check what is staged`)
    if (entry.isSkipped) elsewhere.add(entry.path)
    if (!entry.isIntended) entries.push(entry)
  }
  return treeOf(root, objects, entries, elsewhere)
}

/** The files of a commit. @param commit Its full name, or a ref. */
export async function commitEntries(root: string, commit: string): Promise<Entry[]> {
  const listed = await git(root, ['ls-tree', '-r', '-z', '--full-tree', commit])
  if (listed === undefined) throw new UserError(`The commit ${commit} cannot be read`)
  return listed.split('\0').flatMap((line) => {
    const match = /^(\d+) \S+ ([\da-f]+)\t(.*)$/s.exec(line)
    return match ? [{mode: match[1]!, object: match[2]!, path: match[3]!}] : []
  })
}

/**
 * What a commit holds. Files that are the same in the work tree are read from there.
 *
 * @param root The top of the work tree, or a bare repository.
 * @param objects Read from where the work tree is not the same.
 * @param workTree Left out of a bare repository.
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
 * What reads files as a commit holds them, whatever the working folder makes of them. Symlinks are followed within the
 * commit.
 *
 * @returns by a path from the root a text, or nothing where the commit has no such file; throws {@link UnreadableError}
 */
export async function committedTexts(
  root: string,
  objects: Objects,
  commit: string,
): Promise<(file: string) => Promise<string | undefined>> {
  const entries = await commitEntries(root, commit)
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  const symlinks = await symlinksOf(root, objects, entries, new Set(byPath.keys()))
  return async (file) => {
    const entry = byPath.get(follow(file, symlinks) ?? '')
    if (!entry || entry.mode === '160000') return
    const bytes = await objects.read(entry.object)
    if (!bytes) throw new UnreadableError('Cannot be read: git does not have it here')
    return withoutMark(textOf(bytes))
  }
}

const LONGEST_PATH = 4096

/** More symlinks than this one after another are a circle. */
const MOST_HOPS = 40

/** @param elsewhere Files whose text in the working folder is another one, or that are not there. */
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
  // A path that is not in the tree behind its symlinks: outside of it, or in no version that git has.
  const isBeside = (file: string) => !elsewhere.has(file) && existsSync(path.resolve(root, file))
  const readBeside = readerOf(root)
  const readObject = async (file: string) => {
    const entry = byPath.get(file)
    if (!entry) throw new UnreadableError('Cannot be read: it is not there, or a symlink that leads nowhere')
    const bytes = await objects.read(entry.object)
    if (!bytes) throw new UnreadableError('Cannot be read: git does not have it here')
    return textOf(bytes)
  }
  const whole = async (file: string) => {
    const real = follow(file, symlinks)
    if (real === undefined) throw new UnreadableError('Cannot be read: a symlink that leads to itself')
    if (elsewhere.has(real)) return readObject(real)
    return readBeside(path.relative(root, path.resolve(root, real)).split(path.sep).join('/'), true)
  }
  // What git ignores is not in it, nor what it was not told of.
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
    unsaved: new Set([...elsewhere, ...symlinks.keys()].filter((file) => tree.files.has(file))),
    read: async (file) => withoutMark(await whole(file)),
    whole,
  }
}

/** Where each symlink of a tree leads, as it is written. */
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
      // Where there are no symlinks, git writes files.
    }
    const target = (await objects.read(object).catch(() => undefined))?.toString('utf8') ?? ''
    // No system has so long a path.
    return target.length > LONGEST_PATH ? '' : target
  }
  const links = entries.filter(({mode}) => mode === '120000')
  return new Map(await Promise.all(links.map(async (link) => [link.path, await targetOf(link)] as const)))
}

/**
 * Where a path leads through symlinks: from the root, or absolute.
 *
 * @returns nothing where they lead in a circle
 */
function follow(file: string, symlinks: ReadonlyMap<string, string>): string | undefined {
  if (symlinks.size === 0) return file
  let at = file
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    const segments = at.split('/')
    const link = segments
      .map((_, index) => segments.slice(0, index + 1).join('/'))
      .find((part) => symlinks.has(part))
    if (link === undefined) return at
    const target = symlinks.get(link)!
    const base = path.posix.isAbsolute(target) ? '' : path.posix.dirname(link)
    at = path.posix.join(base, target, at.slice(link.length)).replace(/\/$/, '')
  }
}
