import {realpathSync, statSync} from 'node:fs'
import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

/** The version of each file that this process imported first. */
const imported = new Map<string, string>()

/**
 * The default export of one of the user's modules, as its file is now: in a long-running process, as with `--watch`,
 * Node itself would return the version it imported earlier. Modules that it imports are not refreshed.
 */
export async function importDefault(file: string): Promise<unknown> {
  const url = pathToFileURL(file)
  const {mtimeMs, size} = statSync(file)
  const stamp = `${mtimeMs}-${size}`
  const first = imported.get(file)
  if (first === undefined) imported.set(file, stamp)
  else if (first !== stamp) {
    url.searchParams.set('changed', stamp)
    // Node also caches CommonJS modules, under their paths without the query.
    delete createRequire(url).cache[realpathSync(file)]
  }
  return (await import(url.href)).default
}
