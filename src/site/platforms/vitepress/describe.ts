import {folderPrefix} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {UNKNOWN} from '../../shared/javascript/values.ts'
import {vitepressAnchors} from './anchors.ts'
import {readVitepress, type VitepressConfig} from './config.ts'
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
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => path.startsWith(routes.prefix),
    syntax: vitepressSyntax,
    publish: (pages) => {
      const context: VitepressContext = {...ctx, ...pages, config, routes}
      return {
        urlsOf: (path) => routes.urlsOf(path),
        resolve: (link, from) => resolveLink(context, link, from),
        anchorsOf: (page) => vitepressAnchors(page, config),
      }
    },
  }
}

/** Read the configuration, the code beside it, and the bundler's configuration. */
async function readConfigFiles({tree, lookup, marker: {root}}: SiteContext): Promise<VitepressConfig> {
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
  return readVitepress(
    own === undefined ? UNKNOWN : await readModule({tree}, own),
    root,
    await readAll(parts),
    await readAll(inEachForm(['vite.config', '.vitepress/vite.config'])),
  )
}
