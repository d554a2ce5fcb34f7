import {existsSync, lstatSync, readdirSync, realpathSync, type Stats, statSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {mayHaveDestinations} from '../redirects/file-names.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import {nearest} from '../text/nearest.ts'
import {folderOf, folderPrefix} from '../text/paths.ts'
import {IGNORING, rootOf} from '../tree/disk.ts'
import {isInside} from '../tree/inside.ts'
import {listedNames} from '../tree/listed-name.ts'
import type {Tree} from '../tree/tree.ts'

/** The paths that the user asked to check. */
export interface Targets {
  /** The root of the tree that they are in, absolute. */
  root: string
  /** Absolute paths of files. */
  files: string[]
  /** Absolute globs. */
  globs: string[]
  /** Those of the files that only globs name. */
  matched: ReadonlySet<string>
  /** Absolute paths of folders. */
  folders: string[]
  /** Arguments that are not on the disk, by their absolute paths. */
  elsewhere: Map<string, string>
}

const PACKAGES = /(?:^|\/)node_modules\//
/** The files by which Go, Composer, CocoaPods and Cargo mark folders of packages: `vendor/modules.txt`. */
const OF_PACKAGES =
  /(?:^|\/)(?:vendor\/(?:modules\.txt|autoload\.php)|Pods\/Manifest\.lock|[^/]+\/\.cargo-checksum\.json)$/
/** The Markdown that Quarto and R Markdown keep of a page with code: `a.html.md` beside `a.qmd`. */
const KEPT = /\.(?:html|revealjs|pdf|tex|typ|docx|odt|pptx|epub|knit|utf8)\.md$/
const GLOB = /[*?{}[\]!]/

/**
 * Sort the paths of a command line into files and folders, and find the root of the tree around them.
 *
 * @param paths Files, folders and globs; none means the current folder.
 * @param cwd An absolute path.
 * @param mayBeElsewhere Accept paths that are not on the disk; {@link targetsIn} then looks for them in Git.
 * @throws {@link UserError} for any other path that does not exist
 */
export async function findTargets(
  paths: readonly string[],
  cwd: string,
  mayBeElsewhere = false,
): Promise<Targets> {
  const {files, folders, missing} = sortPaths(paths.length > 0 ? paths : ['.'], cwd)
  const globs: string[] = []
  const elsewhere = new Map<string, string>()
  for (const {argument, absolute} of missing)
    if (GLOB.test(argument)) globs.push(argument.replaceAll('\\', '/'))
    else if (mayBeElsewhere) elsewhere.set(absolute, argument)
    else throw notFound(argument, absolute, cwd)
  const matched = new Set(globs.length > 0 ? await expandGlobs(globs, cwd) : [])
  for (const file of files) matched.delete(file)
  files.push(...matched)
  const ancestor = commonFolder(
    [...[...files, ...elsewhere.keys()].map((file) => path.dirname(file)), ...folders],
    cwd,
  )
  const {root, git} = rootOf(ancestor)
  return {
    root: !git && isInside(cwd, ancestor) ? cwd : root,
    files,
    globs: globs.filter((glob) => !glob.startsWith('!')).map((glob) => path.resolve(cwd, glob)),
    matched,
    folders,
    elsewhere,
  }
}

function sortPaths(paths: readonly string[], cwd: string) {
  const files: string[] = []
  const folders: string[] = []
  const missing: {argument: string; absolute: string}[] = []
  for (const argument of paths) {
    const absolute = nameInTree(path.resolve(cwd, argument), cwd)
    const kind = kindOf(absolute, argument)
    if (kind === 'other') throw new UserError(`${argument} is neither a file nor a folder`)
    if (kind === 'folder') folders.push(absolute)
    else if (kind === 'file') files.push(absolute)
    else missing.push({argument, absolute})
  }
  return {files, folders, missing}
}

/** A page that is not a regular file, or a broken symlink, counts as a file: reading it will report why it fails. */
function kindOf(absolute: string, argument: string): 'file' | 'folder' | 'other' | undefined {
  const stat = statOf(absolute)
  if (!stat) return isSymlink(absolute) ? 'file' : undefined
  if (stat.isDirectory()) return 'folder'
  return stat.isFile() || isMarkdownFile(argument) ? 'file' : 'other'
}

/** The files that match globs and that Git does not ignore, as absolute paths. */
async function expandGlobs(globs: readonly string[], cwd: string): Promise<string[]> {
  const {globby, isGitIgnored} = await import('globby')
  const found = await globby(globs, {
    ...IGNORING,
    cwd,
    absolute: true,
    dot: true,
    ignore: ['**/node_modules/**', '**/.git/**'],
    // Symlinks to files are not files to globby.
    onlyFiles: false,
  })
  // Without globby's own option, which matches `.gitignore` by expressions that may backtrack forever.
  const {root} = rootOf(cwd)
  const isIgnored = await isGitIgnored({cwd: root, ...IGNORING})
  const isFile = (file: string) => statOf(file)?.isFile() || (isSymlink(file) && !statOf(file)?.isDirectory())
  return found.filter((file) => isFile(file) && !(isInside(root, file) && isIgnored(file)))
}

/**
 * The targets in a Git tree: without files that are only on disk, and with those that are only in Git.
 *
 * @param tree The Git tree; undefined if the files on disk are checked.
 * @throws {@link UserError} for a path that does not exist, or if none of the files is in the tree
 */
export function targetsIn(targets: Targets, tree: Tree | undefined, cwd: string): Targets {
  const inTree = namerIn(targets.root, tree)
  const files = targets.files.filter((file) => !tree || tree.files.has(inTree(file)))
  const folders = [...targets.folders]
  for (const [absolute, argument] of targets.elsewhere)
    if (tree?.files.has(inTree(absolute))) files.push(absolute)
    else if (tree?.folders.has(inTree(absolute))) folders.push(absolute)
    else throw notFound(argument, absolute, cwd)
  const [untracked] = targets.files
  if (untracked !== undefined && files.length + folders.length === 0)
    throw new UserError(`${path.relative(cwd, untracked)} is not tracked by git, \`git add\` it first`)
  return {...targets, files, folders}
}

/** Create the function that tells the path of a file or folder in a tree, as the tree spells it. */
function namerIn(root: string, tree: Tree | undefined): (absolute: string) => string {
  const asListed = tree && listedNames(tree.root, tree.files, tree.folders)
  return (absolute) => {
    const name = path.relative(root, absolute).split(path.sep).join('/')
    return asListed ? asListed(name) : name
  }
}

const notFound = (argument: string, absolute: string, cwd: string) =>
  new UserError(`No such file or folder: ${argument}${didYouMean(absolute, cwd)}`)

/**
 * The absolute path of the page whose text is on standard input.
 *
 * @param name The name that the user gave it.
 * @throws {@link UserError} if it is not a Markdown file, or outside the tree: a folder outside may hold any number of
 *   files, and all of them would be listed
 */
export function pathOfStdin(name: string, cwd: string): string {
  if (!isMarkdownFile(name))
    throw new UserError(`--stdin-filename ${name} does not have a Markdown extension, such as .md`)
  const {root, git} = rootOf(cwd)
  const absolute = nameInTree(path.resolve(cwd, name), cwd)
  if (isInside(root, absolute)) return absolute
  throw new UserError(
    `--stdin-filename ${name} is outside the ${git ? 'repository' : 'current folder'} ${root}`,
  )
}

/**
 * The path's name in the tree of the current folder, if it leads there: an editor may reach the folder through a
 * different symlink than the shell.
 */
function nameInTree(absolute: string, cwd: string): string {
  const {root} = rootOf(cwd)
  const folder = statOf(absolute)?.isDirectory() ? absolute : path.dirname(absolute)
  if (isInside(root, absolute) || !existsSync(folder)) return absolute
  const real = path.join(realpathSync(folder), path.relative(folder, absolute))
  const inRoot = path.resolve(root, path.relative(realpathSync(root), real))
  return isInside(root, inRoot) ? inRoot : absolute
}

/** Is a file read as a page: Markdown, or redirects, whose destinations are checked like links? */
const isPage = (file: string) => isMarkdownFile(file) || mayHaveDestinations(file)

/** The pages of a tree that are among the targets: sorted paths relative to its root, each once. */
export function pagesOf({root, files, folders}: Targets, tree: Tree): string[] {
  const relative = namerIn(root, tree)
  const found = new Set(files.filter(isPage).map(relative))
  const prefixes = folders.map((folder) => folderPrefix(relative(folder)))
  if (prefixes.length === 0) return [...found].sort()
  // Packages are not the user's docs, even if they are committed.
  const packages = [...tree.files]
    .filter((file) => OF_PACKAGES.test(file))
    .map((file) => folderPrefix(folderOf(file)))
  const isOfPackage = (file: string) =>
    PACKAGES.test(file) || packages.some((prefix) => file.startsWith(prefix))
  const isKept = (file: string) =>
    KEPT.test(file) &&
    ['qmd', 'Rmd', 'rmd', 'ipynb'].some((extension) => tree.files.has(file.replace(KEPT, `.${extension}`)))
  for (const file of tree.files)
    if (isPage(file) && prefixes.some((prefix) => file.startsWith(prefix)))
      if (!isOfPackage(file) && !isKept(file)) found.add(file)
  return [...found].sort()
}

/** The status of a path; undefined if it does not exist, is a symlink loop, or may not be accessed. */
function statOf(absolute: string, stat = statSync): Stats | undefined {
  try {
    return stat(absolute, {throwIfNoEntry: false})
  } catch {
    return undefined
  }
}

const isSymlink = (absolute: string) => statOf(absolute, lstatSync)?.isSymbolicLink() ?? false

function didYouMean(absolute: string, cwd: string): string {
  const folder = path.dirname(absolute)
  const suggestion = nearest(path.basename(absolute), namesIn(folder))
  return suggestion === undefined
    ? ''
    : `, did you mean ${path.relative(cwd, path.join(folder, suggestion))}?`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The innermost folder that contains all folders; the current one if the list is empty. */
function commonFolder(folders: readonly string[], cwd: string): string {
  let common = folders[0] ?? cwd
  for (const folder of folders)
    while (!isInside(common, folder)) {
      // Windows has a root for each drive.
      if (path.dirname(common) === common)
        throw new UserError(`${common} and ${folder} are on different drives; check them one after the other`)
      common = path.dirname(common)
    }
  return common
}
