import type {FrontMatter} from './types.ts'

/**
 * Reads one kind of front matter: sets its data and places, and adds syntax errors.
 *
 * @param source The text of the block without its fences.
 * @param offset The start of that text in the page.
 * @param needsPlaces Fill in the places.
 */
export type FrontMatterReader = (
  source: string,
  offset: number,
  found: FrontMatter,
  needsPlaces: boolean,
) => void

/** A JSON Pointer (RFC 6901) of keys and indices: `['a/b', 0]` → `/a~1b/0`. */
export const pointerTo = (path: readonly (string | number)[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The message for a duplicate key of an object. */
export const duplicateKey = (key: string) => `Unexpected duplicate key \`${key}\` in the front matter`

/** A parser's message in doccheck's frame: `Bad value:` → `Unexpected YAML in the front matter: bad value`. */
export const parserMessage = (language: string, message: string) =>
  `Unexpected ${language} in the front matter: ${message
    .split('\n')[0]!
    .replace(/[.:]$/, '')
    .replace(/^./, (letter) => letter.toLowerCase())}`
