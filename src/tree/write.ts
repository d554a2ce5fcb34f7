import {realpathSync} from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import {UnreadableError} from '../errors/errors.ts'
import {putFile, reasonOf} from './atomic.ts'
import {isInside} from './inside.ts'
import {makeFolder} from './make-folder.ts'
import {placeOf} from './place.ts'
import {readBytes} from './read.ts'

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** One file to write. */
export interface Change {
  /** The tree's root. */
  root: string
  /** From the root, with `/`. */
  file: string
  /** The text that was read, without a byte order mark. */
  before: string
  after: string
}

/**
 * Replace a file as a whole, if it still holds what was read, keeping its mode and owner. Of a symlink the target is
 * replaced.
 *
 * @throws UnreadableError saying why the file is as it was.
 */
export async function replaceFile({root, file, before, after}: Change): Promise<void> {
  const fail = (why: string): never => {
    throw new UnreadableError(`Cannot be fixed: ${why}`)
  }
  try {
    const target = await fs.realpath(path.join(root, file))
    if (!isInside(await fs.realpath(root), target)) fail('it is a link to a file outside the tree')
    const stat = await fs.stat(target)
    if (stat.isDirectory()) fail('it is a folder now')
    const old = readBytes(target)
    const mark = old.subarray(0, 3).equals(BOM) ? BOM : Buffer.alloc(0)
    if (!old.subarray(mark.length).equals(Buffer.from(before)))
      fail('it changed meanwhile; run doccheck again')
    // Whoever may write into the folder could replace the file all the same; but somebody wants it to stay.
    if ((stat.mode & 0o200) === 0) fail('it is read-only')
    await putFile(target, Buffer.concat([mark, Buffer.from(after)]), stat)
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    fail((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is no longer there' : reasonOf(error))
  }
}

/**
 * Of paths that lead to one file by symlinks, the one by which it is written: its own, else the first.
 *
 * @returns by that path, all paths of the file
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
    // It leads nowhere, or is of a tree that is not on the disk.
    return absolute
  }
}

/** The byte order mark that a file on the disk begins with, as text, which a tree takes off; empty where there is none. */
export async function markOf(root: string, file: string): Promise<string> {
  try {
    const bytes = readBytes(path.join(root, file))
    return bytes.subarray(0, 3).equals(BOM) ? '\uFEFF' : ''
  } catch {
    // Of a bare repository nothing is on the disk.
    return ''
  }
}

/**
 * Add a file whose name says what is in it; one that is there is left as it is.
 *
 * @throws UnreadableError saying why it could not be written.
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
