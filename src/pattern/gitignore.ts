import {folderPrefix, foldersAbove} from '../text/paths.ts'
import {type Globs, globsOf} from './globs.ts'

/** A pattern of a `.gitignore` file. */
interface IgnorePattern {
  globs: Globs
  /** It ignores what it matches, rather than making an exception of it. */
  ignores: boolean
  /** It matches no files. */
  isOfFolders: boolean
}

/**
 * Compile the lines of a `.gitignore` file: https://git-scm.com/docs/gitignore. The last pattern that matches decides,
 * first about the folders above a path. Invalid patterns match nothing.
 *
 * @returns whether a path is ignored
 */
export const gitIgnored = (lines: readonly string[]): ((path: string) => boolean) =>
  ignoredBy(new Map([['', lines]]))

/**
 * Compile the lines of several `.gitignore` files, by their folders. Of two that decide about a path, the inner one wins.
 *
 * @returns whether a path is ignored
 */
export function ignoredBy(files: ReadonlyMap<string, readonly string[]>): (path: string) => boolean {
  const byFolder = new Map([...files].map(([folder, lines]) => [folder, lines.flatMap(patternOf)]))
  const known = new Map<string, boolean>()
  const ignores = (name: string, isFolder: boolean): boolean => {
    for (const folder of [...foldersAbove(name), '']) {
      const below = name.slice(folderPrefix(folder).length)
      const found = byFolder
        .get(folder)
        ?.findLast(({globs, isOfFolders}) => (isFolder || !isOfFolders) && globs.test(below))
      if (found) return found.ignores
    }
    return false
  }
  const ignoresFolder = (folder: string) => {
    const before = known.get(folder)
    if (before !== undefined) return before
    const found = ignores(folder, true)
    known.set(folder, found)
    return found
  }
  return (path) => ignores(path, false) || [...foldersAbove(path)].some(ignoresFolder)
}

/** Is a line of a `.gitignore` file a pattern that cannot be compiled? */
export const isInvalidPattern = (line: string): boolean => {
  const parsed = parseLine(line)
  return parsed !== undefined && globsOf([parsed.glob], 'git') === undefined
}

/** Read a line: `!/a/*.md` is an exception from the top, `a` is anywhere, `a/` is a folder anywhere. */
function patternOf(line: string): IgnorePattern[] {
  const parsed = parseLine(line)
  const globs = parsed && globsOf([parsed.glob], 'git')
  return globs ? [{globs, ignores: !parsed.isException, isOfFolders: parsed.isOfFolders}] : []
}

function parseLine(line: string): {glob: string; isException: boolean; isOfFolders: boolean} | undefined {
  const [, not, start, name = '', end] = /^(!?)(\/?)(.*?)(\/?)$/.exec(line.trimEnd())!
  if (name === '' || line.startsWith('#')) return
  // Two asterisks beside other characters are one.
  const plain = name.replace(/(?<=[^/*\\])\*{2,}|\*{2,}(?=[^/*])/g, '*')
  const glob = start !== '' || plain.includes('/') ? plain : `**/${plain}`
  return {glob, isException: not !== '', isOfFolders: end !== ''}
}
