import {isMarkdownFile} from '../text/markdown-files.ts'
import {folderOf, joinPath} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'
import type {PageSource} from './platform.ts'
import type {Site} from './types.ts'

/**
 * Create the function that finds the pages of sites that may include a file of the repository's host, such as a changelog,
 * by its name in code. Only pages that were read are known to include one.
 *
 * @param of The site of a file.
 */
export function guessedIncludersIn(
  {files}: Tree,
  of: (path: string) => Site,
  pages: PageSource,
): (path: string) => readonly string[] {
  let known: Map<string, Set<string>> | undefined
  return (path) => [...((known ??= findIncluders(files, of, pages)).get(path) ?? [])]
}

function findIncluders(
  files: ReadonlySet<string>,
  of: (path: string) => Site,
  {page}: PageSource,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const includedBy = (path: string): string[] => {
    const {host, root} = of(path)
    const names = host ? [] : namesIn(page(path)?.opaqueContent ?? [])
    return names.flatMap((name) => placesOf(name, folderOf(path), root))
  }
  for (const path of files)
    for (const file of isMarkdownFile(path) ? includedBy(path) : [])
      if (files.has(file) && of(file).host) found.set(file, (found.get(file) ?? new Set()).add(path))
  return found
}

/** Code that shows a file, as opposed to HTML with a link to it. */
const INCLUDES = /^(?!<[^!]).*(?:include|import|render|embed|--8<--)/i

/** The names of Markdown files that are included: `{include} ../NEWS.md`, `import @site/../NEWS.md`, `--8<-- "NEWS.md:new"`. */
const namesIn = (contents: readonly string[]): string[] =>
  contents
    .filter((content) => INCLUDES.test(content))
    .flatMap((content) => content.split(/[\s"'`()<>{}[\]|,;]+/))
    .map((word) => word.replace(/^(?:@site)?\//, '').replace(/[:#].*$/, ''))
    .filter(isMarkdownFile)

/** The paths that a name may stand for: generators resolve them from the page, from the site, or from the tree. */
const placesOf = (name: string, folder: string, root: string): string[] =>
  [folder, root, ''].map((base) => joinPath(base, name))
