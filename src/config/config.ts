import path from 'node:path'
import {builtIn, presets} from '../../rules/index.ts'
import {parseYaml} from '../data/yaml.ts'
import {UserError} from '../errors/errors.ts'
import type {RemoteConfig} from '../remote/schema.ts'
import {mergeRemote} from '../remote/settings.ts'
import {isInside} from '../tree/inside.ts'
import {checkRules} from './check-rules.ts'
import {CommittedFiles} from './commit.ts'
import {diskFiles} from './disk.ts'
import {PLACES, refuseOutside} from './files.ts'
import type {Keys} from './formats.ts'
import {KeyFault, type Mention} from './key-fault.ts'
import {loadPlugins} from './plugins.ts'
import {firstLine} from './reading.ts'
import type {Config, RuleSetting} from './schema.ts'
import type {ConfigFiles, ConfigSource, FoundConfig, Layer, Settings} from './types.ts'

/**
 * Find, read and validate the configuration.
 *
 * @throws {@link UserError} naming the file, the key and the nearest known name
 */
export async function loadConfig(source: ConfigSource): Promise<Settings> {
  const settings: Settings = {
    folder: source.stop,
    files: [],
    warnings: [],
    ignore: [],
    testData: 'always',
    platforms: [],
    sites: [],
    plugins: [],
    remote: {},
    layers: [],
    known: new Map(builtIn),
    nested: [],
  }
  const files = configFiles(source)
  const warn = (what: string) => settings.warnings.push(what)
  const found = source.none ? undefined : (source.given ?? (await files.find(warn)))
  if (found) {
    settings.folder = path.dirname(found.file)
    await apply({settings, source, files}, found, [])
  } else extendPreset(settings, 'recommended')
  if (source.rules) {
    const {rules, rulesName: name = '--rule'} = source
    const at = async () => name
    const user: FoundConfig = {config: undefined, file: source.from, name, at, limit: undefined}
    const loading = {settings, source, files: diskFiles(source)}
    await placingFaults(user, () => addLayer(loading, {rules}, user, []))
  }
  return settings
}

/** Where the files of a configuration are read. */
export const configFiles = (source: ConfigSource): ConfigFiles =>
  source.commit ? new CommittedFiles(source, source.commit) : diskFiles(source)

/** The settings being built, and the source of the configuration and the files it names. */
interface Loading {
  settings: Settings
  source: ConfigSource
  files: ConfigFiles
}

/** Add a preset: the severities of rules; pages that tests break on purpose are left out. */
function extendPreset(settings: Settings, name: string): void {
  const rules = Object.fromEntries([...builtIn.values()].map((rule) => [rule.name, presets[name]!(rule)]))
  settings.layers.push({rules})
  settings.testData = 'named'
}

/** If each of 30 files extended the next one twice, the last one would be read a billion times. */
const MOST_FILES = 200

/** Name the file and the position of a mistake in a configuration. */
async function placingFaults<T>({at}: FoundConfig, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof KeyFault) throw new UserError(`${await at(error.keys)}: ${error.message}`)
    throw error
  }
}

/** Apply a configuration on top of those that it extends. */
async function apply(loading: Loading, found: FoundConfig, above: string[]): Promise<void> {
  const {settings} = loading
  const {name} = found
  if (above.includes(name)) throw new UserError(`${name} extends itself: ${[...above, name].join(' → ')}`)
  if (settings.files.length >= MOST_FILES)
    throw new UserError(
      `${settings.files[0]} extends more than ${MOST_FILES} files, counted as often as they are named`,
    )
  settings.files.push(name)
  await placingFaults(found, () => applyKeys(loading, found, above))
}

async function applyKeys(loading: Loading, found: FoundConfig, above: string[]): Promise<void> {
  const {settings} = loading
  const {name, file} = found
  // Only a run with a configuration needs the schema.
  const {checkConfig} = await import('./schema.ts')
  const config = checkConfig(found.config)
  // What holds in a folder holds as well where its configuration is extended, as in a folder below.
  if (config.extends === undefined && (above.length === 0 || PLACES.includes(path.basename(found.file))))
    extendPreset(settings, 'recommended')
  for (const each of [config.extends ?? []].flat()) {
    if (Object.hasOwn(presets, each)) extendPreset(settings, each)
    else await apply(loading, await loading.files.extended(each, found), [...above, name])
  }
  await loadPlugins(loading, config.plugins ?? [], found)
  for (const [keys, layer] of layersOf(config)) await addLayer(loading, layer, found, keys)
  settings.ignore.push(...(config.ignore ?? []))
  if (config.testData !== undefined) settings.testData = config.testData ? 'always' : 'never'
  await setSites(loading, config)
  if (config.baseline !== undefined)
    await setBaseline(loading, path.resolve(path.dirname(file), config.baseline), found)
  setUnusedDisables(settings, config.reportUnusedDisables)
  setRemote(loading, config.remote, found)
}

/** The settings of rules in a configuration, each with its key. */
function layersOf({rules, overrides = []}: Config): [keys: Keys, layer: Layer][] {
  const own: [Keys, Layer][] = rules ? [[['rules'], {rules}]] : []
  return [
    ...own,
    ...overrides.map(({files, rules}, index): [Keys, Layer] => [
      ['overrides', index, 'rules'],
      {globs: [files].flat(), rules},
    ]),
  ]
}

async function addLayer(loading: Loading, layer: Layer, by: FoundConfig, keys: Keys): Promise<void> {
  checkRules(layer.rules, loading.settings.known, keys)
  loading.settings.layers.push(layer)
  for (const [name, setting] of Object.entries(layer.rules))
    await loadFiles(loading, [...keys, name], setting, by)
}

/** Load the files that the options of a rule name. */
async function loadFiles(
  {settings, files}: Loading,
  keys: Keys,
  setting: RuleSetting,
  by: FoundConfig,
): Promise<void> {
  const name = String(keys.at(-1))
  const rule = settings.known.get(name)!
  const options = Array.isArray(setting) ? setting[1] : undefined
  if (!options || !rule.loadFiles) return
  await rule.loadFiles({...rule.options, ...options}, async (written) => {
    const file = path.resolve(settings.folder, written)
    const fail = (why: string): never => {
      throw new UserError(`${files.nameOf(file)}, which "${name}" names, cannot be read: ${why}`)
    }
    const text = await files.text(file, by, {keys, words: `"${written}" of "${name}"`})
    try {
      return await parseYaml(text ?? fail('there is no such file'), fail)
    } catch (error) {
      throw error instanceof UserError ? error : fail(firstLine(error))
    }
  })
}

/** Set the platform and the sites; a site replaces one with the same root in a configuration that is extended. */
async function setSites({settings, source}: Loading, config: Config): Promise<void> {
  const {site, sites} = config
  if (site === undefined && sites === undefined) return
  const {checkPlatform, describedBy} = await import('./sites.ts')
  const added = settings.platforms.map((platform) => platform.name)
  if (site !== undefined) {
    checkPlatform(site, ['site'], added)
    settings.platform = site
  }
  const folder = isInside(source.stop, settings.folder) ? path.relative(source.stop, settings.folder) : ''
  const own = describedBy(sites ?? [], {
    keys: ['sites'],
    folder: folder.split(path.sep).join('/'),
    platforms: added,
  })
  const roots = new Set(own.map(({root}) => root))
  settings.sites = [...settings.sites.filter(({root}) => !roots.has(root)), ...own]
}

async function setBaseline(
  {settings, source, files}: Loading,
  place: string,
  by: FoundConfig,
): Promise<void> {
  const key: Mention = {keys: ['baseline'], words: '"baseline"'}
  refuseOutside(place, by, key, source.stop)
  settings.baseline = place
  if (source.commit) settings.committed = {name: files.nameOf(place), text: await files.text(place, by, key)}
}

function setUnusedDisables(settings: Settings, severity: Config['reportUnusedDisables']): void {
  if (severity === 'off') delete settings.unusedDisables
  else if (severity) settings.unusedDisables = severity
}

function setRemote({settings, source}: Loading, remote: RemoteConfig | undefined, by: FoundConfig): void {
  const location = remote?.cache ? remote.cache.location : undefined
  if (location !== undefined) {
    const keys = ['remote', 'cache', 'location']
    refuseOutside(
      path.resolve(settings.folder, location),
      by,
      {keys, words: `"${keys.join('.')}"`},
      source.stop,
    )
  }
  settings.remote = mergeRemote(settings.remote, remote)
}
