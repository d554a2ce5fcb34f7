import {lstatSync, readFileSync, readlinkSync} from 'node:fs'
import fs from 'node:fs/promises'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {reasonOf} from './atomic.ts'
import {git} from './git.ts'
import type {Objects} from './objects.ts'
import {LARGEST_TEXT, objectName, type Stored} from './stored.ts'
import {inTemporaryFolder} from './temporary.ts'
import {type Entry, SUBMODULE, SYMLINK} from './work-tree.ts'

/** Options of Git that find more renames than by default: a folder that moves renames many files. */
export const RENAMES = ['-M', '-l5000']

/** An added file, which may be a renamed one. */
export interface Added {
  path: string
  /** Its entry in Git, if that has the same content. */
  entry?: Entry | undefined
}

/**
 * Find renamed files by Git's rename detection, which compares a tree of deleted files with one of added files. The
 * objects for these trees are written to a temporary folder, not to the repository.
 *
 * @returns current paths by former ones; undefined if Git fails
 * @throws {@link UserError} if the temporary folder cannot be written to
 */
export async function findRenames(
  root: string,
  gone: readonly Entry[],
  added: readonly Added[],
  stored: Stored,
  objects: Objects,
): Promise<ReadonlyMap<string, string> | undefined> {
  const [like] = gone
  if (!like || added.length === 0) return new Map()
  const objectsPlace = await git(root, ['rev-parse', '--git-path', 'objects'])
  if (objectsPlace === undefined) return
  const compare = async (place: string) => {
    await fs.mkdir(path.join(place, 'info'))
    const others = path.resolve(root, objectsPlace.trim()).replaceAll('\\', '/')
    await fs.writeFile(path.join(place, 'info/alternates'), `${others}\n`)
    const store = new ObjectWriter(place, like.object)
    const find = await stored.finder(gone.map(({object}) => object))
    const fits = await sizesLike(gone, objects)
    const now: Entry[] = []
    for (const {path: file, entry} of added) {
      const found = entry ?? (await entryOf(root, file, find, fits, store))
      if (found) now.push(found)
    }
    const trees = [await store.addTree(gone), await store.addTree(now)]
    const args = [
      '--name-status',
      '-r',
      '-z',
      ...RENAMES,
      '--diff-filter=R',
      '--no-ext-diff',
      '--no-textconv',
    ]
    const listed = await git(root, ['diff-tree', ...args, ...trees, '--'], {GIT_OBJECT_DIRECTORY: place})
    if (listed === undefined) return
    // `R100\0old\0new\0`
    const fields = listed.split('\0')
    const renamed = new Map<string, string>()
    for (let at = 0; at + 2 < fields.length; at += 3) renamed.set(fields[at + 1]!, fields[at + 2]!)
    return renamed
  }
  return inTemporaryFolder(compare).catch((error) => {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    throw new UserError(
      `Cannot detect renames, as the temporary folder ${tmpdir()} cannot be written to (${reasonOf(error)}); set TMPDIR to another folder`,
    )
  })
}

/** Tells whether an added file has a size similar enough to that of a deleted one: Git requires half of it. */
async function sizesLike(gone: readonly Entry[], objects: Objects): Promise<(size: number) => boolean> {
  const sizes = await Promise.all(gone.map(({object}) => objects.size(object)))
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const size of sizes) {
    if (size === undefined) continue
    least = Math.min(least, size)
    most = Math.max(most, size)
  }
  return (size) => size >= least / 2 && size <= Math.min(most * 2, LARGEST_TEXT)
}

/** The entry that Git would make for a file; undefined if the file cannot be a renamed one. */
async function entryOf(
  root: string,
  file: string,
  find: (file: string) => string | undefined,
  fits: (size: number) => boolean,
  store: ObjectWriter,
): Promise<Entry | undefined> {
  const absolute = path.join(root, file)
  try {
    const stat = lstatSync(absolute)
    if (!stat.isFile() && !stat.isSymbolicLink()) return
    const mode = stat.isFile() ? '100644' : SYMLINK
    const known = find(file)
    if (known !== undefined) return {path: file, mode, object: known}
    if (!fits(stat.size)) return
    const content = stat.isFile() ? readFileSync(absolute) : Buffer.from(readlinkSync(absolute))
    return {path: file, mode, object: await store.add(content)}
  } catch {
    // It has been deleted, or may not be read.
  }
}

/** Writes objects in the format of Git to a folder. */
class ObjectWriter {
  readonly #place: string
  readonly #like: string

  /** @param like The hash of an object in the repository, whose length tells the algorithm. */
  constructor(place: string, like: string) {
    this.#place = place
    this.#like = like
  }

  /** Write an object. @returns its hash */
  async add(content: Buffer, type: 'blob' | 'tree' = 'blob'): Promise<string> {
    const name = objectName(content, this.#like, type)
    const folder = path.join(this.#place, name.slice(0, 2))
    await fs.mkdir(folder, {recursive: true})
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content])
    // Imported here to keep the start of other runs short.
    const {deflateSync} = await import('node:zlib')
    await fs.writeFile(path.join(folder, name.slice(2)), deflateSync(whole, {level: 1}))
    return name
  }

  /** Write a tree and its subtrees. @returns its hash */
  async addTree(entries: readonly Entry[]): Promise<string> {
    const files: Entry[] = []
    const below = new Map<string, Entry[]>()
    for (const entry of entries) {
      const slash = entry.path.indexOf('/')
      if (slash < 0) files.push(entry)
      else {
        const folder = entry.path.slice(0, slash)
        const inner = {...entry, path: entry.path.slice(slash + 1)}
        if (!below.get(folder)?.push(inner)) below.set(folder, [inner])
      }
    }
    for (const [folder, inner] of below)
      files.push({path: folder, mode: '40000', object: await this.addTree(inner)})
    // Git sorts by bytes, and folders as if their names ended with a slash.
    const key = ({path: name, mode}: Entry) => Buffer.from(mode === '40000' ? `${name}/` : name)
    const sorted = files
      .filter(({mode}) => mode !== SUBMODULE)
      .sort((a, b) => Buffer.compare(key(a), key(b)))
      .map(({mode, path: name, object}) =>
        Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(object, 'hex')]),
      )
    return this.add(Buffer.concat(sorted), 'tree')
  }
}
