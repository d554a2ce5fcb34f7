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
  return isIgnoredBy(texts)
}

/** More files than any tree has. */
const MOST_FILES = 1000

/** The tests of whether Git ignores a path. */
export interface GitIgnored {
  isIgnored(path: string): boolean
  /** Would Git ignore it in some letter case? */
  isIgnoredInAnyCase(path: string): boolean
}

/** Read which paths Git ignores anywhere in a tree. */
export async function readAllIgnored(tree: Tree): Promise<GitIgnored> {
  const files = [...tree.files].filter(
    (file) => nameOf(file) === '.gitignore' && !file.includes('node_modules/'),
  )
  const texts = await textsOf(tree, files.slice(0, MOST_FILES))
  let inLowerCase: GitIgnored['isIgnored'] | undefined
  return {
    isIgnored: isIgnoredBy(texts),
    isIgnoredInAnyCase: (path) => {
      inLowerCase ??= isIgnoredBy(
        texts.map(([folder, text]) => [folder.toLowerCase(), text.toLowerCase()] as const),
      )
      return inLowerCase(path.toLowerCase())
    },
  }
}

/** The text of a `.gitignore`, with the folder of the file. */
type IgnoreText = readonly [folder: string, text: string]

const textsOf = (tree: Tree, files: readonly string[]): Promise<IgnoreText[]> =>
  Promise.all(files.map(async (file) => [folderOf(file), await tree.read(file).catch(() => '')] as const))

function isIgnoredBy(texts: readonly IgnoreText[]): (path: string) => boolean {
  const lines = new FolderMap<Line>()
  for (const [folder, text] of texts) for (const line of linesOf(text, folder)) lines.add(line.folder, line)
  return (path) =>
    [...lines.above(path)].findLast((line) => {
      const inside = pathBelow(path, line.folder)
      return inside !== undefined && line.test(inside)
    })?.isNegated === false
}

function linesOf(text: string, folder: string): Line[] {
  return text
    .split(/\r?\n/, MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isNegated = line.startsWith('!')
      return {folder, isNegated, test: testOf(trimEnd(isNegated ? line.slice(1) : line, '/'))}
    })
}

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
    if (!isCompiled) globs = globsOf([glob, `${glob}/**`], 'vitepress')
    isCompiled = true
    return globs?.test(path) ?? false
  }
}
