import {existsSync} from 'node:fs'
import path from 'node:path'
import {UserError} from '../errors/errors.ts'
import {testDataAround} from '../text/test-data.ts'
import {configFiles, loadConfig} from './config.ts'
import {effective} from './effective.ts'
import {isManifest, PLACES} from './files.ts'
import type {ConfigSource, FoundConfig, Settings} from './types.ts'

/** Each manifest of a monorepo would have to be read, to see whether it has the key. */
const NAMES = PLACES.filter((name) => !isManifest(name))

/** Keys that concern a whole run, and so have no effect in a folder below. */
const OF_RUNS = ['testData', 'site', 'sites', 'reportUnusedDisables', 'baseline', 'remote']

/**
 * Load the configurations in folders below that of the one in use. Each replaces it for the files in its folder, unless it
 * extends it.
 *
 * @param names All files of the tree, relative to its root.
 * @param pages The files that are checked; configurations that apply to none of them are not loaded. By default, those of
 *   test data and of ignored folders are not.
 */
export async function addNested(
  settings: Settings,
  source: ConfigSource,
  names: Iterable<string>,
  pages?: Iterable<string>,
): Promise<void> {
  // One that was named on the command line, or given by a program, is the only one.
  if (source.none || source.file !== undefined || source.given) return
  const top = path.relative(source.stop, settings.folder).split(path.sep).join('/')
  const files = nestedFiles(names, top)
  if (files.size === 0) return
  const {ignored} = await effective(settings)
  const applied = pages
    ? new Set([...pages].map((page) => nearest(page, files)))
    : [...files.keys()].filter(
        (folder) => !testDataAround(`${folder}/x.md`) && !ignored(path.posix.relative(top, `${folder}/x.md`)),
      )
  for (const folder of applied)
    if (folder !== undefined) await load(settings, source, path.join(source.stop, folder, files.get(folder)!))
}

/** The configurations in the folders around a file, as paths from the root of the tree; the file need not exist. */
export function namesAround(file: string, root: string): string[] {
  const found: string[] = []
  for (let at = path.posix.dirname(file); at !== '.' && at !== '/'; at = path.posix.dirname(at))
    found.push(...NAMES.map((name) => `${at}/${name}`).filter((name) => existsSync(path.join(root, name))))
  return found
}

/** The configuration of each folder below the given one. */
function nestedFiles(names: Iterable<string>, top: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of names) {
    // Nearly no file of a tree has such a name.
    if (!/(?:^|\/)\.?doccheck[^/]*$/.test(file)) continue
    const [folder, name] = [path.posix.dirname(file), path.posix.basename(file)]
    const isBelow = folder !== '.' && (top === '' || folder.startsWith(`${top}/`))
    if (!isBelow || !NAMES.includes(name)) continue
    const other = found.get(folder)
    if (other === undefined || NAMES.indexOf(name) < NAMES.indexOf(other)) found.set(folder, name)
  }
  return found
}

/** The nearest of some folders around a file. */
function nearest(file: string, folders: ReadonlyMap<string, unknown>): string | undefined {
  for (let at = path.posix.dirname(file); at !== '.'; at = path.posix.dirname(at))
    if (folders.has(at)) return at
  return
}

async function load(top: Settings, source: ConfigSource, file: string): Promise<void> {
  const found = await configFiles(source).at(file)
  if (!found) return
  const settings = await loadConfig({...source, given: found})
  for (const key of Object.keys(found.config as object))
    if (OF_RUNS.includes(key))
      top.warnings.push(
        `${await found.at([key])}: "${key}" has no effect in a run from ${top.folder}, only in one from this folder`,
      )
  await refuseRemark(settings, top, found)
  top.nested.push(settings)
}

/** Reject plugins of remark that do not run on all pages. */
async function refuseRemark({plugins}: Settings, top: Settings, {at}: FoundConfig): Promise<void> {
  const shared = new Set(top.plugins.map(([plugin]) => plugin))
  if (plugins.some(([plugin]) => !shared.has(plugin)))
    throw new UserError(
      `${await at(['plugins'])}: Plugins of remark run on all pages: name them in the configuration of ${top.folder}`,
    )
}
