import {readFileSync} from 'node:fs'

/** A file that is shipped as it is, by its path from the package's root: the same from sources and from the bundle. */
export const shipped = (path: string): URL => new URL(`../${path}`, import.meta.url)

/** The version of doccheck, and where people can reach those who make it. */
export function about(): {version: string; contact: string} {
  const {version, homepage} = JSON.parse(readFileSync(shipped('package.json'), 'utf8'))
  return {version, contact: homepage}
}
