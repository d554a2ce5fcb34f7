import {foldersAbove, isBelow, joinPath, pathBelow} from '../../text/paths.ts'
import type {SiteContext} from '../platform.ts'
import {readData, record, strings} from '../shared/data.ts'
import {importedModules} from '../shared/imported-modules.ts'
import {isLocal, localModule} from '../shared/javascript/local-module.ts'

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
const LOOKS_FOR_BRACKETS = /\\{1,2}\[\\{1,2}\[[^\n]*?\\{1,2}\]\\{0,2}\]/
/** The files of code that run on pages without a configuration that names them, by platform. */
const CODE: Readonly<Record<string, RegExp>> = {
  hugo: /(?:^|\/)layouts\/.+\.html$/,
  jekyll: /(?:^|\/)_plugins\/.+\.rb$/,
}

/** Find the plugin or code of a site that makes links of double brackets. */
export async function findWikilinkPlugin(ctx: SiteContext): Promise<WikilinkPlugin | undefined> {
  const name = (await pluginNamed(ctx)) ?? (await ownCode(ctx))
  if (name === undefined) return
  // The only plugin that does not take `|` by default.
  const isColon = name === 'remark-wiki-link'
  const divider = (await configurationOf(ctx)).match(/\baliasDivider:\s*(["'`])(.{1,5}?)\1/)?.[2]
  const described = name.includes('.') ? name : `the plugin ${name}`
  return {name: described, ...((divider || isColon) && divider !== '|' && {divider: divider ?? ':'})}
}

const configurationOf = async ({tree, marker: {file}}: SiteContext): Promise<string> =>
  file === undefined ? '' : await tree.read(file).catch(() => '')

/** The plugin or local module that the configuration, the package or the Gemfile of a site names. */
async function pluginNamed(ctx: SiteContext): Promise<string | undefined> {
  const names = [
    ...(await namesInConfiguration(ctx)),
    ...(await dependenciesOf(ctx)),
    ...(ctx.marker.platform === 'jekyll' ? await gemsOf(ctx) : []),
  ]
  return names.find((name) => NAME.test(name))?.replace(/^(?:\.{1,2}\/)+/, '')
}

async function namesInConfiguration(ctx: SiteContext): Promise<string[]> {
  const {file} = ctx.marker
  if (file === undefined) return []
  if (/\.[cm]?[jt]s$/.test(file)) return importedModules(await configurationOf(ctx))
  if (!/\.(?:ya?ml|toml)$/.test(file)) return []
  const {plugins, gems, preprocessor} = await readData({tree: ctx.tree}, file)
  return [...strings(plugins), ...strings(gems), ...Object.keys(record(preprocessor))]
}

async function dependenciesOf({tree, marker: {root}}: SiteContext): Promise<string[]> {
  const folders = [root, ...foldersAbove(root), '']
  const file = folders.map((folder) => joinPath(folder, 'package.json')).find((each) => tree.files.has(each))
  if (file === undefined) return []
  const {dependencies, devDependencies} = await readData({tree}, file)
  return [dependencies, devDependencies].flatMap((each) => Object.keys(record(each)))
}

async function gemsOf({tree, marker: {root}}: SiteContext): Promise<string[]> {
  const file = joinPath(root, 'Gemfile')
  const text = tree.files.has(file) ? await tree.read(file).catch(() => '') : ''
  return [...text.matchAll(/^\s*gem[\s(]+["']([^"'\n]+)["']/gm)].map(([, name]) => name!)
}

/** The code of a site that looks for double brackets itself: a template, or a module that its configuration imports. */
async function ownCode(ctx: SiteContext): Promise<string | undefined> {
  const {tree, marker} = ctx
  for (const file of await codeOf(ctx))
    if (LOOKS_FOR_BRACKETS.test(await tree.read(file).catch(() => '')))
      return pathBelow(file, marker.root) ?? file
  return
}

async function codeOf(ctx: SiteContext): Promise<string[]> {
  const {tree, marker} = ctx
  const {file, root, platform} = marker
  const kind = CODE[platform]
  if (kind) return [...tree.files].filter((each) => isBelow(each, root) && kind.test(each))
  if (file === undefined || !/\.[cm]?[jt]s$/.test(file)) return []
  const modules = importedModules(await configurationOf(ctx)).filter(isLocal)
  return modules.flatMap((module) => localModule(tree, module, file) ?? [])
}
