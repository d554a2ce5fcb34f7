import path from 'node:path'
import {pathToFileURL} from 'node:url'
import type {Pluggable} from 'unified'
import {UserError} from '../errors.ts'
import {plain} from '../plain.ts'
import {mergeRemote, type RemoteConfig} from '../remote/settings.ts'
import type {Rule, Severity} from '../rule.ts'
import {builtIn, presets} from '../rules.ts'
import type {PlatformName} from '../site/platforms.ts'
import {type ConfigSource, find, loadExtended, resolveFrom} from './files.ts'
import {firstLine} from './reading.ts'
import {checkRules, checkShape, isObject} from './shape.ts'

/** A rule's setting: how much it weighs, and its options. */
export type RuleSetting = Severity | [Severity, Record<string, unknown>?]

/** A configuration, as written in a file. */
export interface Config {
  /** For editors: where the JSON Schema of this file is. */
  $schema?: string
  /** `recommended` (the default), `strict`, a file, or a package; later ones win. */
  extends?: string | string[]
  /** Rules by name: `off`, `warn`, `error`, or a list of that and options. */
  rules?: Record<string, RuleSetting>
  /** Other settings for the files of some globs, relative to the configuration's folder; later ones win. */
  overrides?: {files: string | string[]; rules: Record<string, RuleSetting>}[]
  /** Globs of files that are never checked, even when they are named on the command line. */
  ignore?: string[]
  /** The platform of the whole tree, where it is not recognised. */
  site?: PlatformName
  /** remark-lint-* packages or files, each alone or as a list with its options. */
  plugins?: (string | [string, unknown] | Pluggable)[]
  /** Report `<!-- lint disable … -->` comments that switch nothing off. */
  reportUnusedDisables?: Severity
  /** The file of known problems that may stay for now, relative to the configuration's folder. */
  baseline?: string
  /** How remote images and links are asked for. */
  remote?: RemoteConfig
}

/** Help for whoever writes `doccheck.config.js`: types and completion. */
export const defineConfig = (config: Config): Config => config

/** A configuration ready for use. */
export interface Settings {
  /** The folder that globs are relative to. */
  folder: string
  /** Where it was read from, nearest first; empty without a file. */
  files: string[]
  ignore: string[]
  platform?: PlatformName
  plugins: [plugin: string | Pluggable, options?: unknown][]
  unusedDisables?: 'warn' | 'error'
  /** An absolute path. */
  baseline?: string
  remote: RemoteConfig
  layers: Layer[]
  /** All rules by name, those of plugins included. */
  known: Map<string, Rule>
}

/** Severities and options for the files that some globs fit; no globs fit all. */
export interface Layer {
  globs?: string[]
  rules: Record<string, RuleSetting>
}

/** Find, read and check the configuration. @throws UserError naming the file, the place and the nearest right name */
export async function loadConfig(source: ConfigSource): Promise<Settings> {
  const settings: Settings = {
    folder: source.stop,
    files: [],
    ignore: [],
    plugins: [],
    remote: {},
    layers: [],
    known: new Map(builtIn),
  }
  const found = source.none ? undefined : await find(source)
  if (found) {
    settings.folder = path.dirname(found.file)
    await apply(settings, found.config, found.file, [])
  }
  const extended = found && (found.config as Config | null)?.extends !== undefined
  if (!extended) settings.layers.unshift(preset('recommended'))
  if (source.rules) {
    checkRules(source.rules, settings.known, '--rule')
    settings.layers.push({rules: source.rules})
  }
  // The options of a rule may name files; they are read once, here.
  for (const {rules} of settings.layers) await readSchemas(rules, settings.folder)
  return settings
}

const preset = (name: string): Layer => ({
  rules: Object.fromEntries([...builtIn.values()].map((rule) => [rule.name, presets[name]!(rule)])),
})

/** Put one configuration on top of what is there; what it extends goes below it. */
async function apply(settings: Settings, given: unknown, file: string, above: string[]): Promise<void> {
  if (above.includes(file)) throw new UserError(`${file} extends itself: ${[...above, file].join(' → ')}`)
  const config = checkShape(given, file)
  settings.files.push(file)
  for (const name of [config.extends ?? []].flat()) {
    if (presets[name]) settings.layers.push(preset(name))
    else {
      const next = await loadExtended(name, file)
      await apply(settings, next.config, next.file, [...above, file])
    }
  }
  await loadPlugins(settings, config.plugins ?? [], file)
  if (config.rules) {
    checkRules(config.rules, settings.known, `${file}: rules`)
    settings.layers.push({rules: config.rules})
  }
  for (const [index, {files, rules}] of (config.overrides ?? []).entries()) {
    checkRules(rules, settings.known, `${file}: overrides[${index}].rules`)
    settings.layers.push({globs: [files].flat(), rules})
  }
  settings.ignore.push(...(config.ignore ?? []))
  if (config.site) settings.platform = config.site
  if (config.baseline !== undefined) settings.baseline = path.resolve(path.dirname(file), config.baseline)
  if (config.reportUnusedDisables === 'off') delete settings.unusedDisables
  else if (config.reportUnusedDisables) settings.unusedDisables = config.reportUnusedDisables
  settings.remote = mergeRemote(settings.remote, config.remote)
}

/** Plugins that are doccheck rules become rules by their own names; all others run as remark plugins. */
async function loadPlugins(
  settings: Settings,
  plugins: NonNullable<Config['plugins']>,
  file: string,
): Promise<void> {
  for (const entry of plugins) {
    const [plugin, options] = Array.isArray(entry)
      ? (entry as [string | Pluggable, unknown])
      : [entry as string | Pluggable]
    if (typeof plugin !== 'string') {
      settings.plugins.push([plugin, options])
      continue
    }
    const found = await resolveFrom(plugin, file, 'plugins')
    let made: Pluggable & {rule?: Rule}
    try {
      made = (await import(pathToFileURL(found).href)).default
    } catch (error) {
      throw new UserError(`${file}: plugins \`${plugin}\` cannot be loaded: ${firstLine(error)}`)
    }
    if (made === undefined || made === null)
      throw new UserError(`${file}: plugins \`${plugin}\` has no default export`)
    if (made.rule) {
      settings.known.set(made.rule.name, made.rule)
      settings.layers.push({
        rules: {[made.rule.name]: [made.rule.severity, (options ?? {}) as Record<string, unknown>]},
      })
    } else settings.plugins.push([made, options])
  }
}

/** A schema given as a file's path becomes its content. */
async function readSchemas(rules: Record<string, RuleSetting>, folder: string): Promise<void> {
  const setting = rules['front-matter']
  const schemas = Array.isArray(setting) ? setting[1]?.schemas : undefined
  if (!Array.isArray(schemas)) return
  const {readFile} = await import('node:fs/promises')
  const {parse} = await import('yaml')
  for (const entry of schemas) {
    if (!isObject(entry) || typeof entry.schema !== 'string') continue
    const file = path.resolve(folder, entry.schema)
    try {
      entry.schema = plain(parse(await readFile(file, 'utf8')))
    } catch (error) {
      throw new UserError(`The front matter schema ${file} cannot be read: ${firstLine(error)}`)
    }
  }
}
