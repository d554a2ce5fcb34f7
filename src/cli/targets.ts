import {existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import {nearest} from '../text/nearest.ts'
import {folderPrefix} from '../text/paths.ts'
import {IGNORING, rootOf} from '../tree/disk.ts'
import {isInside} from '../tree/inside.ts'
import type {Tree} from '../tree/tree.ts'

/** What the user asked to check. */
export interface Targets {
  /** The root of the tree they are in, absolute. */
  root: string
  /** Absolute paths of files that were named. */
  files: string[]
  /** Absolute paths of folders that were named. */
  folders: string[]
  /** Words that lead nowhere in the working folder, by their absolute paths. */
  elsewhere: Map<string, string>
}

const PACKAGES = /(?:^|\/)node_modules\//
const GLOB = /[*?{}[\]!]/

/**
 * Sort the command line's paths into files and folders, and find the root of the tree around them.
 *
 * @param mayBeElsewhere Paths may lead nowhere: {@link targetsIn} is still to say whether git has them.
 * @throws UserError for a path that leads nowhere.
 */
export async function findTargets(
  words: readonly string[],
  cwd: string,
  mayBeElsewhere = false,
): Promise<Targets> {
  const files: string[] = []
  const folders: string[] = []
  const elsewhere = new Map<string, string>()
  const globs: string[] = []
  for (const word of words.length > 0 ? words : ['.']) {
    const absolute = ownName(path.resolve(cwd, word), cwd)
    const stat = statOf(absolute)
    if (stat?.isDirectory()) folders.push(absolute)
    // Of a page that is no regular file, or a symlink that leads nowhere, reading it will say what is wrong.
    else if (stat?.isFile() || (stat && isMarkdownFile(word)) || (!stat && isSymlink(absolute)))
      files.push(absolute)
    else if (stat) throw new UserError(`${word} is neither a file nor a folder`)
    else if (GLOB.test(word)) globs.push(word.replaceAll('\\', '/'))
    else if (mayBeElsewhere) elsewhere.set(absolute, word)
    else throw nowhere(word, absolute, cwd)
  }
  if (globs.length > 0) {
    const {globby, isGitIgnored} = await import('globby')
    const found = await globby(globs, {
      ...IGNORING,
      cwd,
      absolute: true,
      dot: true,
      ignore: ['**/node_modules/**', '**/.git/**'],
      // What is no regular file may be a symlink to one.
      onlyFiles: false,
    })
    // Not by globby's own option: it looks for the patterns of the tree by expressions that may take for ever.
    const {root} = rootOf(cwd)
    const ignored = await isGitIgnored({cwd: root, ...IGNORING})
    const isFile = (file: string) =>
      statOf(file)?.isFile() || (isSymlink(file) && !statOf(file)?.isDirectory())
    files.push(...found.filter((file) => isFile(file) && !(isInside(root, file) && ignored(file))))
  }
  const above = common(
    [...[...files, ...elsewhere.keys()].map((file) => path.dirname(file)), ...folders],
    cwd,
  )
  const {root, git} = rootOf(above)
  return {root: !git && isInside(cwd, above) ? cwd : root, files, folders, elsewhere}
}

/**
 * What was asked for, of all that git holds: less the files that are in the working folder only, plus what is no longer
 * there.
 *
 * @param tree Of git; left out, it is the working folder that counts.
 * @throws UserError for a path that leads nowhere, or where git has nothing of what was named.
 */
export function targetsIn(targets: Targets, tree: Tree | undefined, cwd: string): Targets {
  const inTree = (absolute: string) => relativeTo(targets.root, absolute)
  const files = targets.files.filter((file) => !tree || tree.files.has(inTree(file)))
  const folders = [...targets.folders]
  for (const [absolute, word] of targets.elsewhere)
    if (tree?.files.has(inTree(absolute))) files.push(absolute)
    else if (tree?.folders.has(inTree(absolute))) folders.push(absolute)
    else throw nowhere(word, absolute, cwd)
  const [missing] = targets.files
  if (missing !== undefined && files.length + folders.length === 0)
    throw new UserError(`git does not have ${path.relative(cwd, missing)} yet: \`git add\` makes it known`)
  return {...targets, files, folders}
}

const relativeTo = (root: string, absolute: string) => path.relative(root, absolute).split(path.sep).join('/')

const nowhere = (word: string, absolute: string, cwd: string) =>
  new UserError(`There is no file or folder ${word}${near(absolute, cwd)}`)

/**
 * The absolute path of the page that standard input stands in for.
 *
 * @throws UserError for a name that is no page's, or one outside of the tree: of a folder out there nobody knows how
 *   much it holds, and all of it would be listed.
 */
export function placeOfStdin(name: string, cwd: string): string {
  if (!isMarkdownFile(name)) throw new UserError(`--stdin-filename ${name} is no name of a Markdown file`)
  const {root, git} = rootOf(cwd)
  const absolute = ownName(path.resolve(cwd, name), cwd)
  if (isInside(root, absolute)) return absolute
  throw new UserError(
    `--stdin-filename ${name} lies outside of the ${git ? 'repository' : 'current folder'} ${root}`,
  )
}

/**
 * An absolute path as the current folder's tree names it, if it leads there: an editor may know the folder by another name
 * than the shell, by way of a symlink.
 */
function ownName(absolute: string, cwd: string): string {
  const {root} = rootOf(cwd)
  const folder = statOf(absolute)?.isDirectory() ? absolute : path.dirname(absolute)
  if (isInside(root, absolute) || !existsSync(folder)) return absolute
  const real = path.join(realpathSync(folder), path.relative(folder, absolute))
  const inRoot = path.resolve(root, path.relative(realpathSync(root), real))
  return isInside(root, inRoot) ? inRoot : absolute
}

/** Which pages of the tree were asked for, as paths from its root, in order, each once. */
export function pagesOf({root, files, folders}: Targets, tree: Tree): string[] {
  const relative = (absolute: string) => relativeTo(root, absolute)
  const found = new Set(files.filter((file) => isMarkdownFile(file)).map(relative))
  const prefixes = folders.map((folder) => folderPrefix(relative(folder)))
  if (prefixes.length > 0)
    // Others' packages are no docs of ours, even where they are committed.
    for (const file of tree.files)
      if (isMarkdownFile(file) && !PACKAGES.test(file) && prefixes.some((prefix) => file.startsWith(prefix)))
        found.add(file)
  return [...found].sort()
}

/** What a path leads to; nothing where that is nowhere, in a circle, or not to be seen. */
function statOf(absolute: string, stat = statSync): Stats | undefined {
  try {
    return stat(absolute, {throwIfNoEntry: false})
  } catch {
    return undefined
  }
}

const isSymlink = (absolute: string) => statOf(absolute, lstatSync)?.isSymbolicLink() ?? false

function near(absolute: string, cwd: string): string {
  const folder = path.dirname(absolute)
  const found = nearest(path.basename(absolute), namesIn(folder))
  return found === undefined ? '' : `, did you mean ${path.relative(cwd, path.join(folder, found))}?`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function common(folders: string[], cwd: string): string {
  let above = folders[0] ?? cwd
  for (const folder of folders) while (!isInside(above, folder)) above = path.dirname(above)
  return above
}
