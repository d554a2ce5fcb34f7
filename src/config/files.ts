import path from 'node:path'
import {UserError} from '../errors.ts'
import {nearest} from '../nearest.ts'
import {presets} from '../rules.ts'
import {isBelow, realPlace} from '../tree/inside.ts'
import type {RuleSetting} from './config.ts'

/** Where to look for a configuration. */
export interface ConfigSource {
  /** The folder to look from, upwards. */
  from: string
  /** Look no higher than this folder, the root of the tree. */
  stop: string
  /** A file that must exist, instead of a search. */
  file?: string
  /** Take none at all. */
  none?: boolean
  /** Settings from the command line, which win over all others. */
  rules?: Record<string, RuleSetting>
  /** The option because of which no program is run. */
  noCode?: string
  /** Read it from a commit, not from the folder. */
  commit?: ConfigCommit
}

/** A commit that a configuration is read from. */
export interface ConfigCommit {
  /** As the user named it. */
  ref: string
  /** The text of a file, by its path from the root; nothing where there is none. @throws {@link UnreadableError} */
  read(file: string): Promise<string | undefined>
}

/** A configuration as it was read. */
export interface Found {
  config: unknown
  /** An absolute path; of a file that was read from a commit, the one it has in the folder. */
  file: string
  /** What to call it in messages. */
  name: string
  /** The folder that it may name files of, besides the tree; left out, it may name any. */
  limit: string | undefined
}

/** Where configurations are read from, and the files that they name. */
export interface ConfigFiles {
  find(): Promise<Found | undefined>
  /** Find and read what a configuration extends. */
  extended(name: string, by: Found): Promise<Found>
  /**
   * The text of a file that a configuration names.
   *
   * @param what The key that names it.
   * @returns nothing where there is no such file.
   * @throws {@link UserError} for one that it may not name, or that is no text
   */
  text(file: string, by: Found, what: string): Promise<string | undefined>
  /** What to call a file in messages. */
  nameOf(file: string): string
}

/** File names of a configuration, first ones first; `package.json` counts when it has a `doccheck` key. */
export const PLACES = [
  'package.json',
  '.doccheckrc',
  ...['json', 'yaml', 'yml', 'js', 'mjs', 'cjs', 'ts'].map((end) => `.doccheckrc.${end}`),
  ...['js', 'mjs', 'cjs', 'ts'].map((end) => `doccheck.config.${end}`),
]

/** Whether a `package.json` may hold a configuration. */
export const mentionsDoccheck = (manifest: string): boolean => /"doccheck"\s*:/.test(manifest)

/** Is what a configuration extends, or a plugin, named by a path, not as a package? */
export const isPath = (name: string): boolean => /^\.{0,2}[/\\]|^\.{1,2}$|^[a-z]:/i.test(name)

/** Refuse a name that nearly is a preset's. */
export function refuseMisspelt(name: string, by: Found): void {
  const near = isPath(name) ? undefined : nearest(name, Object.keys(presets))
  if (near) throw new UserError(`${by.name}: extends \`${name}\` is no preset, expected \`${near}\``)
}

/**
 * Refuse a place that a configuration may not name: what strangers write into one is not to bring about that other
 * files of this machine are read or written, or git's own.
 *
 * @param place An absolute path.
 * @param what The key that names it.
 */
export function refuseOutside(place: string, by: Found, what: string, root: string): void {
  // Whoever runs doccheck may name any file, by a path that strangers have no hand in.
  if (by.limit === undefined && !isBelow(root, place)) return
  const real = realPlace(place)
  const folder = [root, by.limit ?? root].map(realPlace).find((each) => isBelow(each, real))
  if (folder === undefined)
    throw new UserError(
      `${by.name}: ${what} leads out of the tree, to ${real}; only a configuration outside of the tree, named with --config, may name files there`,
    )
  if (/(?:^|[\\/])\.git(?:[\\/]|$)/i.test(path.relative(folder, real)))
    throw new UserError(`${by.name}: ${what} leads to git's own files: ${place}`)
}
