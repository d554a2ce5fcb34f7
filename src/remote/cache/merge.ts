import {type CachedVerdicts, mergeVerdicts} from './format.ts'
import {readCache} from './read.ts'
import {openVerdictCache} from './verdict-cache.ts'

/**
 * Add the verdicts of other caches to a cache; of two verdicts on one URL, the newer one stays. Other files are
 * left out.
 *
 * @param file The cache, absolute; it need not exist.
 * @param others Absolute paths.
 * @param trees Folders whose symlinks may be a stranger's: the cache is not written through them.
 * @returns warnings for the user, one line each
 */
export async function mergeCaches(
  file: string,
  others: readonly string[],
  trees: readonly string[],
): Promise<readonly string[]> {
  let added: CachedVerdicts = new Map()
  for (const other of others) added = mergeVerdicts(added, (await readCache(other, Date.now())).entries)
  const cache = await openVerdictCache({file, isUserChosen: true, trees, lifetimes: {}})
  cache.add(added)
  await cache.save()
  return cache.warnings
}
