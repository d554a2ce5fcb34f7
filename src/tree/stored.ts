import {createHash, type Hash} from 'node:crypto'
import {closeSync, lstatSync, openSync, readFileSync, readlinkSync, readSync} from 'node:fs'
import path from 'node:path'
import type {Objects} from './objects.ts'

/** Bytes. Of larger files, only those are recognized that Git stores unconverted. */
export const LARGEST_TEXT = 32_000_000

/** Bytes; pointers of Git LFS are shorter. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LARGEST_POINTER = 1024

/** The pointer that Git LFS stores in place of a file. */
interface Pointer {
  sha256: string
  size: number
}

/**
 * Tells which object Git has stored for a file, without letting Git read the file: it would run filters of the
 * repository.
 */
export interface Stored {
  /** Does Git store a file of the work tree as this object, given its conversions and those of Git LFS? */
  holds(file: string, object: string): Promise<boolean>
  /** Create the function that finds which of these objects a file is stored as. */
  finder(objects: readonly string[]): Promise<(file: string) => string | undefined>
}

/** Compare files of a work tree with objects of Git; each file is read once. @param root The top of the work tree. */
export function storedIn(root: string, objects: Objects): Stored {
  const names = new Map<string, ReadonlySet<string>>()
  const pointers = new Map<string, Promise<Pointer | undefined>>()
  /** @param sizes For large files, the sizes of the objects in question in bytes, if known. */
  const namesOf = (file: string, like: string, sizes: readonly (number | undefined)[]) => {
    const found = names.get(file) ?? objectNames(path.join(root, file), like, sizes)
    if (found.size > 0) names.set(file, found)
    return found
  }
  const pointerOf = (object: string) => {
    let found = pointers.get(object)
    if (!found) pointers.set(object, (found = readPointer(objects, object)))
    return found
  }
  const isPointedTo = async (file: string, object: string) => {
    const pointer = await pointerOf(object)
    return pointer !== undefined && isContent(path.join(root, file), pointer)
  }
  const holds: Stored['holds'] = async (file, object) => {
    const sizes = isLarge(path.join(root, file)) ? [await objects.size(object)] : []
    return namesOf(file, object, sizes).has(object) || isPointedTo(file, object)
  }
  return {
    holds,
    finder: async (among) => {
      const all = new Set(among)
      const pointed = new Map<number, [Pointer, string][]>()
      const add = async (object: string) => {
        const pointer = await pointerOf(object)
        if (pointer) pointed.set(pointer.size, [...(pointed.get(pointer.size) ?? []), [pointer, object]])
      }
      await Promise.all([...all].map(add))
      const sizes = await Promise.all([...all].map(objects.size))
      return (file) => {
        const absolute = path.join(root, file)
        const own =
          all.size > 0 ? [...namesOf(file, among[0]!, sizes)].find((name) => all.has(name)) : undefined
        const {size} = lstatSync(absolute)
        return own ?? pointed.get(size)?.find(([pointer]) => isContent(absolute, pointer))?.[1]
      }
    },
  }
}

const isLarge = (absolute: string) => (lstatSync(absolute, {throwIfNoEntry: false})?.size ?? 0) > LARGEST_TEXT

function isContent(absolute: string, {size, sha256}: Pointer): boolean {
  try {
    const stat = lstatSync(absolute)
    return stat.isFile() && stat.size === size && hashFile(absolute, createHash('sha256')) === sha256
  } catch {
    return false
  }
}

async function readPointer(objects: Objects, object: string): Promise<Pointer | undefined> {
  const size = await objects.size(object)
  if (size === undefined || size >= LARGEST_POINTER) return
  const text = (await objects.read(object))?.toString('latin1') ?? ''
  const found =
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([\da-f]{64})\nsize (\d+)\n/.exec(
      text,
    )
  return found ? {sha256: found[1]!, size: Number(found[2])} : undefined
}

/**
 * The hashes that a file may be stored under: that of its bytes, and those after Git has converted line endings or
 * collapsed `$Id: …$`.
 *
 * @param like The hash of an object in the repository, whose length tells the algorithm.
 * @param sizes The sizes of the objects in question; a large file with none of them is not read.
 */
function objectNames(
  absolute: string,
  like: string,
  sizes: readonly (number | undefined)[],
): ReadonlySet<string> {
  try {
    const stat = lstatSync(absolute)
    if (stat.isSymbolicLink()) return new Set([objectName(Buffer.from(readlinkSync(absolute)), like)])
    if (!stat.isFile()) return new Set()
    if (stat.size > LARGEST_TEXT) {
      if (!sizes.includes(stat.size) && !sizes.includes(undefined)) return new Set()
      return new Set([hashFile(absolute, beginObject('blob', stat.size, like))])
    }
    const bytes = readFileSync(absolute)
    const found = new Set([objectName(bytes, like)])
    const text = bytes.toString('latin1')
    for (const made of [text.replaceAll('\r\n', '\n'), text.replaceAll('\r\n', '\n').replace(ID, '$$Id$$')])
      if (made !== text) found.add(objectName(Buffer.from(made, 'latin1'), like))
    return found
  } catch {
    // It has been deleted, or may not be read.
    return new Set()
  }
}

/** `$Id: 1f2e3d $`, as Git expands `$Id$` for the attribute `ident`. */
const ID = /\$Id:[^$\n]*\$/g

/**
 * The hash of an object. @param like The hash of another object in the repository, whose length tells the algorithm.
 */
export function objectName(content: Buffer, like: string, type: 'blob' | 'tree' = 'blob'): string {
  return beginObject(type, content.length, like).update(content).digest('hex')
}

const beginObject = (type: string, size: number, like: string) =>
  createHash(like.length === 64 ? 'sha256' : 'sha1').update(`${type} ${size}\0`)

/** Hash a file without reading it into memory. */
function hashFile(absolute: string, hash: Hash): string {
  const handle = openSync(absolute, 'r')
  try {
    const part = Buffer.alloc(1 << 20)
    for (let length = readSync(handle, part); length > 0; length = readSync(handle, part))
      hash.update(part.subarray(0, length))
    return hash.digest('hex')
  } finally {
    closeSync(handle)
  }
}
