import {readdirSync, type Stats, statSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {UnreadableError, UserError} from '../errors/errors.ts'
import {rootOf} from '../tree/disk.ts'
import {isInside, realPath} from '../tree/inside.ts'
import {placeOfPackage, refuseOthers} from '../tree/owner.ts'
import {readText} from '../tree/read.ts'
import {isPath, mentionsDoccheck, PLACES, refuseMisspelt, refuseOutside} from './files.ts'
import {type Explorer, isProgram, makeExplorer, unreadable} from './reading.ts'
import type {ConfigFiles, ConfigSource, FoundConfig} from './types.ts'

/** Configurations on disk. */
export function diskFiles(source: ConfigSource): ConfigFiles {
  const {stop: root, file, noCode} = source
  return {
    find: async () => {
      if (file === undefined) return search(source)
      const limit = limitOf(file, root, true)
      if (limit !== undefined) refuseIrregular(file)
      const found = await read(file, await makeExplorer(PLACES, noCode))
      // A manifest without the key, or a file with comments only.
      if (!found) throw new UserError(`The configuration ${file} is empty`)
      return {...found, name: found.file, limit}
    },
    extended: async (name, by) => {
      refuseMisspelt(name, by)
      const {file, limit} = resolveModule(name, by, 'extends', source)
      if (limit !== undefined) refuseIrregular(file)
      const found = await read(file, await makeExplorer(PLACES, noCode))
      const config = found?.config as {default?: unknown} | undefined
      return {config: config?.default ?? config, file, name: file, limit}
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

/** Search from a folder upwards; cosmiconfig is loaded only once there is a candidate to read. */
async function search({from, stop, noCode}: ConfigSource): Promise<FoundConfig | undefined> {
  const permit = (file: string) =>
    refuseOthers(file, from, `The configuration ${file}`, `--config ${file} runs it, --no-config ignores it`)
  for (let folder = from; ; folder = path.dirname(folder)) {
    const places = placesIn(folder)
    for (const place of places) limitOf(path.join(folder, place), stop)
    const found =
      places.length > 0 ? await read(folder, await makeExplorer(places, noCode, permit), 'search') : undefined
    if (found) return {...found, name: found.file, limit: limitOf(found.file, stop)}
    if (folder === stop || path.dirname(folder) === folder) return
  }
}

/** The files of a folder that may contain a configuration, by precedence. */
function placesIn(folder: string): string[] {
  let names: ReadonlySet<string>
  try {
    names = new Set(readdirSync(folder))
  } catch {
    // An unreadable folder contains no readable configuration.
    return []
  }
  return PLACES.filter((name) => names.has(name) && mayHold(path.join(folder, name)))
}

function mayHold(file: string): boolean {
  const stat = statOf(file)
  if (!stat || stat.isDirectory()) return false
  if (path.basename(file) !== 'package.json') {
    refuseIrregular(file)
    return true
  }
  try {
    return stat.isFile() && mentionsDoccheck(readText(file))
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

/** Read a file, or the first one of a folder, with cosmiconfig. */
async function read(
  where: string,
  explorer: Explorer,
  how: keyof Explorer = 'load',
): Promise<Pick<FoundConfig, 'config' | 'file'> | undefined> {
  try {
    const result = await explorer[how](where)
    if (!result) return
    if (result.isEmpty) throw new UserError(`The configuration ${result.filepath} is empty`)
    return {config: result.config, file: result.filepath}
  } catch (error) {
    if (error instanceof UserError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError(`Cannot find the configuration ${where}`)
    throw unreadable((error as {filepath?: string}).filepath ?? where, error)
  }
}

/**
 * Resolve a module as Node would, and check that a configuration may name it.
 *
 * @param what The key that names it.
 */
export function resolveModule(
  name: string,
  by: FoundConfig,
  what: string,
  source: ConfigSource,
): {file: string; limit: string | undefined} {
  const {stop: root, noCode} = source
  const key = `"${name}" in "${what}"`
  // Checked first, so that not even the existence of a file outside is disclosed.
  if (isPath(name)) refuseOutside(path.resolve(path.dirname(by.file), name), by, key, root)
  else if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(name))
    throw new UserError(`${by.name}: ${key} is not the name of a package`)
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
  return {file, limit: packagesAround(file, by, key, noCode)}
}

/** Reject a program of another user's, unless the configuration that it belongs to was named on the command line. */
function refuseUnnamed(file: string, name: string, by: FoundConfig, key: string, source: ConfigSource): void {
  if (source.file !== undefined || source.noCode !== undefined) return
  const place = isPath(name) ? file : placeOfPackage(name, path.dirname(by.file), file)
  refuseOthers(
    place,
    source.from,
    `${by.name}: ${key}`,
    `--config ${by.file} runs it, --no-config ignores it`,
  )
}

function resolve(name: string, by: FoundConfig, key: string): string {
  try {
    return createRequire(by.file).resolve(name)
  } catch {
    const hint = isPath(name)
      ? 'there is no such file'
      : `it is not installed; try \`npm install -D ${name}\``
    throw new UserError(`${by.name}: Cannot find ${key}: ${hint}`)
  }
}

/**
 * The folder of packages around a file outside of the tree; for a program that is symlinked into such a folder, its
 * own. A file that is read, not run, may not be symlinked there, since the tree can contain such symlinks.
 */
function packagesAround(file: string, by: FoundConfig, key: string, noCode: string | undefined): string {
  const mark = `${path.sep}node_modules${path.sep}`
  const at = file.lastIndexOf(mark)
  if (at !== -1) return file.slice(0, at + mark.length - 1)
  if (noCode === undefined && isProgram(file)) return rootOf(path.dirname(file)).root
  throw new UserError(
    `${by.name}: ${key} leads out of the tree, to ${file}, which is not in a node_modules folder`,
  )
}
