import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {CallValue, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {Addition, Adds} from './changes.ts'

/** The settings of an `astro.config.*` that determine URLs, links and ids. */
export interface AstroConfig {
  /** Is Starlight among the integrations? */
  hasStarlight: boolean
  /** Are `.mdx` files compiled by `@astrojs/mdx`, on its own or as a part of Starlight? */
  hasMdx: boolean
  /** `https://example.org/docs`, if it is a literal. */
  home: string | undefined
  /** The base path of the site on its host, with a leading and a trailing slash. */
  base: string
  trailingSlash: 'always' | 'never' | 'ignore'
  /** The source folder, from the tree's root. */
  sourceFolder: string
  /** The folder of static files, from the tree's root. */
  publicFolder: string
  /** The URL prefixes of translations, including the default language only if it has one. */
  locales: readonly string[]
  /** The URL prefix of the default language, empty for the root; undefined if it is unknown. */
  defaultLocale: string | undefined
  /** Routes that redirect: `/old/[...rest]`. */
  redirects: readonly string[]
  /** Do the site's own components replace those of the theme? */
  hasOwnComponents: boolean
  /** The reasons why there may be pages that no file shows: parts of the configuration are computed. */
  additions: readonly Addition[]
  /** The reasons why headings may have other than the default ids. */
  otherIds: readonly Doubt[]
  /** The integrations, evaluated statically. */
  integrations: Value
  /** The adapter, which serves the routes that there are, evaluated statically. */
  adapter: Value
  /** Does SmartyPants change the text that ids are generated from? */
  smartypants: boolean
}

/** Settings of `markdown` that do not affect the ids of headings; plugins are known by their imports. */
const MARKDOWN_KEYS_WITHOUT_IDS =
  /^(?:shikiConfig|syntaxHighlight|gfm|smartypants|remarkRehype|processor|features|extendDefaultPlugins|(?:remark|rehype|mdast|hast)Plugins)$/

/**
 * Read an `astro.config.*`, which is never run.
 *
 * @param value The exported value, evaluated statically.
 * @param code Its own code.
 * @param root The site's folder, from the tree's root.
 */
export function readAstro(value: Value, code: string, root: string): AstroConfig {
  const config = value instanceof ObjectValue ? value : new ObjectValue(new Map(), true)
  const found = starlightOptions(config)
  const hasStarlight = found !== undefined || /import\s+\w+\s+from\s+['"]@astrojs\/starlight['"]/.test(code)
  const options = found ?? new ObjectValue(new Map(), hasStarlight)
  const [base, site, source, assets, trailingSlash] = [
    textOf(config, 'base', '/'),
    textOf(config, 'site', ''),
    textOf(config, 'srcDir', 'src'),
    textOf(config, 'publicDir', 'public'),
    textOf(config, 'trailingSlash', 'ignore'),
  ]
  const path = `/${joinPath('', base ?? '')}/`.replace('//', '/')
  const {locales, defaultLocale} = readLocales(options)
  const redirects = config.get('redirects')
  const areFoldersKnown = base !== undefined && source !== undefined && assets !== undefined
  return {
    hasStarlight,
    hasMdx: hasStarlight || /import\s+\w+\s+from\s+['"]@astrojs\/mdx['"]/.test(code),
    home: site && base !== undefined ? (trimEnd(site, '/') + path).replace(/\/$/, '') : undefined,
    base: path,
    trailingSlash: trailingSlash === 'always' || trailingSlash === 'never' ? trailingSlash : 'ignore',
    sourceFolder: joinPath(root, source ?? 'src').replace(/\/$/, ''),
    publicFolder: joinPath(root, assets ?? 'public').replace(/\/$/, ''),
    locales,
    defaultLocale,
    redirects: redirects instanceof ObjectValue ? [...redirects.values.keys()] : [],
    hasOwnComponents: options.get('components') !== undefined,
    additions: whyComputed(config, areFoldersKnown, defaultLocale !== undefined),
    integrations: config.get('integrations'),
    adapter: config.get('adapter'),
    ...readMarkdown(config.get('markdown')),
  }
}

/** The options of Starlight; undefined if it is not among the integrations, or its options are computed. */
function starlightOptions(config: ObjectValue): ObjectValue | undefined {
  const integrations = config.get('integrations')
  const calls: readonly Value[] = Array.isArray(integrations) ? integrations.flat(3) : []
  const call = calls.find((item) => item instanceof CallValue && item.module === '@astrojs/starlight')
  const options = call instanceof CallValue ? call.args[0] : undefined
  return options instanceof ObjectValue ? options : undefined
}

/** A string setting; undefined if it is computed. */
function textOf(config: ObjectValue, key: string, byDefault: string): string | undefined {
  const value = config.get(key)
  if (value === undefined) return byDefault
  return typeof value === 'string' ? value : undefined
}

/** Does a path begin with the name of a language: `fr/guide`, `pt-br`? */
const isInLanguage: Adds = (path) => /^[a-z]{2,3}(?:-\w{2,8})*(?:\/|$)/i.test(path)

/** The reasons why there may be pages that no file shows: parts of the configuration are computed. */
function whyComputed(config: ObjectValue, areFoldersKnown: boolean, areLanguagesKnown: boolean): Addition[] {
  if (config.hasUnknownKeys) return [{doubt: doubt('computed-setting', 'a part of the configuration')}]
  const found: Addition[] = []
  if (!areFoldersKnown) found.push({doubt: doubt('computed-setting', 'a folder or the base')})
  const redirects = config.get('redirects')
  if (redirects !== undefined && (!(redirects instanceof ObjectValue) || redirects.hasUnknownKeys))
    found.push({doubt: doubt('computed-redirects')})
  // Pages that are not translated are shown in other languages, too.
  if (!areLanguagesKnown)
    found.push({doubt: doubt('computed-setting', 'the list of languages'), covers: isInLanguage})
  else if (config.get('i18n') !== undefined)
    found.push({doubt: doubt('computed-setting', 'the list of languages'), covers: isInLanguage})
  return found
}

function readMarkdown(markdown: Value): Pick<AstroConfig, 'smartypants' | 'otherIds'> {
  if (markdown === undefined) return {smartypants: true, otherIds: []}
  const processor = markdown instanceof ObjectValue ? markdown.get('processor') : undefined
  const options = processor instanceof CallValue ? processor.args[0] : undefined
  const settings: readonly Value[] = options === undefined ? [markdown] : [markdown, options]
  const smartypants = settings.map(smartypantsOf).find((each) => each !== undefined)
  const isKnown =
    settings.every(hasKnownIds) && (smartypants === undefined || typeof smartypants === 'boolean')
  return {
    smartypants: smartypants !== false,
    otherIds: isKnown ? [] : [doubt('plugin-ids', 'the Markdown processor')],
  }
}

const smartypantsOf = (settings: Value): Value =>
  settings instanceof ObjectValue ? settings.get('smartypants') : UNKNOWN

/** Do the settings of Markdown leave ids as they are? Plugins are known by their imports, if they are imported. */
const hasKnownIds = (settings: Value): boolean =>
  settings instanceof ObjectValue &&
  !settings.hasUnknownKeys &&
  [...settings.values].every(
    ([key, value]) => MARKDOWN_KEYS_WITHOUT_IDS.test(key) && (!key.endsWith('Plugins') || areImported(value)),
  )

/** Is each plugin of a list an import or a function, rather than a name or the result of a computation? */
const areImported = (plugins: Value): boolean =>
  Array.isArray(plugins) &&
  plugins.every((plugin: Value) => {
    const [first] = Array.isArray(plugin) ? (plugin as readonly Value[]) : [plugin]
    return first !== UNKNOWN && typeof first !== 'string'
  })

/** The languages of a site: without `locales` it has one, at the root. */
function readLocales(options: ObjectValue): Pick<AstroConfig, 'locales' | 'defaultLocale'> {
  const value = options.get('locales')
  if (value === undefined) return {locales: [], defaultLocale: ''}
  if (!(value instanceof ObjectValue) || value.hasUnknownKeys) return {locales: [], defaultLocale: undefined}
  const keys = [...value.values.keys()]
  const locales = keys.filter((key) => key !== 'root')
  const named: Value = options.get('defaultLocale') ?? (keys.length === 1 ? keys[0] : 'root')
  if (typeof named !== 'string' || !value.has(named)) return {locales, defaultLocale: undefined}
  return {locales, defaultLocale: named === 'root' ? '' : named}
}
