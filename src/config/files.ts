import path from 'node:path'
import {presets} from '../../rules/index.ts'
import {UserError} from '../errors/errors.ts'
import {nearest} from '../text/nearest.ts'
import {isInside, realPath} from '../tree/inside.ts'
import type {FoundConfig} from './types.ts'
/** File names of a configuration, by precedence; `package.json` counts only with a `doccheck` key. */
export const PLACES = [
  'package.json',
  '.doccheckrc',
  ...['json', 'yaml', 'yml', 'js', 'mjs', 'cjs', 'ts'].map((end) => `.doccheckrc.${end}`),
  ...['js', 'mjs', 'cjs', 'ts'].map((end) => `doccheck.config.${end}`),
]

/** May a `package.json` contain a configuration? */
export const mentionsDoccheck = (manifest: string): boolean => /"doccheck"\s*:/.test(manifest)

/** Is a name in `extends` or `plugins` a path rather than a package? */
export const isPath = (name: string): boolean => /^\.{0,2}[/\\]|^\.{1,2}$|^[a-z]:/i.test(name)

/** Reject a name in `extends` that resembles a preset's. */
export function refuseMisspelt(name: string, by: FoundConfig): void {
  const near = isPath(name) ? undefined : nearest(name, Object.keys(presets))
  if (near) throw new UserError(`${by.name}: Unknown preset "${name}" in "extends". Did you mean "${near}"?`)
}

/**
 * Reject a path that a configuration may not name: one that strangers wrote must not make doccheck read or write files
 * outside the tree, or those of Git.
 *
 * @param place An absolute path.
 * @param what The key that names it.
 */
export function refuseOutside(place: string, by: FoundConfig, what: string, root: string): void {
  // The user may name any file, in a configuration that strangers cannot change.
  if (by.limit === undefined && !isInside(root, place)) return
  const real = realPath(place)
  const folder = [root, by.limit ?? root].map(realPath).find((each) => isInside(each, real))
  if (folder === undefined)
    throw new UserError(
      `${by.name}: ${what} leads out of the tree, to ${real}. Only a configuration outside the tree, named with --config, may name files there`,
    )
  if (/(?:^|[\\/])\.git(?:[\\/]|$)/i.test(path.relative(folder, real)))
    throw new UserError(`${by.name}: ${what} leads to git's own files, ${place}`)
}
