import {foldersAbove} from '../text/paths.ts'
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
export function gitIgnored(lines: readonly string[]): (path: string) => boolean {
  const patterns = lines.flatMap(patternOf)
  const ignores = (name: string, isFolder: boolean) =>
    patterns.findLast(({globs, isOfFolders}) => (isFolder || !isOfFolders) && globs.test(name))?.ignores ??
    false
  return (path) => ignores(path, false) || [...foldersAbove(path)].some((folder) => ignores(folder, true))
}

/** Read a line: `!/a/*.md` is an exception from the top, `a` is anywhere, `a/` is a folder anywhere. */
function patternOf(line: string): IgnorePattern[] {
  const [, not, start, name = '', end] = /^(!?)(\/?)(.*?)(\/?)$/.exec(line.trimEnd())!
  if (name === '' || line.startsWith('#')) return []
  const globs = globsOf([start !== '' || name.includes('/') ? name : `**/${name}`], 'git')
  return globs ? [{globs, ignores: not === '', isOfFolders: end !== ''}] : []
}
