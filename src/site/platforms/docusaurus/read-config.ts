import {doubt} from '../../doubts.ts'
import {ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {ConfigContext, DocusaurusConfig} from './config.ts'
import {addComputed, listOf, MOST_ENTRIES, pathValue} from './options.ts'
import {addPlugin, addPreset} from './plugins.ts'

/**
 * Read the export of a `docusaurus.config.*`.
 *
 * @param value The exported value, evaluated statically.
 * @param root The folder of the configuration, from the tree's root.
 * @param versionsOf The versions listed in a file; undefined if the file does not exist.
 * @returns undefined if the configuration is computed
 */
export function readDocusaurus(
  value: Value,
  root: string,
  versionsOf: (file: string) => readonly string[] | undefined,
): DocusaurusConfig | undefined {
  if (!(value instanceof ObjectValue)) return
  const config: DocusaurusConfig = {
    base: '/',
    isBaseComputed: false,
    trailingSlash: booleanOf(value.get('trailingSlash')),
    defaultLocale: defaultLocaleOf(value.get('i18n')),
    locales: localesOf(value.get('i18n')),
    contents: [],
    statics: [],
    mdx: true,
    hasPlainMdx: true,
    maintainCase: false,
    htmlComments: false,
    redirectedExtensions: [],
    redirectedPaths: new Set(),
    additions: [],
    unlisted: [],
    aliases: {},
  }
  const context: ConfigContext = {root, versionsOf, config}
  readAddress(config, value)
  readStatics(context, value.get('staticDirectories'))
  readMarkdown(config, value)
  for (const preset of listOf(value.get('presets'))) addPreset(context, preset)
  for (const plugin of [...listOf(value.get('plugins')), ...listOf(value.get('themes'))])
    addPlugin(context, plugin)
  return config
}

const booleanOf = (value: Value) => (typeof value === 'boolean' ? value : undefined)

function defaultLocaleOf(i18n: Value): string | undefined {
  if (i18n === undefined) return 'en'
  const locale = i18n instanceof ObjectValue ? i18n.get('defaultLocale') : i18n
  return typeof locale === 'string' ? locale : undefined
}

function localesOf(i18n: Value): string[] {
  const locales = i18n instanceof ObjectValue ? i18n.get('locales') : undefined
  return listOf(locales).filter((locale) => typeof locale === 'string')
}

function readAddress(config: DocusaurusConfig, value: ObjectValue): void {
  const base = value.get('baseUrl')
  if (typeof base !== 'string') {
    config.isBaseComputed = true
    return
  }
  config.base = `/${base}/`.replace(/\/{2,}/g, '/')
  const url = value.get('url')
  if (typeof url === 'string') config.home = (url.replace(/\/$/, '') + config.base).replace(/\/$/, '')
}

function readStatics({config, root}: ConfigContext, value: Value): void {
  for (const each of value === undefined ? ['static'] : listOf(value)) {
    const folder = config.statics.length < MOST_ENTRIES ? pathValue(root, each) : undefined
    if (folder === undefined) addComputed(config, 'staticDirectories')
    else config.statics.push(folder)
  }
}

function readMarkdown(config: DocusaurusConfig, value: ObjectValue): void {
  const future = value.get('future')
  config.htmlComments = future instanceof ObjectValue && future.get('v4') !== undefined
  const markdown = value.get('markdown')
  if (markdown === undefined) return
  if (!(markdown instanceof ObjectValue)) {
    config.hasPlainMdx = false
    config.otherIds = config.otherLinks = doubt('computed-setting', 'markdown')
    return
  }
  const format = markdown.get('format')
  config.mdx = format === undefined || format === 'mdx'
  if (format === 'md' || format === UNKNOWN) {
    config.hasPlainMdx = false
    config.otherIds = doubt('computed-setting', 'the format of pages')
  }
  if (markdown.get('preprocessor') !== undefined) {
    config.hasPlainMdx = false
    config.otherIds = doubt('plugin-ids', 'a preprocessor')
    config.otherLinks = doubt('plugin-links', 'a preprocessor')
  }
  if (markdown.get('parseFrontMatter') !== undefined) addComputed(config, 'front matter')
  const compatibility = markdown.get('mdx1Compat')
  if (compatibility !== undefined)
    config.htmlComments = !(compatibility instanceof ObjectValue) || compatibility.get('comments') === false
  const anchors = markdown.get('anchors')
  const maintainCase = anchors instanceof ObjectValue ? anchors.get('maintainCase') : anchors
  if (maintainCase === UNKNOWN) config.otherIds = doubt('id-setting')
  config.maintainCase = maintainCase === true
}
