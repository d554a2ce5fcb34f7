import path from 'node:path'
import type {Pluggable} from 'unified'
import {builtIn, presets} from '../../rules/index.ts'
import {isObject} from '../data/plain.ts'
import {parseYaml} from '../data/yaml.ts'
import {UserError} from '../errors/errors.ts'
import type {RemoteConfig} from '../remote/schema.ts'
import {mergeRemote} from '../remote/settings.ts'
import type {Rule} from '../rule/types.ts'
import {checkRules} from './check-rules.ts'
import {committedFiles} from './commit.ts'
import {diskFiles, resolveModule} from './disk.ts'
import {refuseOutside} from './files.ts'
import {importDefault} from './modules.ts'
import {firstLine} from './reading.ts'
import type {Config, RuleSetting} from './schema.ts'
import type {ConfigFiles, ConfigSource, FoundConfig, Layer, Settings} from './types.ts'

/** Help for whoever writes `doccheck.config.js`: types and completion. */
export const defineConfig = (config: Config): Config => config

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
  const files = source.commit ? committedFiles(source, source.commit) : diskFiles(source)
  const found = source.none ? undefined : await files.find()
  if (found) {
    settings.folder = path.dirname(found.file)
    await apply({settings, source, files}, found, [])
  }
  const extended = found && (found.config as Config | null)?.extends !== undefined
  if (!extended) settings.layers.unshift(preset('recommended'))
  if (source.rules) {
    const {rules} = source
    checkRules(rules, settings.known, '--rule')
    settings.layers.push({rules})
    const user: FoundConfig = {config: {rules}, file: source.from, name: '--rule', limit: undefined}
    await readSchemas(rules, user, settings.folder, diskFiles(source))
  }
  return settings
}

/** What a configuration is put into, and where it and the files that it names come from. */
interface Loading {
  settings: Settings
  source: ConfigSource
  files: ConfigFiles
}

const preset = (name: string): Layer => ({
  rules: Object.fromEntries([...builtIn.values()].map((rule) => [rule.name, presets[name]!(rule)])),
})

/** Where each of a row of files extends the next one twice, thirty are a billion. */
const MOST_FILES = 200

/** Put one configuration on top of what is there; what it extends goes below it. */
async function apply(loading: Loading, found: FoundConfig, above: string[]): Promise<void> {
  const {settings, files} = loading
  const {name, file} = found
  if (above.includes(name)) throw new UserError(`${name} extends itself: ${[...above, name].join(' → ')}`)
  if (settings.files.length >= MOST_FILES)
    throw new UserError(
      `${settings.files[0]} extends more than ${MOST_FILES} files, counted as often as they are named`,
    )
  // Only a run with a configuration needs the schema.
  const {checkConfig} = await import('./schema.ts')
  const config = checkConfig(found.config, name)
  settings.files.push(name)
  for (const each of [config.extends ?? []].flat()) {
    if (Object.hasOwn(presets, each)) settings.layers.push(preset(each))
    else await apply(loading, await files.extended(each, found), [...above, name])
  }
  await loadPlugins(loading, config.plugins ?? [], found)
  if (config.rules) {
    checkRules(config.rules, settings.known, `${name}: rules`)
    settings.layers.push({rules: config.rules})
  }
  for (const [index, {files, rules}] of (config.overrides ?? []).entries()) {
    checkRules(rules, settings.known, `${name}: overrides[${index}].rules`)
    settings.layers.push({globs: [files].flat(), rules})
  }
  // The options of a rule may name files; they are read once, here.
  for (const {rules = {}} of [config, ...(config.overrides ?? [])])
    await readSchemas(rules, found, settings.folder, files)
  settings.ignore.push(...(config.ignore ?? []))
  if (config.site) settings.platform = config.site
  if (config.baseline !== undefined)
    await setBaseline(loading, path.resolve(path.dirname(file), config.baseline), found)
  if (config.reportUnusedDisables === 'off') delete settings.unusedDisables
  else if (config.reportUnusedDisables) settings.unusedDisables = config.reportUnusedDisables
  setRemote(loading, config.remote, found)
}

async function setBaseline(
  {settings, source, files}: Loading,
  place: string,
  by: FoundConfig,
): Promise<void> {
  refuseOutside(place, by, 'baseline', source.stop)
  settings.baseline = place
  if (source.commit)
    settings.committed = {name: files.nameOf(place), text: await files.text(place, by, 'baseline')}
}

function setRemote({settings, source}: Loading, remote: RemoteConfig | undefined, by: FoundConfig): void {
  const location = remote?.cache ? remote.cache.location : undefined
  if (location !== undefined)
    refuseOutside(path.resolve(settings.folder, location), by, 'remote.cache.location', source.stop)
  settings.remote = mergeRemote(settings.remote, remote)
}

const nameOfPlugin = (entry: NonNullable<Config['plugins']>[number]): string =>
  `\`${String(Array.isArray(entry) ? entry[0] : entry)}\``

/** Plugins that are doccheck rules become rules by their own names; all others run as remark plugins. */
async function loadPlugins(
  {settings, source}: Loading,
  plugins: NonNullable<Config['plugins']>,
  by: FoundConfig,
): Promise<void> {
  if (plugins.length > 0 && source.noCode !== undefined)
    throw new UserError(
      `${by.name}: plugins ${plugins.map(nameOfPlugin).join(', ')} are programs, and ${source.noCode} runs none`,
    )
  for (const entry of plugins) {
    const [plugin, options] = Array.isArray(entry)
      ? (entry as [string | Pluggable, unknown])
      : [entry as string | Pluggable]
    if (typeof plugin !== 'string') {
      settings.plugins.push([plugin, options])
      continue
    }
    const {file} = resolveModule(plugin, by, 'plugins', source)
    let made: Pluggable & {rule?: Rule}
    try {
      made = (await importDefault(file)) as typeof made
    } catch (error) {
      throw new UserError(`${by.name}: plugins \`${plugin}\` cannot be loaded: ${firstLine(error)}`)
    }
    if (made === undefined || made === null)
      throw new UserError(`${by.name}: plugins \`${plugin}\` has no default export`)
    if (made.rule) {
      settings.known.set(made.rule.name, made.rule)
      settings.layers.push({
        rules: {[made.rule.name]: [made.rule.severity, (options ?? {}) as Record<string, unknown>]},
      })
    } else settings.plugins.push([made, options])
  }
}

/** A schema given as a file's path becomes its content. */
async function readSchemas(
  rules: Record<string, RuleSetting>,
  by: FoundConfig,
  folder: string,
  files: ConfigFiles,
): Promise<void> {
  const setting = rules['front-matter']
  const schemas = Array.isArray(setting) ? setting[1]?.schemas : undefined
  if (!Array.isArray(schemas)) return
  for (const entry of schemas) {
    if (!isObject(entry) || typeof entry.schema !== 'string') continue
    const file = path.resolve(folder, entry.schema)
    const fail = (why: string): never => {
      throw new UserError(`The front matter schema ${files.nameOf(file)} cannot be read: ${why}`)
    }
    const text = await files.text(file, by, `schema \`${entry.schema}\``)
    try {
      entry.schema = await parseYaml(text ?? fail('there is no such file'), fail)
    } catch (error) {
      throw error instanceof UserError ? error : fail(firstLine(error))
    }
  }
}
