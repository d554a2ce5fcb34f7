import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {CallValue, ObjectValue, type Value} from '../../shared/javascript/values.ts'

/** The settings of an `astro.config.*` that determine URLs, links and ids. */
export interface AstroConfig {
  /** Is Starlight among the integrations? */
  hasStarlight: boolean
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
  /** The reason why there may be pages that no file shows. */
  morePages: Doubt | undefined
  /** The reason why headings may have other than the default ids. */
  otherIds: Doubt | undefined
  /** Does SmartyPants change the text that ids are generated from? */
  smartypants: boolean
}

/** Settings of `markdown` that do not affect the ids of headings. */
const MARKDOWN_KEYS_WITHOUT_IDS = /^(?:shikiConfig|syntaxHighlight|gfm|smartypants|remarkRehype)$/

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
    home: site && base !== undefined ? (trimEnd(site, '/') + path).replace(/\/$/, '') : undefined,
    base: path,
    trailingSlash: trailingSlash === 'always' || trailingSlash === 'never' ? trailingSlash : 'ignore',
    sourceFolder: joinPath(root, source ?? 'src').replace(/\/$/, ''),
    publicFolder: joinPath(root, assets ?? 'public').replace(/\/$/, ''),
    locales,
    defaultLocale,
    redirects: redirects instanceof ObjectValue ? [...redirects.values.keys()] : [],
    hasOwnComponents: options.get('components') !== undefined,
    morePages: whyComputed(config, areFoldersKnown, defaultLocale !== undefined),
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

/** The reason why there may be pages that no file shows: a part of the configuration is computed. */
function whyComputed(
  config: ObjectValue,
  areFoldersKnown: boolean,
  areLanguagesKnown: boolean,
): Doubt | undefined {
  const redirects = config.get('redirects')
  if (config.hasUnknownKeys) return doubt('computed-setting', 'a part of the configuration')
  if (!areFoldersKnown) return doubt('computed-setting', 'a folder or the base')
  if (!areLanguagesKnown) return doubt('computed-setting', 'the list of languages')
  if (redirects !== undefined && (!(redirects instanceof ObjectValue) || redirects.hasUnknownKeys))
    return doubt('computed-redirects')
  return config.get('i18n') === undefined ? undefined : doubt('generated-list')
}

function readMarkdown(markdown: Value): Pick<AstroConfig, 'smartypants' | 'otherIds'> {
  if (markdown === undefined) return {smartypants: true, otherIds: undefined}
  const otherIds = doubt('plugin-ids', 'the Markdown processor')
  if (!(markdown instanceof ObjectValue)) return {smartypants: true, otherIds}
  const smartypants = markdown.get('smartypants')
  const isKnown =
    !markdown.hasUnknownKeys &&
    [...markdown.values.keys()].every((key) => MARKDOWN_KEYS_WITHOUT_IDS.test(key)) &&
    (smartypants === undefined || typeof smartypants === 'boolean')
  return {smartypants: smartypants !== false, otherIds: isKnown ? undefined : otherIds}
}

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
