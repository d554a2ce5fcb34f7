import {readFileSync} from 'node:fs'

/** The version of doccheck, and where people can reach those who make it. */
export function about(): {version: string; contact: string} {
  const {version, homepage} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return {version, contact: homepage}
}
