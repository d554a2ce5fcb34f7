import {parseYaml} from '../../../data/yaml.ts'
import {isBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import {record} from '../../shared/data.ts'

/** Files that front matter often gives another URL. */
const OTHER = /\.(?:x?html?|xml|txt|scss|sass|coffee)$/

/** Read the front matter of a site's other files, by path: their permalinks count as those of pages do. */
export async function readOtherFrontMatter(
  tree: Tree,
  root: string,
): Promise<Map<string, Record<string, unknown>>> {
  const frontMatter = new Map<string, Record<string, unknown>>()
  for (const file of tree.files) {
    if (!isBelow(file, root) || !OTHER.test(file) || /(?:^|\/)_(?:includes|layouts)\//.test(file)) continue
    const block = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*$/m.exec(await tree.read(file).catch(() => ''))
    if (block?.index === 0) frontMatter.set(file, record(await parseYaml(block[1]!).catch(() => ({}))))
  }
  return frontMatter
}
