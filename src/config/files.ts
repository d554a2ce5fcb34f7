import {readdirSync, readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import path from 'node:path'
import {UserError} from '../errors.ts'
import {nearest} from '../nearest.ts'
import {presets} from '../rules.ts'
import type {RuleSetting} from './config.ts'
import {type Explorer, makeExplorer, unreadable} from './reading.ts'

/** Where to look for a configuration. */
export interface ConfigSource {
  /** The folder to look from, upwards. */
  from: string
  /** Look no higher than this folder. */
  stop: string
  /** A file that must exist, instead of a search. */
  file?: string
  /** Take none at all. */
  none?: boolean
  /** Settings from the command line, which win over all others. */
  rules?: Record<string, RuleSetting>
}

/** A configuration as it was read, and its file. */
export interface Found {
  config: unknown
  file: string
}

/** File names of a configuration, first ones first; `package.json` counts when it has a `doccheck` key. */
export const PLACES = [
  'package.json',
  '.doccheckrc',
  ...['json', 'yaml', 'yml', 'js', 'mjs', 'cjs', 'ts'].map((end) => `.doccheckrc.${end}`),
  ...['js', 'mjs', 'cjs', 'ts'].map((end) => `doccheck.config.${end}`),
]

/** Look from a folder upwards; cosmiconfig is only loaded once there is something for it to read. */
export async function find({from, stop, file}: ConfigSource): Promise<Found | undefined> {
  if (file !== undefined) return read(file, (explorer) => explorer.load(file))
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (mayHold(folder)) {
      const found = await read(folder, (explorer) => explorer.search(folder))
      if (found) return found
    }
    if (folder === stop || path.dirname(folder) === folder) return
  }
}

function mayHold(folder: string): boolean {
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => PLACES.includes(name))
    return names.some(
      (name) =>
        name !== 'package.json' || /"doccheck"\s*:/.test(readFileSync(path.join(folder, name), 'utf8')),
    )
  } catch {
    // A folder that cannot be read holds nothing for us.
    return false
  }
}

/** Let cosmiconfig read a file, or the first one of a folder. */
async function read(
  where: string,
  ask: (explorer: Explorer) => ReturnType<Explorer['load']>,
): Promise<Found | undefined> {
  try {
    const result = await ask(await makeExplorer(PLACES))
    if (!result) return
    if (result.isEmpty) throw new UserError(`${result.filepath} is empty, expected a configuration`)
    return {config: result.config, file: result.filepath}
  } catch (error) {
    if (error instanceof UserError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError(`There is no configuration file ${where}`)
    throw unreadable((error as {filepath?: string}).filepath ?? where, error)
  }
}

/** Find what a configuration extends, as Node would find a module, and read it. */
export async function loadExtended(name: string, from: string): Promise<Found> {
  if (!/^[./]|^[a-z]:/i.test(name) && presets[name] === undefined) {
    const near = nearest(name, Object.keys(presets))
    if (near) throw new UserError(`${from}: extends \`${name}\` is no preset, expected \`${near}\``)
  }
  const file = await resolveFrom(name, from, 'extends')
  const found = await read(file, (explorer) => explorer.load(file))
  const config = found?.config as {default?: unknown} | undefined
  return {config: config?.default ?? config, file}
}

/** Find a module as Node would from a file. */
export async function resolveFrom(name: string, from: string, what: string): Promise<string> {
  try {
    return createRequire(from).resolve(name)
  } catch {
    const hint = /^[./]/.test(name)
      ? 'there is no such file'
      : `it is not installed; \`npm install -D ${name}\` may help`
    throw new UserError(`${from}: ${what} \`${name}\` cannot be found: ${hint}`)
  }
}
