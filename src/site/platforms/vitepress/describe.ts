import {folderPrefix, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {UNKNOWN} from '../../shared/javascript/values.ts'
import {readComponents} from '../../shared/vue/components.ts'
import {doubtsOfPlugins} from '../../shared/vue/markdown-plugins.ts'
import {vitepressAnchors} from './anchors.ts'
import {readVitepress} from './config.ts'
import {resolveVitepressInclude} from './includes.ts'
import {resolveLink, type VitepressContext} from './links.ts'
import {Routes} from './routes.ts'
import {vitepressSyntax} from './syntax.ts'

const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs']

/** Describe a VitePress site: links resolve to pages by source file or URL, and to files of `public/` from the root. */
export async function describeVitepress(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, marker} = ctx
  const {platform, root, why} = marker
  const config = await readConfigFiles(ctx)
  const routes = new Routes(tree, config)
  const themes = ['ts', 'js', 'mts', 'mjs'].map((end) => joinPath(root, `.vitepress/theme/index.${end}`))
  const components = await readComponents(ctx, themes)
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => path.startsWith(routes.prefix),
    syntax: {
      ...vitepressSyntax,
      ...(config.attributeDelimiters && {attributeDelimiters: config.attributeDelimiters}),
    },
    ...(config.otherRoutes === undefined && {moduleAliases: {'@': config.source}}),
    publish: (pages) => {
      const context: VitepressContext = {...ctx, ...pages, config, routes, components}
      return {
        urlsOf: (path) => routes.urlsOf(path),
        resolve: (link, from) => resolveLink(context, link, from),
        include: (link, from) => resolveVitepressInclude(context, link, from),
        anchorsOf: (page) => vitepressAnchors(context, page),
      }
    },
  }
}

/** Read the configuration, the code beside it, and the bundler's configuration. */
async function readConfigFiles(ctx: SiteContext): Promise<VitepressContext['config']> {
  const {tree, lookup, marker} = ctx
  const {root} = marker
  const prefix = folderPrefix(root)
  const inEachForm = (names: readonly string[]) =>
    names
      .flatMap((name) => EXTENSIONS.map((extension) => `${prefix}${name}.${extension}`))
      .filter((file) => lookup.isFile(file))
  const readAll = async (files: readonly string[]) =>
    (await Promise.all(files.map((file) => tree.read(file).catch(() => '')))).join('\n')
  const [own] = inEachForm(['.vitepress/config', '.vitepress/config/index'])
  const parts = [...tree.files].filter(
    (file) => file.startsWith(`${prefix}.vitepress/config`) && /\.[cm]?[jt]s$/.test(file),
  )
  const config = readVitepress(
    own === undefined ? UNKNOWN : await readModule(ctx, own),
    root,
    await readAll(parts),
    await readAll([
      ...inEachForm(['vite.config', '.vitepress/vite.config']),
      ...[`${prefix}.env`].filter((file) => lookup.isFile(file)),
    ]),
  )
  const manifests = await readManifests(ctx)
  const version = manifests.map(versionIn).find(Boolean) ?? ''
  const plugins = await doubtsOfPlugins(ctx, parts)
  return {
    ...config,
    slugsFragments: !/^[~^]?[01]\./.test(version),
    isVersion0: /^[~^]?0\./.test(version),
    moreFiles: config.moreFiles ?? (manifests.every(hasPlainScripts) ? undefined : doubt('build-script')),
    otherIds: [...config.otherIds, ...plugins.ids],
    otherSnippets: plugins.snippets,
  }
}

/** The contents of `package.json` of the site and of the tree, of which the former takes precedence. */
const readManifests = ({tree, marker}: SiteContext) =>
  Promise.all(
    [...new Set([joinPath(marker.root, 'package.json'), 'package.json'])].map((file) =>
      readData({tree}, file),
    ),
  )

/** The version of VitePress that a `package.json` asks for, such as `^1.6`; empty if it asks for none. */
const versionIn = ({dependencies, devDependencies}: Record<string, unknown>): string =>
  [dependencies, devDependencies].map((each) => String(record(each).vitepress ?? '')).find(Boolean) ?? ''

/** Scripts that only build or show the site. */
const PLAIN_SCRIPT = /^vitepress(?: (?:dev|build|preview|serve|init))?(?: [\w./-]+)*$/

/** Do scripts write no files into the site? */
const hasPlainScripts = ({scripts}: Record<string, unknown>): boolean =>
  Object.values(record(scripts)).every((script) => typeof script === 'string' && PLAIN_SCRIPT.test(script))
