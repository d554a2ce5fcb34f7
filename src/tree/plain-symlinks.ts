import {lstatSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError} from '../errors/errors.ts'
import {follow} from './follow.ts'
import {git} from './git.ts'
import {readText, withoutMark} from './read.ts'
import type {Tree} from './tree.ts'

/** Bytes. No system supports longer paths. */
const LONGEST_PATH = 4096

/**
 * The targets of symlinks that git has checked out as files which contain them, as it does on Windows without the right to
 * create symlinks (`core.symlinks`).
 *
 * @param symlinks The paths of all symlinks in the index.
 */
export async function plainSymlinks(root: string, symlinks: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const file of symlinks) {
    const absolute = path.join(root, file)
    const stat = lstatSync(absolute, {throwIfNoEntry: false})
    if (stat?.isFile() && stat.size <= LONGEST_PATH) found.set(file, readText(absolute))
  }
  if (found.size === 0) return found
  // Elsewhere, such a file has taken the place of the symlink.
  const setting = await git(root, ['config', '--type=bool', 'core.symlinks'])
  return setting?.trim() === 'false' ? found : new Map()
}

/** A tree in which such files have the text of what they lead to, as symlinks do. */
export function withPlainSymlinks(tree: Tree, symlinks: ReadonlyMap<string, string>): Tree {
  const whole = async (file: string) => {
    const real = follow(file, symlinks)
    if (real === undefined) throw new UnreadableError('Cannot be read: it is a symlink to itself')
    return tree.whole(real)
  }
  return {
    ...tree,
    beyond: (file) => {
      const real = follow(file, symlinks)
      if (real === undefined || real === file) return tree.beyond(file)
      return tree.files.has(real) || tree.folders.has(real) ? 'unknown' : tree.beyond(real)
    },
    symlinks: new Set(symlinks.keys()),
    unsaved: new Set([...(tree.unsaved ?? []), ...symlinks.keys()]),
    realPath: (file) => follow(file, symlinks) ?? file,
    read: async (file) => withoutMark(await whole(file)),
    whole,
  }
}
