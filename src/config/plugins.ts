import type {Pluggable} from 'unified'
import {isObject} from '../data/plain.ts'
import type {Rule} from '../rule/types.ts'
import type {PlatformDefinition} from '../site/define-platform.ts'
import type {Platform} from '../site/platform.ts'
import {resolveModule} from './disk.ts'
import {KeyFault} from './key-fault.ts'
import {importDefault} from './modules.ts'
import type {Config} from './schema.ts'
import type {ConfigSource, FoundConfig, Settings} from './types.ts'

type PluginSetting = NonNullable<Config['plugins']>[number]

/**
 * Load the plugins of a configuration: doccheck's rules and platforms are known by their own names, all others run in
 * remark.
 */
export async function loadPlugins(
  {settings, source}: {settings: Settings; source: ConfigSource},
  plugins: readonly PluginSetting[],
  by: FoundConfig,
): Promise<void> {
  if (plugins.length > 0 && source.noCode !== undefined)
    throw new KeyFault(
      ['plugins'],
      `The plugins ${plugins.map(shownName).join(', ')} are programs, which ${source.noCode} does not run`,
    )
  for (const setting of plugins) {
    const [plugin, options] = [setting].flat() as [string | Pluggable, unknown?]
    const loaded: PluginModule = typeof plugin === 'string' ? await loadPlugin(plugin, by, source) : plugin
    const {rule, platform}: Partial<PluginModule> = loaded
    // Only code can be a rule: an object of a JSON file cannot.
    const isNamed = typeof plugin === 'string'
    const of = `${by.name}: The plugin "${isNamed ? plugin : (rule ?? platform)?.name}"`
    if (rule && (isNamed || typeof plugin === 'function')) await addRule(settings, rule, options, of)
    else if (platform) settings.platforms.push(await platformOf(platform, of))
    else settings.plugins.push([loaded, options])
  }
}

const shownName = (setting: PluginSetting): string =>
  `"${String(Array.isArray(setting) ? setting[0] : setting)}"`

/** The default export of a plugin, with the rule or the platform if it is one of doccheck's. */
type PluginModule = Pluggable & {rule?: Rule; platform?: PlatformDefinition}

async function loadPlugin(name: string, by: FoundConfig, source: ConfigSource): Promise<PluginModule> {
  const {file} = resolveModule(name, by, 'plugins', source)
  let loaded: PluginModule | null | undefined
  try {
    loaded = (await importDefault(file)) as typeof loaded
  } catch (error) {
    const {place, why} = await (await import('./program-failure.ts')).explainFailure(error, file)
    throw new KeyFault(
      ['plugins'],
      `Failed to load plugin "${name}": ${place === '' ? '' : `${file}${place}: `}${why}`,
    )
  }
  if (loaded === undefined || loaded === null)
    throw new KeyFault(['plugins'], `Failed to load plugin "${name}": it has no default export`)
  if (!isPlugin(loaded))
    throw new KeyFault(
      ['plugins'],
      `Failed to load plugin "${name}": its default export must come from defineRule or definePlatform, or be a remark plugin or preset`,
    )
  return loaded
}

/** Is it a rule, a platform, or a plugin or preset of remark? */
const isPlugin = (loaded: PluginModule): boolean =>
  typeof loaded === 'function' ||
  (isObject(loaded) && ['rule', 'platform', 'plugins', 'settings'].some((key) => key in loaded))

async function addRule(settings: Settings, rule: Rule, options: unknown, plugin: string): Promise<void> {
  ;(await import('./plugin-rules.ts')).checkRule(rule, plugin)
  settings.known.set(rule.name, rule)
  settings.layers.push({
    rules: {[rule.name]: [rule.severity, (options ?? {}) as Record<string, unknown>]},
  })
}

const platformOf = async (definition: PlatformDefinition, plugin: string): Promise<Platform> =>
  (await import('./plugin-platforms.ts')).platformOf(definition, plugin)
