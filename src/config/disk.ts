import {accessSync, constants, readdirSync, type Stats, statSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import type {CosmiconfigResult} from 'cosmiconfig'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {rootOf} from '../tree/disk.ts'
import {isInside, realPath} from '../tree/inside.ts'
import {placeOfPackage, refuseOthers} from '../tree/owner.ts'
import {readText} from '../tree/read.ts'
import {makeExplorer} from './explorer.ts'
import {
  besides,
  hasKeysIn,
  isManifest,
  isPath,
  mentionsDoccheck,
  notRead,
  PLACES,
  refuseMisspelt,
  refuseOutside,
  refuseUnread,
} from './files.ts'
import {KeyFault, type Mention} from './key-fault.ts'
import {isProgram, type ReadConfig, unreadable} from './reading.ts'
import type {ConfigFiles, ConfigSource, FoundConfig} from './types.ts'

/** Configurations on disk. */
export function diskFiles(source: ConfigSource): ConfigFiles {
  const {stop: root, file, noCode} = source
  return {
    find: async (warn) => {
      if (file === undefined) return search(source, warn)
      const limit = limitOf(file, root, true)
      if (limit !== undefined) refuseIrregular(file)
      const found = await read(file, noCode)
      // A manifest without the key, or a file with comments only.
      if (!found) throw new UserError(`The configuration ${file} is empty`)
      return {...found, limit}
    },
    at: async (place) => {
      const limit = limitOf(place, root)
      const found = await firstOf([place].filter(mayHold), noCode, source.from)
      return found && {...found, limit}
    },
    extended: async (name, by) => {
      refuseMisspelt(name)
      const {file, limit} = resolveModule(name, by, 'extends', source)
      if (limit !== undefined) refuseIrregular(file)
      const found = await read(file, noCode)
      if (!found) throw new UserError(`The configuration ${file} is empty`)
      return {...found, limit}
    },
    text: async (file, by, what) => {
      refuseOutside(file, by, what, root)
      if (!statOf(file)) return
      try {
        return readText(file)
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error
        throw new UserError(`${file}: ${error.message}`)
      }
    },
    nameOf: (file) => file,
  }
}

/** Search from a folder upwards. */
async function search(
  {from, stop, noCode}: ConfigSource,
  warn: (what: string) => void,
): Promise<FoundConfig | undefined> {
  const doubtful: string[] = []
  for (let folder = from; ; folder = path.dirname(folder)) {
    const names = namesIn(folder)
    const show = (name: string) => path.join(folder, name)
    const unread = refuseUnread(names, namesIn(path.join(folder, '.config')), show)
    doubtful.push(...unread.map(show).filter(hasKeys))
    const places = placesIn(folder, names)
    for (const place of places) limitOf(place, stop)
    const found = await firstOf(places, noCode, from)
    if (found) {
      for (const place of places.slice(places.indexOf(found.file) + 1)) warn(besides(place, found.file))
      return {...found, limit: limitOf(found.file, stop)}
    }
    if (folder === stop || path.dirname(folder) === folder) break
  }
  for (const file of doubtful) warn(notRead(file))
  return
}

/** The first configuration of a folder that is not empty; cosmiconfig is loaded only if there is a candidate to read. */
async function firstOf(
  places: readonly string[],
  noCode: string | undefined,
  from: string,
): Promise<Omit<FoundConfig, 'limit'> | undefined> {
  const [first] = places
  if (first === undefined) return
  // Cosmiconfig passes over files that it may not read.
  for (const file of places) await reading(file, () => accessSync(file, constants.R_OK))
  const names = places.map((file) => path.basename(file))
  const explorer = await makeExplorer(names, noCode, (file) =>
    refuseOthers(file, from, `The configuration ${file}`, `--config ${file} runs it, --no-config ignores it`),
  )
  return asFound(await reading(first, () => explorer.search(path.dirname(first))))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // An unreadable folder contains no readable configuration.
    return []
  }
}

/** Does a file have keys of a configuration, unlike a report of doccheck? */
function hasKeys(file: string): boolean {
  try {
    return hasKeysIn(readText(file))
  } catch {
    return false
  }
}

/** The files of a folder that may contain a configuration, by precedence. */
function placesIn(folder: string, names: readonly string[]): string[] {
  const here = new Set(names)
  return PLACES.filter((name) => here.has(name))
    .map((name) => path.join(folder, name))
    .filter(mayHold)
}

function mayHold(file: string): boolean {
  const stat = statOf(file)
  if (!stat || stat.isDirectory()) return false
  if (!isManifest(file)) {
    refuseIrregular(file)
    return stat.size > 0
  }
  try {
    return stat.isFile() && mentionsDoccheck(file, readText(file))
  } catch {
    return false
  }
}

/** The status of a file; undefined if it does not exist, or is a symlink loop. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file)
  } catch {
    return undefined
  }
}

/** Reject a pipe or a device, since reading it may never end. */
function refuseIrregular(file: string): void {
  const stat = statOf(file)
  if (stat && !stat.isFile() && !stat.isDirectory())
    throw new UserError(`The configuration ${file} is not a regular file`)
}

/**
 * The folder whose files a configuration may name: its tree; undefined for a configuration outside, which the user
 * named.
 *
 * @throws {@link UserError} if a symlink of the tree leads to one outside
 */
function limitOf(file: string, root: string, isNamed = false): string | undefined {
  const [real, top] = [realPath(file), realPath(root)]
  if (isInside(top, real)) return root
  if (isInside(root, file) || isInside(top, file))
    throw new UserError(
      `The configuration ${file} is a symlink out of the tree, to ${real}. Name that file itself with --config`,
    )
  return isNamed ? undefined : limitOf(file, rootOf(path.dirname(file)).root)
}

/** Read a file; undefined if it is empty. */
async function read(
  file: string,
  noCode: string | undefined,
): Promise<Omit<FoundConfig, 'limit'> | undefined> {
  const explorer = await makeExplorer([], noCode)
  return asFound(await reading(file, () => explorer.load(file)))
}

/** What cosmiconfig found; undefined if that is empty. */
function asFound(result: CosmiconfigResult): Omit<FoundConfig, 'limit'> | undefined {
  const found: ReadConfig | undefined = result?.config
  return found && {...found, file: result!.filepath, name: result!.filepath}
}

/** Run what reads a file, with a message for the user if it fails. */
async function reading<Result>(file: string, run: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof UserError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError(`Cannot find the configuration ${file}`)
    throw unreadable((error as {filepath?: string}).filepath ?? file, error)
  }
}

/**
 * Resolve a module as Node would, and check that a configuration may name it.
 *
 * @param what The key that names it.
 * @throws {@link KeyFault}
 */
export function resolveModule(
  name: string,
  by: FoundConfig,
  what: string,
  source: ConfigSource,
): {file: string; limit: string | undefined} {
  const {stop: root, noCode} = source
  const key: Mention = {keys: [what], words: `"${name}" in "${what}"`}
  // Checked first, so that not even the existence of a file outside is disclosed.
  if (isPath(name)) refuseOutside(path.resolve(path.dirname(by.file), name), by, key, root)
  else if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(name))
    throw new KeyFault(key.keys, `${key.words} is not the name of a package`)
  const file = resolve(name, by, key)
  if (what === 'plugins' || isProgram(file)) refuseUnnamed(file, name, by, key, source)
  if (isInside(realPath(root), realPath(file))) {
    refuseOutside(file, by, key, root)
    return {file, limit: root}
  }
  if (isPath(name) || by.limit === undefined) {
    refuseOutside(file, by, key, root)
    return {file, limit: by.limit}
  }
  return {file, limit: packagesAround(file, key, noCode)}
}

/** Reject a program of another user's, unless the configuration that it belongs to was named on the command line. */
function refuseUnnamed(
  file: string,
  name: string,
  by: FoundConfig,
  key: Mention,
  source: ConfigSource,
): void {
  if (source.file !== undefined || source.noCode !== undefined) return
  const place = isPath(name) ? file : placeOfPackage(name, path.dirname(by.file), file)
  refuseOthers(
    place,
    source.from,
    `${by.name}: ${key.words}`,
    `--config ${by.file} runs it, --no-config ignores it`,
  )
}

function resolve(name: string, by: FoundConfig, {keys, words}: Mention): string {
  try {
    return createRequire(by.file).resolve(name)
  } catch {
    const hint = isPath(name)
      ? 'there is no such file'
      : `it is not installed; try \`npm install -D ${name}\``
    throw new KeyFault(keys, `Cannot find ${words}: ${hint}`)
  }
}

/**
 * The folder of packages around a file outside of the tree; for a program that is symlinked into such a folder, its
 * own. A file that is read, not run, may not be symlinked there, since the tree can contain such symlinks.
 */
function packagesAround(file: string, {keys, words}: Mention, noCode: string | undefined): string {
  const mark = `${path.sep}node_modules${path.sep}`
  const at = file.lastIndexOf(mark)
  if (at !== -1) return file.slice(0, at + mark.length - 1)
  if (noCode === undefined && isProgram(file)) return rootOf(path.dirname(file)).root
  throw new KeyFault(
    keys,
    `${words} leads out of the tree, to ${file}, which is not in a node_modules folder`,
  )
}
