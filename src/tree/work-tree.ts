import {lstatSync, type Stats, statSync} from 'node:fs'
import path from 'node:path'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {type Stored, storedIn} from './stored.ts'

/** One file that git holds. */
export interface Entry {
  path: string
  /** `100644`, `100755`, `120000` for a symlink, `160000` for a submodule. */
  mode: string
  object: string
}

/** One file of git's index. */
export interface IndexEntry extends Entry {
  /** A sparse checkout leaves it out, or git was told not to look for it in the folder. */
  isSkipped: boolean
  /** git was only told that it will be added: the next commit does not hold it. */
  isIntended: boolean
  /** It is one of several versions, of which a merge must choose. */
  isInConflict: boolean
}

/** The files of a work tree, compared with git's index. */
export interface WorkTree {
  index: readonly IndexEntry[]
  /** Files of the index that hold something else in the folder. */
  changed: ReadonlySet<string>
  /** Files of the index that are not in the folder. */
  gone: ReadonlySet<string>
  /** Files that git does not know and does not ignore. */
  untracked: readonly string[]
  stored: Stored
}

/** What the index remembers of a file, to know without reading it that it did not change; zeros are not known. */
interface Remembered {
  ctimeMs: number
  mtimeMs: number
  inode: number
  size: number
}

/**
 * Compare a work tree with git's index. git itself is not asked, as it would have each file that may have changed
 * converted by the filters that the repository names.
 *
 * @param root The top of the work tree.
 * @returns nothing without git
 */
export async function compareWorkTree(root: string, objects: Objects): Promise<WorkTree | undefined> {
  const [listed, untracked, place] = await Promise.all([
    git(root, ['ls-files', '--stage', '-v', '--debug', '-z']),
    git(root, ['ls-files', '--others', '--exclude-standard', '-z']),
    git(root, ['rev-parse', '--git-path', 'index']),
  ])
  if (listed === undefined || untracked === undefined || place === undefined) return
  const entries = parseIndex(listed)
  const written = statSync(path.resolve(root, place.trim()), {throwIfNoEntry: false})?.mtimeMs ?? 0
  const stored = storedIn(root, objects)
  const changed = new Set<string>()
  const gone = new Set<string>()
  const isBelowLink = linkedFolders(root)
  const compare = async ({entry, remembered}: Listed) => {
    const {path: file, object} = entry
    const state = isBelowLink(file) ? 'gone' : stateOf(entry, remembered, path.join(root, file), written)
    if (state === 'gone') gone.add(file)
    else if (state === 'changed' || (state === 'unsure' && !(await stored.holds(file, object))))
      changed.add(file)
  }
  await Promise.all(entries.filter(({entry}) => !entry.isSkipped).map(compare))
  return {
    index: entries.map(({entry}) => entry),
    changed,
    gone,
    // A folder in the list is another repository, as a submodule is.
    untracked: untracked
      .split('\0')
      .filter((file) => file !== '')
      .map((file) => file.replace(/\/$/, '')),
    stored,
  }
}

/** How a file in the folder compares with git's index; `unsure` if its content must be compared. */
function stateOf(
  entry: IndexEntry,
  remembered: Remembered | undefined,
  absolute: string,
  written: number,
): 'gone' | 'changed' | 'same' | 'unsure' {
  const stat = statOf(absolute)
  if (!stat || (stat.isDirectory() && entry.mode !== SUBMODULE)) return 'gone'
  if (entry.isInConflict || !isOfKind(entry, stat)) return 'changed'
  if (entry.mode === SUBMODULE || (remembered && isUntouched(stat, remembered, written))) return 'same'
  return 'unsure'
}

/** On systems without symlinks, git checks them out as files. */
const isOfKind = ({mode}: Entry, stat: Stats) =>
  mode === SUBMODULE ? stat.isDirectory() : stat.isFile() || (stat.isSymbolicLink() && mode === SYMLINK)

/** Nothing for what is not there, or not ours to see. */
function statOf(absolute: string): Stats | undefined {
  try {
    return lstatSync(absolute)
  } catch {
    return undefined
  }
}

/** The mode of a submodule, and that of a symlink. */
export const [SUBMODULE, SYMLINK] = ['160000', '120000']

interface Listed {
  entry: IndexEntry
  remembered?: Remembered
}

/** Names that lead out of the work tree, or to git's own files. */
const OUTSIDE = /(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i

/** `H 100644 name 0\tpath\0`, and for each of them lines that begin with two spaces. */
function parseIndex(listed: string): Listed[] {
  const found: Listed[] = []
  for (const part of listed.split('\0')) {
    const known = /^(?: {2}.*\n)*/.exec(part)![0]
    if (known !== '' && found.length > 0) addRemembered(found.at(-1)!, known)
    const match = /^(\S) (\d+) ([\da-f]+) (\d)\t(.*)$/s.exec(part.slice(known.length))
    // git itself does not look at the names in an index that somebody else wrote.
    if (!match || OUTSIDE.test(match[5]!)) continue
    const [, tag, mode = '', object = '', stage, file = ''] = match
    found.push({
      entry: {
        path: file,
        mode,
        object,
        // Of lower-case ones git was told not to look.
        isSkipped: tag !== 'H' && tag !== 'M',
        isIntended: false,
        isInConflict: stage !== '0',
      },
    })
  }
  return found
}

/** A flag of git's index: `git add --intent-to-add`. */
const INTENDED = 0x20000000

const REMEMBERED =
  /^ {2}ctime: (\d+):(\d+)\n {2}mtime: (\d+):(\d+)\n {2}dev: \d+\tino: (\d+)\n {2}uid: \d+\tgid: \d+\n {2}size: (\d+)\tflags: ([\da-f]+)\n$/

/** Without these lines in the form that git has had so far, files are read to know whether they changed. */
function addRemembered(listed: Listed, lines: string): void {
  const match = REMEMBERED.exec(lines)
  if (!match) return
  const [ctime = 0, ctimeNs = 0, mtime = 0, mtimeNs = 0, inode = 0, size = 0] = match.slice(1, 7).map(Number)
  const inMs = (seconds: number, ns: number) => seconds * 1e3 + ns / 1e6
  listed.remembered = {ctimeMs: inMs(ctime, ctimeNs), mtimeMs: inMs(mtime, mtimeNs), inode, size}
  listed.entry.isIntended = (Number.parseInt(match[7]!, 16) & INTENDED) !== 0
}

/** Milliseconds; two times that differ by less are the same one, computed in two ways. */
const ROUNDING = 0.001

/**
 * Is a file as it was when git wrote the index? One that was written at that very time may have changed after that.
 *
 * @param written When the index was written.
 */
function isUntouched(stat: Stats, {ctimeMs, mtimeMs, inode, size}: Remembered, written: number): boolean {
  const isAt = (time: number, recorded: number) => Math.abs(time - recorded) < ROUNDING
  // On Windows, git and Node mean different things by these.
  const isKnown = process.platform !== 'win32'
  return (
    mtimeMs < written - ROUNDING &&
    isAt(stat.mtimeMs, mtimeMs) &&
    stat.size % 2 ** 32 === size &&
    (!isKnown || ctimeMs === 0 || isAt(stat.ctimeMs, ctimeMs)) &&
    (!isKnown || inode === 0 || stat.ino % 2 ** 32 === inode)
  )
}

/** Tells of a path whether a folder above it is a symlink: for git it is not there then. */
function linkedFolders(root: string): (file: string) => boolean {
  const known = new Map<string, boolean>()
  const isLinked = (folder: string): boolean => {
    if (folder === '.') return false
    let found = known.get(folder)
    if (found === undefined) {
      found = statOf(path.join(root, folder))?.isSymbolicLink() || isLinked(path.posix.dirname(folder))
      known.set(folder, found)
    }
    return found
  }
  return (file) => isLinked(path.posix.dirname(file))
}
