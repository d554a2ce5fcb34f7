import {existsSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../errors.ts'
import {decode, makeTree, readText} from './disk.ts'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import type {Tree} from './tree.ts'

/** One file that git holds. */
interface Entry {
  path: string
  /** `100644`, `100755`, `120000` for a symlink, `160000` for a submodule. */
  mode: string
  object: string
}

/** What a diff of the working folder needs said: no renames, no other program, no look into submodules. */
const PLAINLY = ['--no-renames', '--no-ext-diff', '--ignore-submodules', '-z']

/**
 * What is in git's index: what the next commit will hold.
 *
 * @param root The top of the work tree.
 * @param objects Read from where the working folder is not the same.
 * @throws {@link UserError} where there is no git, or an unfinished merge.
 */
export async function indexTree(root: string, objects: Objects): Promise<Tree> {
  const [listed, differs] = await Promise.all([
    git(root, ['ls-files', '--stage', '-t', '-z']),
    git(root, ['diff', '--name-status', ...PLAINLY]),
  ])
  if (listed === undefined || differs === undefined)
    throw new UserError('--staged needs git, and a work tree of it')
  const status = pairs(differs)
  // Files that git was only told will be added are not in the next commit.
  const intended = new Set(status.filter(([letter]) => letter === 'A').map(([, file]) => file))
  const elsewhere = new Set(status.map(([, file]) => file))
  const entries: Entry[] = []
  for (const line of listed.split('\0')) {
    const match = /^(\S) (\d+) ([\da-f]+) (\d)\t(.*)$/s.exec(line)
    if (!match) continue
    const [, tag, mode = '', object = '', stage, file = ''] = match
    if (stage !== '0')
      throw new UserError(`${file} is in conflict: finish the merge, then check what is staged`)
    // A sparse checkout does not have it in the folder.
    if (tag === 'S') elsewhere.add(file)
    if (!intended.has(file)) entries.push({path: file, mode, object})
  }
  return treeOf(root, objects, entries, elsewhere)
}

/**
 * What a commit holds. Files that are the same in the working folder are read from there.
 *
 * @param root The top of the work tree, or a bare repository.
 * @param objects Read from where the working folder is not the same.
 * @param commit Its full name, or a ref.
 */
export async function commitTree(root: string, objects: Objects, commit: string): Promise<Tree> {
  const [listed, differs] = await Promise.all([
    git(root, ['ls-tree', '-r', '-z', '--full-tree', commit]),
    git(root, ['diff', '--name-only', ...PLAINLY, commit]),
  ])
  if (listed === undefined) throw new UserError(`The commit ${commit} cannot be read`)
  const entries = listed.split('\0').flatMap((line) => {
    const match = /^(\d+) \S+ ([\da-f]+)\t(.*)$/s.exec(line)
    return match ? [{mode: match[1]!, object: match[2]!, path: match[3]!}] : []
  })
  // A bare repository has no working folder to compare with.
  const elsewhere = new Set(differs === undefined ? entries.map((entry) => entry.path) : differs.split('\0'))
  for (const entry of entries)
    if (!elsewhere.has(entry.path) && !existsSync(path.join(root, entry.path))) elsewhere.add(entry.path)
  return treeOf(root, objects, entries, elsewhere)
}

/** @param elsewhere Files whose text in the working folder is another one, or that are not there. */
function treeOf(
  root: string,
  objects: Objects,
  entries: readonly Entry[],
  elsewhere: ReadonlySet<string>,
): Tree {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]))
  // A submodule is a folder whose files are not listed.
  const listed = entries.map((entry) => (entry.mode === '160000' ? `${entry.path}/` : entry.path))
  const readObject = async (file: string, hops = 0): Promise<string> => {
    const entry = byPath.get(file)
    if (!entry) throw new UnreadableError('Cannot be read: it is not there, or a symlink that leads nowhere')
    const bytes = await objects.read(entry.object)
    if (!bytes) throw new UnreadableError('Cannot be read: git does not have it here')
    if (entry.mode !== '120000') return decode(bytes).replace(/^\uFEFF/, '')
    if (hops > 8) throw new UnreadableError('Cannot be read: a symlink that leads to itself')
    return readObject(path.posix.join(path.posix.dirname(file), bytes.toString('utf8')), hops + 1)
  }
  const tree = makeTree(root, true, listed)
  return {
    ...tree,
    // What git ignores is not in it, nor what it was not told of.
    beyond: (file) => (tree.beyond(file) === 'unknown' ? 'unknown' : undefined),
    unsaved: new Set([...elsewhere].filter((file) => tree.files.has(file))),
    read: async (file) => (elsewhere.has(file) ? readObject(file) : readText(path.join(root, file))),
  }
}

/** `status\0path\0` and so on. */
function pairs(text: string): [string, string][] {
  const fields = text.split('\0')
  const found: [string, string][] = []
  for (let at = 0; at + 1 < fields.length; at += 2) found.push([fields[at]!, fields[at + 1]!])
  return found
}
