import {folderPrefix} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'

/** The folders in which GitHub looks for the README of a repository, first to last. */
const PLACES = ['.github', '', 'docs']

/** The README that GitHub shows below the files of a repository; undefined if there is none, or more than one. */
export const readmeOfRepository = (tree: Tree): string | undefined => {
  for (const folder of PLACES) {
    const found = readmesIn(tree, folder)
    if (found.length > 0) return found.length === 1 ? found[0] : undefined
  }
}

/** The README that hosts show below the files of a folder; undefined if there is none, or several could be meant. */
export function readmeIn(tree: Tree, folder: string): string | undefined {
  if (folder === '') return readmeOfRepository(tree)
  const found = readmesIn(tree, folder)
  return found.length === 1 ? found[0] : undefined
}

function readmesIn({files}: Tree, folder: string): string[] {
  const start = folderPrefix(folder)
  const found: string[] = []
  for (const file of files)
    if (file.startsWith(start) && /^readme(?:\.\w+)?$/i.test(file.slice(start.length))) found.push(file)
  return found
}
