import {folderOf} from '../../../text/paths.ts'
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

/** Find the folders with a configuration of Mintlify: other tools write a `docs.json`, too, but without navigation. */
export async function detectMintlify(files: readonly string[], tree: Tree): Promise<Detection[]> {
  const found: Detection[] = []
  for (const file of files)
    if (isMintlify(await readData({tree}, file))) found.push({root: folderOf(file), file})
  return found
}

function isMintlify({$schema: schema, navigation}: Record<string, unknown>): boolean {
  if (navigation === undefined) return false
  // A copy of the schema may have a path.
  if (typeof schema === 'string' && /^https?:/.test(schema)) return SCHEMA.test(schema)
  const parts = Array.isArray(navigation) ? navigation.map(record) : [record(navigation)]
  return parts.length > 0 && parts.some((part) => DIVISIONS.some((key) => key in part))
}
