import fs, {type Dirent, existsSync, readdirSync, realpathSync, statSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {folderPrefix, foldersAbove} from '../text/paths.ts'
import {git} from './git.ts'
import {isInside} from './inside.ts'
import {listedNames} from './listed-name.ts'
import {type Objects, objectsOf} from './objects.ts'
import {plainSymlinks, withPlainSymlinks} from './plain-symlinks.ts'
import {readBytes, readerOf, textOf, withoutMark} from './read.ts'
import {isTemporary, removeLeftovers} from './temporary.ts'
import type {Tree} from './tree.ts'
import {SUBMODULE, SYMLINK} from './work-tree.ts'

/**
 * The root of the tree that a folder is in: the top of its Git work tree, or the folder itself.
 *
 * @param folder Absolute.
 */
export function rootOf(folder: string): {root: string; git: boolean} {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return {root: at, git: true}
    if (path.dirname(at) === at) return {root: folder, git: false}
  }
}

/**
 * The tree of a folder: the files that Git tracks or would add, or without Git those that `.gitignore` does not match.
 *
 * @param root An absolute path.
 * @throws {@link UserError} if the folder cannot be listed
 */
export async function diskTree(root: string): Promise<Tree> {
  const isGit = existsSync(path.join(root, '.git'))
  const listed = isGit ? await listByGit(root) : undefined
  const files = listed?.files ?? (await listByWalk(root))
  const submodules = listed?.submodules ?? namedSubmodules(root)
  const left = files.filter(isTemporary)
  await removeLeftovers(left.map((file) => path.join(root, file)))
  const kept = left.length > 0 ? files.filter((file) => !isTemporary(file)) : files
  const tree = makeTree(root, isGit, kept, submodules)
  if (!listed) return tree
  const whole = listed.absent.size > 0 ? withAbsent(tree, listed.absent) : tree
  const symlinks = await plainSymlinks(root, listed.symlinks)
  return symlinks.size > 0 ? withPlainSymlinks(whole, symlinks) : whole
}

/** A tree that reads files left out by a sparse checkout from Git's index. */
function withAbsent(tree: Tree, absent: ReadonlySet<string>): Tree {
  const objects = objectsOf(tree.root)
  const whole = async (file: string) => {
    if (!absent.has(file)) return tree.whole(file)
    const bytes = await objects.read(`:${file}`)
    if (!bytes) throw new UnreadableError('Cannot be read: git does not have its content')
    return textOf(bytes)
  }
  unused.register(whole, objects)
  return {...tree, absent, unsaved: absent, whole, read: async (file) => withoutMark(await whole(file))}
}

/** A long-lived process creates many trees, each with its own Git process; processes of unused trees are ended. */
const unused = new FinalizationRegistry<Objects>((objects) => objects.close())

/**
 * The tree of a folder whose files are already listed.
 *
 * @param git The root is the top of a Git work tree.
 * @param listed Paths of files; a trailing slash marks folders whose files are not listed.
 * @param submodules Further folders whose files are not listed, unless the listing contains some of them.
 */
export function makeTree(
  root: string,
  git: boolean,
  listed: readonly string[],
  submodules: readonly string[] = [],
): Tree {
  const files = new Set<string>()
  const folders = new Set<string>([''])
  // Submodules, nested repositories and symlinks to folders.
  const closed = new Set<string>()
  for (const file of listed) {
    if (file.endsWith('/')) closed.add(file.slice(0, -1))
    else files.add(file)
    for (const folder of foldersAbove(file)) {
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  for (const submodule of submodules) {
    if (files.has(submodule) || folders.has(submodule)) continue
    closed.add(submodule)
    for (const folder of foldersAbove(submodule)) folders.add(folder)
  }
  const read = readerOf(root)
  const look = diskLooker(root)
  const asListed = listedNames(root, files, folders)
  const isClosed = (file: string) => {
    if (closed.has(file)) return true
    for (const folder of foldersAbove(file)) if (closed.has(folder)) return true
    return false
  }
  return {
    root,
    files,
    folders,
    beyond: (file) => {
      if (isClosed(file)) return 'unknown'
      // Nothing is beyond the top of a Git work tree; beyond any other root there may be further docs.
      if (!isInside(root, path.join(root, file)))
        return !git && existsSync(path.join(root, file)) ? 'unknown' : undefined
      const found = look(file)
      // It is listed after all, under another spelling, which the link gets wrong.
      return found === 'ignored' && asListed(file) !== file ? undefined : found
    },
    onDisk: true,
    realPath: (file) => realPathIn(root, file),
    read: async (file) => read(file),
    whole: async (file) => read(file, true),
  }
}

/** The path of a file in the tree with its symlinks resolved; the path itself for one that leads nowhere or outside. */
function realPathIn(root: string, file: string): string {
  try {
    const real = realpathSync.native(path.join(root, file))
    const top = realpathSync.native(root)
    return isInside(top, real) ? path.relative(top, real).split(path.sep).join('/') : file
  } catch {
    return file
  }
}

/** Create the function that looks for unlisted paths on disk; letter case must match. */
function diskLooker(root: string): (file: string) => 'ignored' | 'unknown' | undefined {
  const folders = new Map<string, Map<string, Dirent>>()
  const entries = (folder: string) => {
    let found = folders.get(folder)
    if (!found) {
      found = new Map()
      try {
        for (const entry of readdirSync(folder, {withFileTypes: true})) found.set(entry.name, entry)
      } catch {
        // It does not exist or may not be read.
      }
      folders.set(folder, found)
    }
    return found
  }
  return (file) => {
    let at = root
    for (const segment of file.split('/')) {
      const entry = entries(at).get(segment)
      if (!entry) return undefined
      at = path.join(at, segment)
      if (entry.isSymbolicLink()) return existsSync(path.join(root, file)) ? 'unknown' : undefined
    }
    // Git does not list an empty folder, but does not ignore it either.
    return isEmptyFolder(at) ? undefined : 'ignored'
  }
}

function isEmptyFolder(at: string): boolean {
  try {
    return statSync(at).isDirectory() && readdirSync(at).length === 0
  } catch {
    // It has been deleted since, or may not be read.
    return false
  }
}

/** The paths of submodules in `.gitmodules`, for when Git cannot list them; none if it cannot be read. */
function namedSubmodules(root: string): string[] {
  let text: string
  try {
    text = readerOf(root)('.gitmodules')
  } catch {
    return []
  }
  return text.split(/[\r\n]+/).flatMap((line) => {
    const [, value = ''] = /^\s*path\s*=(.*)$/.exec(line) ?? []
    return value.trim() === '' ? [] : [value.trim()]
  })
}

/** The files of a work tree, as Git lists them. */
interface Listed {
  files: string[]
  /** Files that a sparse checkout leaves out. */
  absent: Set<string>
  submodules: string[]
  symlinks: string[]
}

/**
 * List tracked files, and untracked ones that are not ignored, without those deleted from the folder.
 *
 * @returns undefined without Git, or if it refuses
 */
async function listByGit(root: string): Promise<Listed | undefined> {
  const args = ['-z', '-t', '--stage', '--cached', '--others', '--deleted', '--exclude-standard']
  const listed = await git(root, ['ls-files', ...args])
  if (listed === undefined) return
  const files = new Set<string>()
  const deleted: string[] = []
  const absent = new Set<string>()
  const submodules = new Set<string>()
  const symlinks: string[] = []
  for (const {tag, mode, file} of entriesOf(listed)) {
    if (mode === SUBMODULE) submodules.add(file)
    else if (tag === 'R') deleted.push(file)
    else files.add(file)
    if (mode === SYMLINK) symlinks.push(file)
    if (tag === 'S' && mode !== SUBMODULE && !existsSync(path.join(root, file))) absent.add(file)
  }
  for (const file of deleted) files.delete(file)
  return {files: [...files], absent, submodules: [...submodules], symlinks}
}

/** @param listed `? path\0` for each untracked file, `H 100644 name 0\tpath\0` for each tracked one. */
function* entriesOf(listed: string): Generator<{tag: string; mode?: string; file: string}> {
  for (const entry of listed.split('\0')) {
    if (entry === '') continue
    const tag = entry[0]!
    if (tag === '?') yield {tag, file: entry.slice(2)}
    else yield {tag, mode: entry.slice(2, 8), file: entry.slice(entry.indexOf('\t') + 1)}
  }
}

/** Folders that are never listed, regardless of `.gitignore`. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules'])

const readIgnoring = (file: string) => readBytes(file).toString('utf8')

/**
 * The options with which globby finds and reads `.gitignore` safely: it follows no symlinks, which may be circular, and
 * reads regular files only, since reading others may never end. A file that cannot be read ignores nothing, as in Git.
 */
export const IGNORING = {
  followSymbolicLinks: false,
  suppressErrors: true,
  fs: {
    ...fs,
    readFileSync: readIgnoring,
    promises: {...fs.promises, readFile: async (file: string) => readIgnoring(file)},
  } as unknown as typeof fs,
}

/** List the files of a folder that is not in a Git work tree; globby is loaded only if there is a `.gitignore`. */
async function listByWalk(root: string): Promise<string[]> {
  const files: string[] = []
  let hasIgnoreFile = false
  const folders = ['']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const entry of entriesIn(root, folder)) {
      const name = folderPrefix(folder) + entry.name
      if (entry.name === '.gitignore') hasIgnoreFile = true
      if (!entry.isDirectory()) files.push(...listedName(root, name, entry))
      else if (!SKIPPED.has(entry.name)) folders.push(name)
    }
  if (!hasIgnoreFile) return files.sort()
  const {isGitIgnoredSync} = await import('globby')
  const isIgnored = isGitIgnoredSync({cwd: root, ...IGNORING})
  return files.filter((file) => !isIgnored(path.join(root, file))).sort()
}

/** @throws {@link UserError} if the root itself cannot be read */
function entriesIn(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(path.join(root, folder), {withFileTypes: true})
  } catch (error) {
    if (folder === '') throw new UserError(`Cannot read the folder ${root}: ${(error as Error).message}`)
    return []
  }
}

/** A file, by its path; a symlink to a folder, with a trailing slash, as Git lists a nested repository; or nothing. */
function listedName(root: string, name: string, entry: Dirent): string[] {
  if (entry.isSymbolicLink()) return [isFolder(path.join(root, name)) ? `${name}/` : name]
  return entry.isFile() ? [name] : []
}

function isFolder(absolute: string): boolean {
  try {
    return realpathSync(absolute) !== absolute && statSync(absolute).isDirectory()
  } catch {
    return false
  }
}
