import {realpathSync, type Stats} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {UnreadableError} from '../errors/errors.ts'
import {putFile, reasonOf} from './atomic.ts'
import {isInside} from './inside.ts'
import {makeFolder} from './make-folder.ts'
import {placeOf} from './place.ts'
import {readBytes} from './read.ts'

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** The replacement of a text file. */
export interface Replacement {
  /** The tree's root. */
  root: string
  /** Relative to the root, separated by `/`. */
  file: string
  /** The text that was read, without byte order mark. */
  before: string
  after: string
}

/**
 * Replace a file atomically if it still has the text that was read; its mode, owner and byte order mark stay. If it is a
 * symlink, its target is replaced.
 *
 * @throws {@link UnreadableError} if the file was not replaced
 */
export async function replaceFile({root, file, before, after}: Replacement): Promise<void> {
  try {
    const {target, stat} = await targetOf(root, file)
    const old = readBytes(target)
    const mark = old.subarray(0, 3).equals(BOM) ? BOM : Buffer.alloc(0)
    if (!old.subarray(mark.length).equals(Buffer.from(before)))
      fail('it has changed since; run doccheck again')
    if (isProtected(stat)) fail('it is read-only')
    await putFile(target, Buffer.concat([mark, Buffer.from(after)]), stat)
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    fail((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it no longer exists' : reasonOf(error))
  }
}

function fail(why: string): never {
  throw new UnreadableError(`Cannot be fixed: ${why}`)
}

/** The file to replace, through symlinks. */
async function targetOf(root: string, file: string): Promise<{target: string; stat: Stats}> {
  const target = await fs.realpath(path.join(root, file))
  if (!isInside(await fs.realpath(root), target)) fail('it is a symlink to outside the tree')
  const stat = await fs.stat(target)
  if (stat.isDirectory()) fail('it is a folder now')
  return {target, stat}
}

/** Replacing it would work, but somebody has protected it. */
const isProtected = ({mode}: Stats) => (mode & 0o200) === 0

/** Will {@link replaceFile} replace a file, as far as can be known before? */
export async function isReplaceable(root: string, file: string): Promise<boolean> {
  try {
    const {target, stat} = await targetOf(root, file)
    await fs.access(path.dirname(target), fs.constants.W_OK)
    return !isProtected(stat)
  } catch {
    return false
  }
}

/**
 * Group paths that lead to the same file through symlinks.
 *
 * @returns the paths of each file, by the one to write it to: its real path if that is among them, else the first
 */
export function byFile(root: string, paths: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const each of paths) {
    const target = realPath(path.join(root, each))
    const others = found.get(target)
    if (others) others.push(each)
    else found.set(target, [each])
  }
  const top = realPath(root)
  return new Map(
    [...found].map(([target, all]) => {
      const own = path.relative(top, target).split(path.sep).join('/')
      return [all.includes(own) ? own : all[0]!, all]
    }),
  )
}

function realPath(absolute: string): string {
  try {
    return realpathSync.native(absolute)
  } catch {
    // A broken symlink, or a tree that is not on the disk.
    return absolute
  }
}

/** The byte order mark of a file on the disk, which trees remove; '' if it has none. */
export async function markOf(root: string, file: string): Promise<string> {
  try {
    const bytes = readBytes(path.join(root, file))
    return bytes.subarray(0, 3).equals(BOM) ? '\uFEFF' : ''
  } catch {
    // A bare repository has no files on the disk.
    return ''
  }
}

/**
 * Write a new file, and create its folders; a symlink in the tree is not written through.
 *
 * @throws {@link UnreadableError} if that fails
 */
export async function addFile(root: string, file: string, bytes: Uint8Array): Promise<void> {
  try {
    const place = placeOf(path.join(root, file), [root])
    await makeFolder(path.dirname(place.file))
    await putFile(place.file, bytes)
  } catch (error) {
    throw new UnreadableError(`Cannot be stored: ${reasonOf(error)}`)
  }
}
