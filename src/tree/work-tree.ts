import {lstatSync, type Stats, statSync} from 'node:fs'
import path from 'node:path'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {type Stored, storedIn} from './stored.ts'

/** A file in Git. */
export interface Entry {
  /** Relative to the root, separated by `/`. */
  path: string
  /** `100644`, `100755`, `120000` for a symlink, `160000` for a submodule. */
  mode: string
  /** The hash of its content. */
  object: string
}

/** A file in Git's index. */
export interface IndexEntry extends Entry {
  /** A sparse checkout leaves it out, or it is marked as unchanged (`--skip-worktree`, `--assume-unchanged`). */
  isSkipped: boolean
  /** It was added by `--intent-to-add`: the next commit does not contain it. */
  isIntended: boolean
  /** It has a merge conflict. */
  isInConflict: boolean
}

/** The files of a work tree, compared with Git's index. */
export interface WorkTree {
  index: readonly IndexEntry[]
  /** Files of the index that have another content in the folder. */
  changed: ReadonlySet<string>
  /** Files of the index that are not in the folder. */
  gone: ReadonlySet<string>
  /** Files that are neither tracked nor ignored. */
  untracked: readonly string[]
  stored: Stored
}

/** The file attributes in the index by which Git detects unchanged files without reading them; 0 if unknown. */
interface Remembered {
  ctimeMs: number
  mtimeMs: number
  inode: number
  size: number
}

/**
 * Compare a work tree with Git's index. Git itself is not used, as it would run the filters of the repository on
 * files that may have changed.
 *
 * @param root The top of the work tree, absolute.
 * @returns undefined if Git is not installed or fails
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
    // A path with a slash at the end is another repository.
    untracked: untracked
      .split('\0')
      .filter((file) => file !== '')
      .map((file) => file.replace(/\/$/, '')),
    stored,
  }
}

/** The state of a file in the folder relative to Git's index; `unsure` if its content must be compared. */
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

/** On systems without symlinks, Git checks them out as files. */
const isOfKind = ({mode}: Entry, stat: Stats) =>
  mode === SUBMODULE ? stat.isDirectory() : stat.isFile() || (stat.isSymbolicLink() && mode === SYMLINK)

/** Undefined for a file that does not exist, or may not be accessed. */
function statOf(absolute: string): Stats | undefined {
  try {
    return lstatSync(absolute)
  } catch {
    return undefined
  }
}

/** The modes of a submodule and of a symlink. */
export const [SUBMODULE, SYMLINK] = ['160000', '120000']

interface Listed {
  entry: IndexEntry
  remembered?: Remembered
}

/** Paths that lead out of the work tree, or into `.git`. */
const OUTSIDE = /(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i

/** @param listed `H 100644 hash 0\tpath\0`, followed by indented lines, for each file. */
function parseIndex(listed: string): Listed[] {
  const found: Listed[] = []
  for (const part of listed.split('\0')) {
    const known = /^(?: {2}.*\n)*/.exec(part)![0]
    if (known !== '' && found.length > 0) addRemembered(found.at(-1)!, known)
    const match = /^(\S) (\d+) ([\da-f]+) (\d)\t(.*)$/s.exec(part.slice(known.length))
    // Git does not validate names in an index that came from elsewhere.
    if (!match || OUTSIDE.test(match[5]!)) continue
    const [, tag, mode = '', object = '', stage, file = ''] = match
    found.push({
      entry: {
        path: file,
        mode,
        object,
        // `S` is `--skip-worktree`, lower-case letters are `--assume-unchanged`.
        isSkipped: tag !== 'H' && tag !== 'M',
        isIntended: false,
        isInConflict: stage !== '0',
      },
    })
  }
  return found
}

/** A flag of Git's index: `git add --intent-to-add`. */
const INTENDED = 0x20000000

const REMEMBERED =
  /^ {2}ctime: (\d+):(\d+)\n {2}mtime: (\d+):(\d+)\n {2}dev: \d+\tino: (\d+)\n {2}uid: \d+\tgid: \d+\n {2}size: (\d+)\tflags: ([\da-f]+)\n$/

/** The format of the indented lines is not stable; if it changes, files are read to tell whether they changed. */
function addRemembered(listed: Listed, lines: string): void {
  const match = REMEMBERED.exec(lines)
  if (!match) return
  const [ctime = 0, ctimeNs = 0, mtime = 0, mtimeNs = 0, inode = 0, size = 0] = match.slice(1, 7).map(Number)
  const inMs = (seconds: number, ns: number) => seconds * 1e3 + ns / 1e6
  listed.remembered = {ctimeMs: inMs(ctime, ctimeNs), mtimeMs: inMs(mtime, mtimeNs), inode, size}
  listed.entry.isIntended = (Number.parseInt(match[7]!, 16) & INTENDED) !== 0
}

/** Milliseconds; times that differ by less are equal but for rounding. */
const ROUNDING = 0.001

/**
 * Is a file unchanged since Git wrote the index? A file written at the same time may have changed afterwards.
 *
 * @param written The modification time of the index, in milliseconds.
 */
function isUntouched(stat: Stats, {ctimeMs, mtimeMs, inode, size}: Remembered, written: number): boolean {
  const isAt = (time: number, recorded: number) => Math.abs(time - recorded) < ROUNDING
  // On Windows, Git and Node define these differently.
  const isKnown = process.platform !== 'win32'
  return (
    mtimeMs < written - ROUNDING &&
    isAt(stat.mtimeMs, mtimeMs) &&
    stat.size % 2 ** 32 === size &&
    (!isKnown || ctimeMs === 0 || isAt(stat.ctimeMs, ctimeMs)) &&
    (!isKnown || inode === 0 || stat.ino % 2 ** 32 === inode)
  )
}

/** Create the test of whether a path is behind a symlinked folder: for Git, it does not exist then. */
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
