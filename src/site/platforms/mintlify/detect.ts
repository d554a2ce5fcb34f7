import {folderOf, isBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'

/** The schemas of both forms of the configuration: `https://mintlify.com/docs.json`. */
const SCHEMA = /^https?:\/\/(?:[\w-]+\.)*mintlify\.(?:com|app)\//

/** Parts of the navigation, by which it is told from that of other tools. */
const DIVISIONS = [
  ...['pages', 'groups', 'tabs', 'anchors', 'dropdowns', 'languages', 'versions', 'products', 'menu'],
  '$ref',
]

/** A folder with a configuration. */
interface Found extends Detection {
  navigation: unknown
}

/**
 * Find the folders with a configuration of Mintlify: other tools write a `docs.json`, too, but without navigation. A copy of
 * the configuration in a folder whose pages another one publishes, such as that of a translation, is not a site.
 */
export async function detectMintlify(files: readonly string[], tree: Tree): Promise<Detection[]> {
  const found: Found[] = []
  for (const file of files) {
    const data = await readData({tree}, file)
    if (isMintlify(data)) found.push({root: folderOf(file), file, navigation: data.navigation})
  }
  return found
    .filter(({root}) => !found.some((other) => publishes(other, root)))
    .map(({root, file}) => ({root, file}))
}

/** Does the navigation of a site name pages in a folder below its own? */
function publishes({root, navigation}: Found, folder: string): boolean {
  if (folder === root || !isBelow(folder, root)) return false
  const path = root === '' ? folder : folder.slice(root.length + 1)
  const rest = [navigation]
  for (const value of rest) {
    if (typeof value === 'string' && value.replace(/^\//, '').startsWith(`${path}/`)) return true
    if (value !== null && typeof value === 'object') for (const each of Object.values(value)) rest.push(each)
  }
  return false
}

function isMintlify({$schema: schema, navigation}: Record<string, unknown>): boolean {
  if (navigation === undefined) return false
  // A copy of the schema may have a path.
  if (typeof schema === 'string' && /^https?:/.test(schema)) return SCHEMA.test(schema)
  const parts = Array.isArray(navigation) ? navigation.map(record) : [record(navigation)]
  return parts.length > 0 && parts.some((part) => DIVISIONS.some((key) => key in part))
}
