import {type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync} from 'node:fs'
import path from 'node:path'
import {UnreadableError, UserError} from '../errors.ts'
import {git} from './git.ts'
import {objectsOf} from './objects.ts'
import type {Tree} from './tree.ts'

/** Bytes; larger files are no pages. */
const LARGEST = 32_000_000

/** The root of the tree that a folder is in: the top of its git work tree, else the folder itself. */
export function rootOf(folder: string): {root: string; git: boolean} {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return {root: at, git: true}
    if (path.dirname(at) === at) return {root: folder, git: false}
  }
}

/**
 * The working folder as a tree: what git tracks or would add, else all files that no `.gitignore` covers.
 *
 * @param root An absolute path.
 * @throws {@link UserError} when the folder cannot be listed.
 */
export async function diskTree(root: string): Promise<Tree> {
  const isGit = existsSync(path.join(root, '.git'))
  const listed = isGit ? await listByGit(root) : undefined
  const tree = makeTree(root, isGit, listed?.files ?? (await listByWalk(root)))
  return listed && listed.absent.size > 0 ? withAbsent(tree, listed.absent) : tree
}

/** A tree that reads from git's index what a sparse checkout leaves out. */
function withAbsent(tree: Tree, absent: ReadonlySet<string>): Tree {
  const objects = objectsOf(tree.root)
  return {
    ...tree,
    absent,
    unsaved: absent,
    read: async (file) => {
      if (!absent.has(file)) return tree.read(file)
      const bytes = await objects.read(`:${file}`)
      if (!bytes) throw new UnreadableError('Cannot be read: git does not have it here')
      return decode(bytes).replace(/^\uFEFF/, '')
    },
  }
}

/** The tree of a root whose files are already known. */
export function makeTree(root: string, git: boolean, listed: readonly string[]): Tree {
  const files = new Set<string>()
  const folders = new Set<string>([''])
  // A folder in the listing is a submodule, a nested repository or a symlink to a folder: what is in it is not listed.
  const closed: string[] = []
  for (const file of listed) {
    if (file.endsWith('/')) closed.push(file.slice(0, -1))
    else files.add(file)
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  for (const folder of submodules(root)) {
    files.delete(folder)
    closed.push(folder)
  }
  const look = diskLooker(root)
  return {
    root,
    files,
    folders,
    beyond: (file) => {
      if (closed.some((folder) => file === folder || file.startsWith(`${folder}/`))) return 'unknown'
      // The top of a git work tree is an end; any other root is only where doccheck was told to begin.
      if (file.startsWith('..')) return !git && existsSync(path.join(root, file)) ? 'unknown' : undefined
      return look(file)
    },
    onDisk: true,
    read: async (file) => readText(path.join(root, file)),
  }
}

/** Looks at the disk for paths the listing lacks: there in exact case, behind a symlink, or not at all. */
function diskLooker(root: string): (file: string) => 'ignored' | 'unknown' | undefined {
  const folders = new Map<string, Map<string, Dirent>>()
  const entries = (folder: string) => {
    let found = folders.get(folder)
    if (!found) {
      found = new Map()
      try {
        for (const entry of readdirSync(folder, {withFileTypes: true})) found.set(entry.name, entry)
      } catch {
        // Not there, or not ours to read: nothing is known to be in it.
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
    // An empty folder is no file that git could ignore.
    return isEmptyFolder(at) ? undefined : 'ignored'
  }
}

const isEmptyFolder = (at: string) => statSync(at).isDirectory() && readdirSync(at).length === 0

/** Paths of submodules, from `.gitmodules`. */
function submodules(root: string): string[] {
  const file = path.join(root, '.gitmodules')
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map((match) => match[1]!)
}

/**
 * Ask git: tracked files and untracked ones that are not ignored, less those deleted from the folder; which of them a
 * sparse checkout leaves out.
 *
 * @returns nothing when git is not there or refuses.
 */
async function listByGit(root: string): Promise<{files: string[]; absent: Set<string>} | undefined> {
  const words = ['ls-files', '-z', '-t', '--cached', '--others', '--deleted', '--exclude-standard']
  const listed = await git(root, words)
  if (listed === undefined) return
  const found = new Set<string>()
  const deleted: string[] = []
  const absent = new Set<string>()
  for (const entry of listed.split('\0')) {
    if (entry.startsWith('R ')) deleted.push(entry.slice(2))
    else if (entry) {
      found.add(entry.slice(2))
      if (entry.startsWith('S ') && !existsSync(path.join(root, entry.slice(2)))) absent.add(entry.slice(2))
    }
  }
  for (const file of deleted) found.delete(file)
  return {files: [...found], absent}
}

/** Never of interest, whatever `.gitignore` says. */
const SKIPPED = new Set(['.git', '.hg', '.svn', 'node_modules'])

/** Walk the folder; only where a `.gitignore` is met does globby filter by it. */
async function listByWalk(root: string): Promise<string[]> {
  const found: string[] = []
  const folders = ['']
  let ignores = false
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries: import('node:fs').Dirent[]
    try {
      entries = readdirSync(path.join(root, folder), {withFileTypes: true})
    } catch (error) {
      if (folder === '') throw new UserError(`Cannot read the folder ${root}: ${(error as Error).message}`)
      continue
    }
    for (const entry of entries) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.name === '.gitignore') ignores = true
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) folders.push(name)
      } else if (entry.isSymbolicLink() && isFolder(path.join(root, name))) found.push(`${name}/`)
      else if (entry.isFile() || entry.isSymbolicLink()) found.push(name)
    }
  }
  if (ignores) {
    const {isGitIgnoredSync} = await import('globby')
    const ignored = isGitIgnoredSync({cwd: root})
    return found.filter((file) => !ignored(path.join(root, file))).sort()
  }
  return found.sort()
}

function isFolder(absolute: string): boolean {
  try {
    return realpathSync(absolute) !== absolute && statSync(absolute).isDirectory()
  } catch {
    return false
  }
}

const decoder = new TextDecoder('utf-8', {fatal: true})

/**
 * Read one file whole, or say why it is no text. Synchronous: for thousands of small files the asynchronous calls
 * of Node cost three times the reading itself.
 */
export function readText(absolute: string): string {
  try {
    // The quickest way Node has; it marks what is no UTF-8, and such files are looked at once more.
    const text = readFileSync(absolute, 'utf8')
    if (text.length > LARGEST || text.includes('\uFFFD') || text.includes('\0')) return readStrictly(absolute)
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    const {code = ''} = error as NodeJS.ErrnoException
    throw new UnreadableError(READ_ERRORS[code] ?? 'Cannot be read')
  }
}

function readStrictly(absolute: string): string {
  refuseLarge(statSync(absolute).size)
  return decode(readFileSync(absolute))
}

/** The text of bytes that stand for a file's. @throws {@link UnreadableError} saying why they are no text of a page */
export function textOf(bytes: Uint8Array): string {
  refuseLarge(bytes.length)
  return decode(bytes)
}

function refuseLarge(size: number): void {
  if (size > LARGEST)
    throw new UnreadableError(
      `Is too large to be a page: ${Math.round(size / 1e6)} MB, at most ${LARGEST / 1e6} MB`,
    )
}

/** Bytes to text: UTF-8 only, the byte order mark taken off. @throws {@link UnreadableError} */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw new UnreadableError('Is UTF-16, expected UTF-8')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) throw new UnreadableError('Is UTF-16, expected UTF-8')
  try {
    const text = decoder.decode(bytes)
    if (text.includes('\0')) throw new UnreadableError('Is binary, expected Markdown text')
    return text
  } catch (error) {
    if (error instanceof UnreadableError) throw error
    throw new UnreadableError(
      bytes.includes(0) ? 'Is binary, expected Markdown text' : `Is not UTF-8${badByte(bytes)}`,
    )
  }
}

/** Where the first byte stands that is no UTF-8. */
function badByte(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes)
  const before = text.slice(0, text.indexOf('\uFFFD'))
  const line = before.split('\n').length
  return `: wrong byte in line ${line}, column ${before.length - before.lastIndexOf('\n')}`
}

const READ_ERRORS: Record<string, string> = {
  EACCES: 'Cannot be read: no permission',
  EPERM: 'Cannot be read: no permission',
  ENOENT: 'Cannot be read: it is not there, or a symlink that leads nowhere',
  ELOOP: 'Cannot be read: a symlink that leads to itself',
  EISDIR: 'Is a folder, not a file',
  ERR_FS_FILE_TOO_LARGE: 'Is too large to be a page',
  ERR_STRING_TOO_LONG: 'Is too large to be a page',
  ENAMETOOLONG: 'Cannot be read: its name is too long',
}
