import {folderOf} from '../../text/paths.ts'

/**
 * Files of generators whose rules doccheck does not know. That one is there proves nothing about a link; it only means
 * that few links that the host does not find may be URLs.
 */
const MARKER =
  /(?:^|\/)(?:\.obsidian\/[^/]+|quartz\.config\.ts|(?:nuxt|source|rspress|zudoku|svelte)\.config\.[mc]?[jt]s|_sidebar\.md|docs?\/make\.jl)$/

/** The folders with a file that shows that a generator may publish their pages, outermost first. */
export function generatorFolders(files: Iterable<string>): string[] {
  const folders = new Set<string>()
  for (const file of files)
    if (MARKER.test(file) && !file.includes('node_modules/'))
      folders.add(folderOf(file).replace(/(?:^|\/)\.obsidian$/, ''))
  return [...folders].sort((a, b) => a.length - b.length)
}
