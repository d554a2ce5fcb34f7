import {joinPath} from '../text/paths.ts'
import {trimEnd} from '../text/trim.ts'
import type {Tree} from '../tree/tree.ts'
import {readData} from './shared/data.ts'

/** Trees with more sites are collections of examples. */
const MOST_FOLDERS = 20

/**
 * Read the home pages that the packages in folders of a tree state, without a trailing slash: `https://example.org/docs`.
 * A package may state that of its project, whatever the tree contains.
 */
export async function readHomepages(tree: Tree, folders: Iterable<string>): Promise<ReadonlySet<string>> {
  const homepages = new Set<string>()
  for (const folder of [...new Set(folders)].slice(0, MOST_FOLDERS)) {
    const file = joinPath(folder, 'package.json')
    const {homepage} = tree.files.has(file) ? await readData({tree}, file) : {}
    if (typeof homepage === 'string' && /^https?:\/\/[^/?#]+(?:\/[^?#]*)?$/i.test(homepage))
      homepages.add(trimEnd(homepage, '/'))
  }
  return homepages
}
