import {foldersUpFrom, isBelow, joinPath, pathBelow} from '../../text/paths.ts'
import type {Platform, SiteContext} from '../platform.ts'
import {readData, record, strings} from '../shared/data.ts'
import {importedModules} from '../shared/imported-modules.ts'
import {isLocal, localModule} from '../shared/javascript/local-module.ts'
import {readDependencies} from '../shared/package-manifest.ts'

/** What makes links of double brackets on a site whose generator does not. */
export interface WikilinkPlugin {
  /** In words, for reports: `the plugin remark-wiki-link`. */
  name: string
  /** The character between page and text, if it is not `|`. */
  divider?: string
}

/** The names of packages, plugins and local modules, such as `@portaljs/remark-wiki-link` and `./plugins/wikiLinks.js`. */
const NAME =
  /(?:^|[-_/.]|remark|rehype)(?:wiki[-_]?links?(?:[-_](?:plugin|plus))?|remark-obsidian(?:-(?:md|links?))?|markdown-it-obsidian|obsidian-links?|bi-?directional-links)(?:\.[cm]?[jt]sx?)?$/i
/** Code that looks for double brackets: `/\[\[(.+?)\]\]/` in JavaScript and Ruby, `"\\[\\[(.+?)\\]\\]"` in templates. */
const LOOKS_FOR_BRACKETS = /\\{1,2}\[\\{1,2}\[[^\n]{0,500}?\\{1,2}\]\\{0,2}\]/
/** Code of which the modules that it imports are known. */
const SCRIPT = /\.[cm]?[jt]s$/

/** Where plugins and code of a site are looked for. */
interface PluginSource extends Pick<SiteContext, 'tree' | 'marker'> {
  /** The text of its configuration; empty without one. */
  configuration: string
  /** See {@link Platform.pageCode}. */
  pageCode: Platform['pageCode']
}

/** Find the plugin or code of a site that makes links of double brackets. */
export async function findWikilinkPlugin(
  {tree, marker}: SiteContext,
  pageCode: Platform['pageCode'],
): Promise<WikilinkPlugin | undefined> {
  const {file} = marker
  const configuration = file === undefined ? '' : await tree.read(file).catch(() => '')
  const source = {tree, marker, configuration, pageCode}
  const name = (await pluginNamed(source)) ?? (await ownCode(source))
  if (name === undefined) return
  // The only plugin that does not take `|` by default.
  const isColon = name === 'remark-wiki-link'
  const divider = configuration.match(/\baliasDivider:\s*(["'`])(.{1,5}?)\1/)?.[2]
  const described = name.includes('.') ? name : `the plugin ${name}`
  return {name: described, ...((divider || isColon) && divider !== '|' && {divider: divider ?? ':'})}
}

/** The plugin or local module that the configuration, the package or the Gemfile of a site names. */
async function pluginNamed(source: PluginSource): Promise<string | undefined> {
  const names = [
    ...(await namesInConfiguration(source)),
    ...(await dependenciesOf(source)),
    ...(await gemsOf(source)),
  ]
  return names.find((name) => NAME.test(name))?.replace(/^(?:\.{1,2}\/)+/, '')
}

async function namesInConfiguration({tree, marker: {file}, configuration}: PluginSource): Promise<string[]> {
  if (file === undefined) return []
  if (SCRIPT.test(file)) return importedModules(configuration)
  if (!/\.(?:ya?ml|toml)$/.test(file)) return []
  const {plugins, gems, preprocessor} = await readData({tree}, file)
  return [...strings(plugins), ...strings(gems), ...Object.keys(record(preprocessor))]
}

async function dependenciesOf({tree, marker: {root}}: PluginSource): Promise<string[]> {
  const files = [...foldersUpFrom(root)].map((folder) => joinPath(folder, 'package.json'))
  const file = files.find((each) => tree.files.has(each))
  return file === undefined ? [] : Object.keys(await readDependencies({tree}, file))
}

async function gemsOf({tree, marker: {root}}: PluginSource): Promise<string[]> {
  const file = joinPath(root, 'Gemfile')
  const text = tree.files.has(file) ? await tree.read(file).catch(() => '') : ''
  return [...text.matchAll(/^[ \t]*gem[ \t(]+["']([^"'\n]+)["']/gm)].map(([, name]) => name!)
}

/** The code of a site that looks for double brackets itself: a template, or a module that its configuration imports. */
async function ownCode(source: PluginSource): Promise<string | undefined> {
  const {tree, marker} = source
  for (const file of codeOf(source))
    if (LOOKS_FOR_BRACKETS.test(await tree.read(file).catch(() => '')))
      return pathBelow(file, marker.root) ?? file
  return
}

function codeOf({tree, marker: {file, root}, configuration, pageCode}: PluginSource): string[] {
  if (pageCode) return [...tree.files].filter((each) => isBelow(each, root) && pageCode.test(each))
  if (file === undefined || !SCRIPT.test(file)) return []
  const modules = importedModules(configuration).filter(isLocal)
  return modules.flatMap((module) => localModule(tree, module, file) ?? [])
}
