import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import type {CosmiconfigResult, PublicExplorer} from 'cosmiconfig'
import type {Pluggable} from 'unified'
import type {ActiveRule} from './check.ts'
import {UserError} from './errors.ts'
import {nearest} from './nearest.ts'
import {mergeRemote, type RemoteConfig, remoteFault} from './remote/settings.ts'
import type {OptionValue, Rule, Severity} from './rule.ts'
import {builtIn, presets} from './rules.ts'
import {PLATFORMS, type PlatformName} from './site/platforms.ts'

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
interface Layer {
  globs?: string[]
  rules: Record<string, RuleSetting>
}

const KEYS = [
  '$schema',
  'extends',
  'rules',
  'overrides',
  'ignore',
  'site',
  'plugins',
  'reportUnusedDisables',
  'baseline',
  'remote',
]
const SEVERITIES = ['off', 'warn', 'error']

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

interface Found {
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
async function find({from, stop, file}: ConfigSource): Promise<Found | undefined> {
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
  ask: (explorer: PublicExplorer) => Promise<CosmiconfigResult>,
): Promise<Found | undefined> {
  const {cosmiconfig} = await import('cosmiconfig')
  const {pathToFileURL} = await import('node:url')
  // Node reads TypeScript by itself from 22.18 on; before that its own message says what is missing.
  const loadModule = async (name: string) => (await import(pathToFileURL(name).href)).default
  try {
    const explorer = cosmiconfig('doccheck', {
      searchPlaces: PLACES,
      searchStrategy: 'none',
      loaders: {'.ts': loadModule},
    })
    const result = await ask(explorer)
    if (!result) return
    if (result.isEmpty) throw new UserError(`${result.filepath} is empty, expected a configuration`)
    return {config: result.config, file: result.filepath}
  } catch (error) {
    if (error instanceof UserError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError(`There is no configuration file ${where}`)
    throw new UserError(
      `The configuration ${(error as {filepath?: string}).filepath ?? where} cannot be read: ${firstLine(error)}`,
    )
  }
}

const firstLine = (error: unknown) => (error as Error).message.split('\n')[0]

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

async function loadExtended(name: string, from: string): Promise<Found> {
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
async function resolveFrom(name: string, from: string, what: string): Promise<string> {
  const {createRequire} = await import('node:module')
  try {
    return createRequire(from).resolve(name)
  } catch {
    const hint = /^[./]/.test(name)
      ? 'there is no such file'
      : `it is not installed; \`npm install -D ${name}\` may help`
    throw new UserError(`${from}: ${what} \`${name}\` cannot be found: ${hint}`)
  }
}

/** Plugins that are doccheck rules become rules by their own names; all others run as remark plugins. */
async function loadPlugins(
  settings: Settings,
  plugins: NonNullable<Config['plugins']>,
  file: string,
): Promise<void> {
  const {pathToFileURL} = await import('node:url')
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

/** What kind of value each key takes, in words for the message and the schema. */
function checkShape(given: unknown, file: string): Config {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new UserError(`${file}: expected an object`)
  for (const [key, value] of Object.entries(given)) {
    if (!KEYS.includes(key)) throw new UserError(`${file}: unknown key \`${key}\`${orNearest(key, KEYS)}`)
    const fault = faultOf(key, value)
    if (fault) throw new UserError(`${file}: \`${key}\` ${fault}`)
  }
  return given as Config
}

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function faultOf(key: string, value: unknown): string | undefined {
  switch (key) {
    case 'extends':
      return typeof value === 'string' || isStrings(value) ? undefined : 'takes a name or a list of names'
    case 'ignore':
      return isStrings(value) ? undefined : 'takes a list of globs'
    case 'rules':
      return isObject(value) ? undefined : 'takes an object of rules by name'
    case 'plugins':
      return Array.isArray(value) ? undefined : 'takes a list'
    case 'baseline':
      return typeof value === 'string' ? undefined : 'takes a file name'
    case 'site':
      return (PLATFORMS as readonly unknown[]).includes(value)
        ? undefined
        : `is \`${value}\`, expected one of ${words(PLATFORMS)}`
    case 'reportUnusedDisables':
      return SEVERITIES.includes(value as string)
        ? undefined
        : `is \`${value}\`, expected one of ${words(SEVERITIES)}`
    case 'overrides':
      return overridesFault(value)
    case 'remote':
      return remoteFault(value, orNearest)
  }
}

function overridesFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'takes a list'
  for (const item of value) {
    if (
      !isObject(item) ||
      !(typeof item.files === 'string' || isStrings(item.files)) ||
      !isObject(item.rules)
    )
      return 'takes objects with `files`, a list of globs, and `rules`'
    const extra = Object.keys(item).find((key) => key !== 'files' && key !== 'rules')
    if (extra) return `has the unknown key \`${extra}\`${orNearest(extra, ['files', 'rules'])}`
  }
}

const words = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

const orNearest = (name: string, known: readonly string[]) => {
  const near = nearest(name, known)
  return `, expected ${near ? `\`${near}\`` : `one of ${words(known.filter((key) => key[0] !== '$'))}`}`
}

/** Check names, severities and options of rules. @param where What to call the place in a message. */
function checkRules(rules: Record<string, RuleSetting>, known: Map<string, Rule>, where: string): void {
  for (const [name, setting] of Object.entries(rules)) {
    const rule = known.get(name)
    if (!rule) throw new UserError(`${where}: unknown rule \`${name}\`${orNearest(name, [...known.keys()])}`)
    const [severity, options, ...more] = Array.isArray(setting) ? setting : [setting]
    if (!SEVERITIES.includes(severity))
      throw new UserError(
        `${where}: \`${name}\` has severity \`${String(severity)}\`${orNearest(String(severity), SEVERITIES)}`,
      )
    if (more.length > 0 || (options !== undefined && !isObject(options)))
      throw new UserError(
        `${where}: \`${name}\` takes a severity, or a list of a severity and an object of options`,
      )
    for (const [key, value] of Object.entries(options ?? {})) {
      const defaults = rule.options as Record<string, OptionValue>
      if (!(key in defaults)) {
        const names = Object.keys(defaults)
        throw new UserError(
          `${where}: \`${name}\` has no option \`${key}\`${names.length > 0 ? orNearest(key, names) : ''}`,
        )
      }
      const choices = (rule.choices as Record<string, readonly string[]> | undefined)?.[key]
      if (choices && !choices.includes(value as string))
        throw new UserError(
          `${where}: option \`${key}\` of \`${name}\` is \`${String(value)}\`${orNearest(String(value), choices)}`,
        )
      if (!sameKind(defaults[key]!, value))
        throw new UserError(`${where}: option \`${key}\` of \`${name}\` takes ${kindOf(defaults[key]!)}`)
    }
  }
}

const sameKind = (one: OptionValue, other: unknown) =>
  Array.isArray(one) ? Array.isArray(other) : typeof one === typeof other

const kindOf = (value: OptionValue) => (Array.isArray(value) ? 'a list' : `a ${typeof value}`)

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
      entry.schema = parse(await readFile(file, 'utf8'))
    } catch (error) {
      throw new UserError(`The front matter schema ${file} cannot be read: ${firstLine(error)}`)
    }
  }
}

/** Answers what holds for one file; paths are relative to the settings' folder. */
export interface Effective {
  rulesFor(path: string): readonly ActiveRule[]
  ignored(path: string): boolean
}

/** Make the answers; globs are compiled once, and files that the same globs fit share their rules. */
export async function effective(settings: Settings): Promise<Effective> {
  const globbed = settings.layers.some(({globs}) => globs) || settings.ignore.length > 0
  const match = globbed ? (await import('picomatch')).default : undefined
  const fits = settings.layers.map(({globs}) => (globs && match ? match(globs, {dot: true}) : () => true))
  const isIgnored = match && settings.ignore.length > 0 ? match(settings.ignore, {dot: true}) : () => false
  const cache = new Map<string, ActiveRule[]>()
  return {
    ignored: isIgnored,
    rulesFor: (file) => {
      const on = fits.map((matches) => matches(file))
      const key = on.join()
      let rules = cache.get(key)
      if (!rules) cache.set(key, (rules = merge(settings, on)))
      return rules
    },
  }
}

function merge({layers, known}: Settings, on: boolean[]): ActiveRule[] {
  const settings = new Map<string, {severity: Severity; options: Record<string, unknown>}>()
  for (const [index, {rules}] of layers.entries()) {
    if (!on[index]) continue
    for (const [name, setting] of Object.entries(rules)) {
      const [severity, options] = Array.isArray(setting) ? setting : [setting]
      // A severity alone keeps the options that were set before.
      settings.set(name, {severity, options: options ?? settings.get(name)?.options ?? {}})
    }
  }
  const active: ActiveRule[] = []
  for (const [name, {severity, options}] of settings) {
    const rule = known.get(name)!
    if (severity !== 'off') active.push({rule, severity, options: {...rule.options, ...options}})
  }
  return active
}
