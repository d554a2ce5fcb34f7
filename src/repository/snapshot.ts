import {UserError} from '../errors/errors.ts'
import {foldersAbove} from '../text/paths.ts'
import {commitEntries} from '../tree/git-tree.ts'
import {SUBMODULE, SYMLINK} from '../tree/work-tree.ts'

/** The files of a commit. */
export interface Snapshot {
  files: ReadonlySet<string>
  folders: ReadonlySet<string>
  /** Submodules and symlinks, which may lead anywhere. */
  closed: ReadonlySet<string>
}

/**
 * List the files of a commit.
 *
 * @returns undefined if Git does not have it
 */
export async function snapshotOf(root: string, commit: string): Promise<Snapshot | undefined> {
  try {
    const files = new Set<string>()
    const folders = new Set<string>([''])
    const closed = new Set<string>()
    for (const {path, mode} of await commitEntries(root, commit)) {
      if (mode === SUBMODULE || mode === SYMLINK) closed.add(path)
      else files.add(path)
      for (const folder of foldersAbove(path)) {
        if (folders.has(folder)) break
        folders.add(folder)
      }
    }
    return {files, folders, closed}
  } catch (error) {
    if (error instanceof UserError) return
    throw error
  }
}

/** Does a commit have a file or folder at a path, or may it have one behind a symlink or in a submodule? */
export function isIn({files, folders, closed}: Snapshot, path: string): boolean {
  if (files.has(path) || folders.has(path) || closed.has(path)) return true
  for (const folder of foldersAbove(path)) if (closed.has(folder)) return true
  return false
}
