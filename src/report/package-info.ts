import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {pathToFileURL} from 'node:url'

/** The package finds itself by its name, from its sources as from the bundle, which lie at different depths. */
const manifest = () => createRequire(import.meta.url).resolve('doccheck-cli/package.json')

/** The URL of a file that the package ships unbundled, by its path from the package's root. */
export const packageFile = (path: string): URL => new URL(path, pathToFileURL(manifest()))

/** The version of doccheck, and where people can reach those who make it. */
export function packageInfo(): {version: string; contact: string} {
  const {version, homepage} = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'))
  return {version, contact: homepage}
}
