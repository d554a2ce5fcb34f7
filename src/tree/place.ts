import {lstatSync, readlinkSync, realpathSync} from 'node:fs'
import path from 'node:path'
import {isInside} from './inside.ts'

/** Where a file is to be written. */
export interface Place {
  /** An absolute path without symlinks, but that it may be one itself, which is to be replaced. */
  file: string
  /** It is a terminal, a pipe or the like: to be written to as it is. */
  isStream: boolean
  /** It lies in one of the trees, whose author may have put it there. */
  inTree: boolean
}

/** More symlinks than this one after another are a circle. */
const MOST_HOPS = 40

/** What is open in a process: a symlink there to a file is the open file, with all who write to it. */
const OPEN_FILES = /^\/(?:dev|proc)(?:\/|$)/

/**
 * Where a file that the user named is to be written. Symlinks outside of trees are the user's own and followed; one that a
 * tree brings may be a stranger's, and nothing is written through it.
 *
 * @param trees Absolute paths of folders.
 * @throws where a tree has a symlink in the way, or symlinks lead in a circle
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
      throw new Error(
        `the symlink ${path.relative(top, next)} is in its way; name the folder that it leads to`,
      )
    }
    if (OPEN_FILES.test(at)) return {file: path.join(next, ...rest), isStream: true, inTree: false}
    if (++hops > MOST_HOPS) throw new Error('symlinks lead in a circle')
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
