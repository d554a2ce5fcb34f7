import {globsOf} from '../../pattern/globs.ts'
import {folderPrefix, foldersAbove, pathBelow} from '../../text/paths.ts'
import {trimEnd} from '../../text/trim.ts'
import type {Tree} from '../../tree/tree.ts'

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
  const texts = await Promise.all(
    files.map(async (file) => {
      const text = tree.files.has(file) ? await tree.read(file).catch(() => '') : ''
      return linesOf(text, file.slice(0, -'/.gitignore'.length))
    }),
  )
  const lines = texts.flat()
  return (path) =>
    lines.findLast((line) => {
      const inside = pathBelow(path, line.folder)
      return inside !== undefined && line.test(inside)
    })?.isNegated === false
}

function linesOf(text: string, folder: string): Line[] {
  return text
    .split(/\r?\n/, MOST_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const isNegated = line.startsWith('!')
      const globs = globsOf(pathsOf(line.slice(isNegated ? 1 : 0)), 'vitepress')
      return globs ? [{folder, isNegated, test: (path: string) => globs.test(path)}] : []
    })
}

/** The globs of a pattern, for what it names and everything below that: `/docs/api/` → `docs/api` and `docs/api/**`. */
function pathsOf(pattern: string): string[] {
  const name = trimEnd(pattern, '/')
  const glob = name.includes('/') ? name.replace(/^\//, '') : `**/${name}`
  return [glob, `${glob}/**`]
}
