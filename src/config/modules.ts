import {readFileSync, realpathSync, statSync} from 'node:fs'
import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'
import {isObject} from '../data/plain.ts'
import {UserError} from '../errors/errors.ts'
import {offerOwnPackage} from './own-package.ts'

/** The version of each file that this process imported first. */
const imported = new Map<string, string>()

/**
 * The default export of one of the user's modules, as its file is now: in a long-running process, as with `--watch`,
 * Node itself would return the version it imported earlier. Modules that it imports are not refreshed.
 *
 * @returns undefined if it has no default export; a promise is awaited
 */
export async function importDefault(file: string): Promise<unknown> {
  offerOwnPackage(file)
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
  const exported: unknown = await (await import(url.href)).default
  // A module that a compiler has written in CommonJS.
  return isObject(exported) && Object.hasOwn(exported, '__esModule') ? exported.default : exported
}

/**
 * The default export of a configuration that is a program.
 *
 * @throws {@link UserError} with the line and column of the mistake, as far as they are known
 */
export async function loadProgram(file: string): Promise<unknown> {
  let exported: unknown
  try {
    exported = await importDefault(file)
  } catch (error) {
    const {explainFailure} = await import('./program-failure.ts')
    const {place, why} = await explainFailure(error, file)
    throw new UserError(`The configuration ${file}${place} cannot be read: ${why}`)
  }
  // CommonJS that exports nothing exports an empty object.
  if (exported === undefined || (isEmptyObject(exported) && !/\bexports?\b/.test(readFileSync(file, 'utf8'))))
    throw new UserError(
      `The configuration ${file} has no default export. Write \`export default {…}\`, or \`module.exports = {…}\` in CommonJS`,
    )
  return exported
}

const isEmptyObject = (value: unknown) => isObject(value) && Object.keys(value).length === 0
