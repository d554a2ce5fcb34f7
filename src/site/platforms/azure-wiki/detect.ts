import {folderOf, foldersAbove, isAtOrBelow, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection} from '../../platform.ts'

/** The file in each folder of a wiki that lists its pages in order, without extension. */
export const ORDER = '.order'

/** Files that are read to see whether their lines name pages; other programs have files of that name, too. */
const MOST_READ = 20

/** Find wikis by their topmost folders with an order of pages, or with attachments. */
export async function detectAzureWikis(files: readonly string[], tree: Tree): Promise<Detection[]> {
  const found = new Map<string, string>()
  let left = MOST_READ
  for (const file of [...files].sort((a, b) => a.length - b.length)) {
    const folder = folderOf(file)
    if ([...found.keys()].some((root) => isAtOrBelow(folder, root))) continue
    if (left-- === 0) break
    if (await listsPages(file, tree)) found.set(topOf(folder, tree), file)
  }
  return [...found].map(([root, file]) => ({root, file}))
}

async function listsPages(file: string, tree: Tree): Promise<boolean> {
  const text = await tree.read(file).catch(() => '')
  return text
    .slice(0, 10_000)
    .split('\n')
    .map((line) => line.trim())
    .some((line) => line !== '' && tree.files.has(joinPath(folderOf(file), `${line}.md`)))
}

/** The topmost folder above one that has an order or attachments. */
function topOf(folder: string, {files, folders}: Tree): string {
  const isPart = (each: string) =>
    files.has(joinPath(each, ORDER)) || folders.has(joinPath(each, '.attachments'))
  return ['', ...[...foldersAbove(folder)].reverse()].find(isPart) ?? folder
}
