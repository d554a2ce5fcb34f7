import {lstatSync, readlinkSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {isInside} from './inside.ts'

/** A place to write a file to. */
export interface Place {
  /** An absolute path without symlinks above it; the file itself may be a symlink, which is replaced, not followed. */
  file: string
  /** It is a terminal, a pipe or the like, and cannot be replaced. */
  isStream: boolean
  /** It is in one of the trees, whose author may have created it. */
  inTree: boolean
}

/** A longer chain of symlinks counts as circular. */
const MOST_HOPS = 40

/** Open files of a process: a symlink there represents the open file, which others may be writing to. */
const OPEN_FILES = /^\/(?:dev|proc)(?:\/|$)/

/**
 * Determine the place to write a file that the user has named. Symlinks outside the trees are the user's own and are
 * followed. One in a tree may come from a stranger, and is not written through.
 *
 * @param trees Absolute paths of folders.
 * @throws if a folder of the path is a symlink in a tree, or symlinks are circular
 */
export function placeOf(absolute: string, trees: readonly string[]): Place {
  const tops = trees.map((tree) => realpathSync.native(tree))
  let at = path.parse(absolute).root
  let hops = 0
  const rest = path.relative(at, absolute).split(path.sep)
  while (rest.length > 0) {
    const next = path.join(at, rest.shift()!)
    if (!isSymlink(next)) {
      at = next
      continue
    }
    const top = tops.find((each) => isInside(each, next))
    if (top !== undefined) {
      if (rest.length === 0) return {file: next, isStream: false, inTree: true}
      throw new Error(`${path.relative(top, next)} is a symlink; use the path of its target`)
    }
    if (OPEN_FILES.test(at)) return {file: path.join(next, ...rest), isStream: true, inTree: false}
    if (++hops > MOST_HOPS) throw new Error('symlinks go in a circle')
    const target = path.resolve(at, readlinkSync(next))
    at = path.parse(target).root
    rest.unshift(...path.relative(at, target).split(path.sep))
  }
  const stat = lstatSync(at, {throwIfNoEntry: false})
  return {
    file: at,
    isStream: stat !== undefined && !stat.isFile() && !stat.isDirectory(),
    inTree: tops.some((each) => isInside(each, at)),
  }
}

const isSymlink = (file: string) => lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink() ?? false
