import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'

/** The endings that the specifier of a module may omit. */
const OMITTED = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx', 'json'].map((end) => `.${end}`)
const ENDINGS = [...OMITTED, ...OMITTED.map((end) => `/index${end}`)]

/** The names under which TypeScript modules are imported: `./x.js` is `x.ts`. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
}

/** Is a specifier a path in the tree, such as `./x.js`, rather than the name of a package? */
export const isLocal = (specifier: string): boolean => /^\.{1,2}(?:\/|$)/.test(specifier)

/**
 * The file of a local module, as Node, TypeScript and bundlers find it: `../x.js` in `site/a.ts` → `x.ts`.
 *
 * @param from The file that imports it.
 * @param aliases Folders by the names that specifiers may begin with: `@site` → `website`.
 * @returns undefined for a package, and for a file that is missing, behind a symlink or outside the tree
 */
export function localModule(
  tree: Pick<Tree, 'files' | 'symlinks'>,
  specifier: string,
  from: string,
  aliases: Readonly<Record<string, string>> = {},
): string | undefined {
  const path = modulePath(specifier, from, aliases)
  if (path === undefined || isAbove(path)) return
  // Most specifiers name their file.
  if (tree.files.has(path)) return tree.symlinks?.has(path) ? undefined : path
  const end = /\.[cm]?jsx?$/.exec(path)?.[0] ?? ''
  const sources = (SOURCES[end] ?? []).map((source) => path.slice(0, -end.length) + source)
  const file = [...sources, ...ENDINGS.map((each) => path + each)].find((each) => tree.files.has(each))
  return file === undefined || tree.symlinks?.has(file) ? undefined : file
}

/** The path that the specifier of a local module names, without its query: `./x.svg?raw` in `site/a.ts` → `site/x.svg`. */
export function modulePath(
  written: string,
  from: string,
  aliases: Readonly<Record<string, string>> = {},
): string | undefined {
  const specifier = written.replace(/[?#].*/, '')
  if (isLocal(specifier)) return joinPath(folderOf(from), specifier)
  const name = Object.keys(aliases).find((alias) => specifier.startsWith(`${alias}/`))
  return name === undefined ? undefined : joinPath(aliases[name]!, specifier.slice(name.length + 1))
}
