import {existsSync} from 'node:fs'
import module, {createRequire} from 'node:module'
import path from 'node:path'
import {pathToFileURL} from 'node:url'

/** The name under which configurations and plugins import `defineConfig` and the like. */
const OWN = /^doccheck-cli(?:\/|$)/

/** A module resolves the name of its own package without looking into `node_modules`. */
const HERE = import.meta.url

let isOffered = false

/**
 * Let the user's programs import the doccheck that runs, where theirs is not installed: it may be a global one, or the
 * one that npx, pre-commit or a CI job has installed elsewhere.
 *
 * @param file The first program that is loaded.
 */
export function offerOwnPackage(file: string): void {
  if (isOffered || isInstalled(file)) return
  isOffered = true
  // Absent from the types of Node 20.
  const {registerHooks} = module as {registerHooks?: (hooks: {resolve: SyncResolve}) => void}
  if (registerHooks) registerHooks({resolve: resolveSync})
  else registerForOldNode()
}

/**
 * Is doccheck installed where a program would look for it? `require` would also look into the folders of `NODE_PATH`,
 * which pre-commit sets, but `import` does not.
 */
function isInstalled(file: string): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'node_modules', 'doccheck-cli'))) return true
    if (path.dirname(folder) === folder) return false
  }
}

interface Context {
  parentURL?: string | undefined
}

type SyncResolve = (
  name: string,
  context: Context,
  next: (name: string, context?: Context) => unknown,
) => unknown

const resolveSync: SyncResolve = (name, context, next) => {
  try {
    return next(name, context)
  } catch (error) {
    if (!OWN.test(name)) throw error
    return {url: pathToFileURL(own(name)).href, format: 'module', shortCircuit: true}
  }
}

const own = (name: string): string => createRequire(HERE).resolve(name)

/** The same for `import`, in a thread of Node's, which a version before 22.15 needs. */
const THREAD = `let here
export const initialize = (url) => { here = url }
export async function resolve(name, context, next) {
  try {
    return await next(name, context)
  } catch (error) {
    if (!${OWN}.test(name)) throw error
    return next(name, {...context, parentURL: here})
  }
}`

/** The part of CommonJS that resolves names; Node lets it be replaced, and loaders such as ts-node do so. */
interface Resolver {
  _resolveFilename(name: string, parent: unknown, ...rest: unknown[]): string
}

function registerForOldNode(): void {
  module.register(`data:text/javascript,${encodeURIComponent(THREAD)}`, {data: HERE})
  const resolver = module as unknown as Resolver
  const resolve = resolver._resolveFilename
  resolver._resolveFilename = function (this: unknown, name, ...rest) {
    try {
      return resolve.call(this, name, ...rest)
    } catch (error) {
      if (!OWN.test(name)) throw error
      return own(name)
    }
  }
}
