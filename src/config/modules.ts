import {realpathSync, statSync} from 'node:fs'
import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

/** By file, what it looked like when this process imported it first. */
const imported = new Map<string, string>()

/**
 * The default export of a module of the user's, as its file is now: in a process that goes on, as with `--watch`, Node
 * itself would give what it has imported before. What the module imports in turn stays as it was.
 */
export async function importDefault(file: string): Promise<unknown> {
  const url = pathToFileURL(file)
  const {mtimeMs, size} = statSync(file)
  const stamp = `${mtimeMs}-${size}`
  const first = imported.get(file)
  if (first === undefined) imported.set(file, stamp)
  else if (first !== stamp) {
    url.searchParams.set('changed', stamp)
    // Of CommonJS, Node has a cache besides, which knows of no query.
    delete createRequire(url).cache[realpathSync(file)]
  }
  return (await import(url.href)).default
}
