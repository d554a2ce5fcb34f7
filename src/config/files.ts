import path from 'node:path'
import {presets} from '../../rules/index.ts'
import {UserError} from '../errors/errors.ts'
import {nearest} from '../text/nearest.ts'
import {isInside, realPath} from '../tree/inside.ts'
import type {Keys} from './formats.ts'
import {KeyFault, type Mention} from './key-fault.ts'
import type {FoundConfig} from './types.ts'

/** File name extensions of configurations that are programs. */
export const PROGRAMS: readonly string[] = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']

/** Manifests that may contain a configuration: the keys that lead to it, and the text that shows it. */
const MANIFESTS: ReadonlyMap<string, {keys: Keys; mark: RegExp}> = new Map([
  ['package.json', {keys: ['doccheck'], mark: /"doccheck"\s*:/}],
  ['package.yaml', {keys: ['doccheck'], mark: /^["']?doccheck["']?\s*:/m}],
  ['pyproject.toml', {keys: ['tool', 'doccheck'], mark: /^\s*\[\s*tool\s*\.\s*doccheck\b/m}],
])

const ENDS = ['.json', '.jsonc', '.yaml', '.yml', '.toml', ...PROGRAMS]

/** File names of a configuration, by precedence; a manifest counts only if it has the key. */
export const PLACES: readonly string[] = [
  'package.json',
  'package.yaml',
  '.doccheckrc',
  ...ENDS.map((end) => `.doccheckrc${end}`),
  ...ENDS.map((end) => `doccheck.config${end}`),
  'pyproject.toml',
]

/** The keys that lead to the configuration in a file; none unless it is a manifest, in a folder or a commit. */
export const manifestKeys = (file: string): Keys => MANIFESTS.get(baseName(file))?.keys ?? []

/** Is a file the manifest of a package? */
export const isManifest = (file: string): boolean => MANIFESTS.has(baseName(file))

/** May a manifest with this text contain a configuration? */
export const mentionsDoccheck = (file: string, text: string): boolean =>
  MANIFESTS.get(baseName(file))?.mark.test(text) ?? false

const baseName = (file: string) => path.basename(file)

/** Names of a configuration that is not read, such as `.doccheckrc.json5` and `doccheckrc.yaml`. */
const UNREAD = /^\.?doccheck(?:rc|\.config)(?:\.(?:json[5c]?|ya?ml|toml|ini|[cm]?[jt]sx?))?$/i

/** Names of data that may be a configuration, or a report that doccheck wrote. */
const DOUBTFUL = /^\.?doccheck\.(?:json[5c]?|ya?ml|toml)$/i

/**
 * Reject files that can only be meant as a configuration, but are not read as one.
 *
 * @param names The names in a folder.
 * @param below The names in its folder `.config`.
 * @param show Names a file of the folder in messages.
 * @returns the names of those that may be something else
 */
export function refuseUnread(
  names: readonly string[],
  below: readonly string[],
  show: (name: string) => string,
): string[] {
  const others = names.filter((name) => !PLACES.includes(name)).sort()
  const certain = others.find((name) => UNREAD.test(name))
  if (certain !== undefined) throw new UserError(notRead(show(certain)))
  const misplaced = below.find((name) => UNREAD.test(name) && !isManifest(name))
  if (misplaced !== undefined)
    throw new UserError(
      `The configuration ${show(`.config/${misplaced}`)} is not read: move it to the folder above`,
    )
  return others.filter((name) => DOUBTFUL.test(name))
}

/** Does a text have keys of a configuration, unlike a report of doccheck? */
export const hasKeysIn = (text: string): boolean =>
  /^[\s{[]*["']?(?:extends|rules|overrides|ignore|plugins|remote)["']?\s*[:=\].]/m.test(text)

/** The message about a second configuration of a folder. */
export const besides = (other: string, used: string): string =>
  `The configuration ${other} is ignored, since ${path.basename(used)} beside it comes first`

/** The message about a file that looks like a configuration, and is not read as one. */
export function notRead(file: string): string {
  // In a commit, the name follows a colon.
  const near = nearest(path.basename(file).replace(/^.*:/, ''), PLACES, 3)
  const hint = near
    ? `Did you mean "${near}"?`
    : 'Write it as ".doccheckrc.json", or in YAML, TOML or JavaScript.'
  return `The file ${file} is not read as a configuration. ${hint}`
}

/** Is a name in `extends` or `plugins` a path rather than a package? */
export const isPath = (name: string): boolean => /^\.{0,2}[/\\]|^\.{1,2}$|^[a-z]:/i.test(name)

/** Reject a name in `extends` that resembles a preset's. */
export function refuseMisspelt(name: string): void {
  const near = isPath(name) ? undefined : nearest(name, Object.keys(presets))
  if (near) throw new KeyFault(['extends'], `Unknown preset "${name}" in "extends". Did you mean "${near}"?`)
}

/**
 * Reject a path that a configuration may not name: one that strangers wrote must not make doccheck read or write files
 * outside the tree, or those of Git.
 *
 * @param place An absolute path.
 * @throws {@link KeyFault}
 */
export function refuseOutside(place: string, by: FoundConfig, {keys, words}: Mention, root: string): void {
  // The user may name any file, in a configuration that strangers cannot change.
  if (by.limit === undefined && !isInside(root, place)) return
  const real = realPath(place)
  const folder = [root, by.limit ?? root].map(realPath).find((each) => isInside(each, real))
  if (folder === undefined)
    throw new KeyFault(
      keys,
      `${words} leads out of the tree, to ${real}. Only a configuration outside the tree, named with --config, may name files there`,
    )
  if (/(?:^|[\\/])\.git(?:[\\/]|$)/i.test(path.relative(folder, real)))
    throw new KeyFault(keys, `${words} leads to git's own files, ${place}`)
}
