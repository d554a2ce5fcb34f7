import {type Globs, globsOf} from '../../pattern/globs.ts'
import {folderOf, folderPrefix, foldersAbove, isAtOrBelow, nameOf, pathBelow} from '../../text/paths.ts'
import {trimEnd} from '../../text/trim.ts'
import type {Tree} from '../../tree/tree.ts'
import {FolderMap} from './folders.ts'

/** One line of a `.gitignore`. */
interface Line {
  /** The folder of the file. */
  folder: string
  isNegated: boolean
  /** Does it name all files with an extension: `*.html`? */
  isOfKind: boolean
  test(path: string): boolean
}

/** More lines than any `.gitignore` has. */
const MOST_LINES = 2000

/**
 * Read which paths below a folder Git ignores, whether or not they exist: a build often creates what a `.gitignore`
 * names.
 */
export async function readGitIgnored(tree: Tree, folder: string): Promise<(path: string) => boolean> {
  const folders = folder === '' ? [''] : [folder, ...foldersAbove(folder), '']
  const files = [...new Set(folders)].reverse().map((each) => `${folderPrefix(each)}.gitignore`)
  const texts = await textsOf(
    tree,
    files.filter((file) => tree.files.has(file)),
  )
  const lineFor = ignoringLine(texts)
  return (path) => lineFor(path) !== undefined
}

/** What the files `.gitignore` in a folder and above it name in the folder, as patterns from there. */
export async function ignoredIn(tree: Tree, folder: string): Promise<string[]> {
  const prefix = folderPrefix(folder)
  const files = [...tree.files].filter(
    (file) =>
      nameOf(file) === '.gitignore' &&
      (file.startsWith(prefix) || prefix.startsWith(folderPrefix(folderOf(file)))),
  )
  const texts = await textsOf(tree, files)
  return texts.flatMap(([at, text]) =>
    text
      .split(/\r?\n/, MOST_LINES)
      .filter((line) => /^[^#!\s]/.test(line))
      .map((line) => folderPrefix(at) + line.trim().replace(/^\//, ''))
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length)),
  )
}

/** More files than any tree has. */
const MOST_FILES = 1000

/** Why Git ignores a path: for the path itself, or as any file with its extension, such as `*.html`. */
export type WhyIgnored = 'path' | 'extension'

/** The tests of whether Git ignores a path. */
export interface GitIgnored {
  isIgnored(path: string): boolean
  /** Why does Git ignore it? Undefined if it does not. */
  whyIgnored(path: string): WhyIgnored | undefined
  /** Would Git ignore it in some letter case? */
  isIgnoredInAnyCase(path: string): boolean
}

/** Read which paths Git ignores anywhere in a tree. */
export async function readAllIgnored(tree: Tree): Promise<GitIgnored> {
  const files = [...tree.files].filter(
    (file) => nameOf(file) === '.gitignore' && !file.includes('node_modules/'),
  )
  const texts = await textsOf(tree, files.slice(0, MOST_FILES))
  const lineFor = ignoringLine(texts)
  let inLowerCase: typeof lineFor | undefined
  return {
    isIgnored: (path) => lineFor(path) !== undefined,
    whyIgnored: (path) => {
      const line = lineFor(path)
      return line && (line.isOfKind ? 'extension' : 'path')
    },
    isIgnoredInAnyCase: (path) => {
      inLowerCase ??= ignoringLine(
        texts.map(([folder, text]) => [folder.toLowerCase(), text.toLowerCase()] as const),
      )
      return inLowerCase(path.toLowerCase()) !== undefined
    },
  }
}

/** The text of a `.gitignore`, with the folder of the file. */
type IgnoreText = readonly [folder: string, text: string]

const textsOf = (tree: Tree, files: readonly string[]): Promise<IgnoreText[]> =>
  Promise.all(files.map(async (file) => [folderOf(file), await tree.read(file).catch(() => '')] as const))

/** Create the function that finds the line for which Git ignores a path. */
function ignoringLine(texts: readonly IgnoreText[]): (path: string) => Line | undefined {
  const lines = new FolderMap<Line>()
  for (const [folder, text] of texts) for (const line of linesOf(text, folder)) lines.add(line.folder, line)
  return (path) => {
    const last = [...lines.above(path)].findLast((line) => {
      const inside = pathBelow(path, line.folder)
      return inside !== undefined && line.test(inside)
    })
    return last?.isNegated ? undefined : last
  }
}

function linesOf(text: string, folder: string): Line[] {
  return text
    .split(/\r?\n/, MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isNegated = line.startsWith('!')
      const isOfKind = /^\*\.\w+$/.test(line)
      const test = testOf(trimEnd(isNegated ? line.slice(1) : line, '/'))
      return {folder, isNegated, isOfKind, test: line.endsWith('/') ? ofFolders(test) : test}
    })
}

/** The test of a pattern that names folders: `logs-*\/` does not name `logs-open.png`, but `logs-open` may be a folder. */
const ofFolders =
  (test: Line['test']): Line['test'] =>
  (path) =>
    test(nameOf(path).includes('.') ? folderOf(path) : path)

/**
 * Create the test of whether a pattern names a path or a folder above it: `docs/api` does `docs/api/use`, and `made` any
 * path with a segment of that name. Most patterns are plain; compiling the others takes long, so they wait until a path
 * is asked about.
 */
function testOf(pattern: string): Line['test'] {
  const isPath = pattern.includes('/')
  const name = isPath ? pattern.replace(/^\//, '') : pattern
  if (/^[\w./-]+$/.test(name))
    return isPath ? (path) => isAtOrBelow(path, name) : (path) => path.split('/').includes(name)
  const glob = isPath ? name : `**/${name}`
  let globs: Globs | undefined
  let isCompiled = false
  return (path) => {
    if (!isCompiled) globs = globsOf([glob, `${glob}/**`], 'picomatch-dot')
    isCompiled = true
    return globs?.test(path) ?? false
  }
}
