import {isMarkdownFile} from '../../../text/markdown-files.ts'
import {folderOf, isBelow, joinPath, relativePath} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {hiddenReferences} from '../../shared/html-blocks.ts'
import type {SiteAnswers} from '../../types.ts'
import {hexoAnchors} from './anchors.ts'
import {type HexoConfig, readHexoConfig} from './config.ts'
import {type HexoSite, resolveHexoLink} from './links.ts'
import {type Plugins, readPlugins} from './plugins.ts'
import {HexoRoutes} from './routes.ts'
import {hexoSyntax} from './syntax.ts'
import {writeTag} from './tags.ts'

/** Read the configuration of a Hexo site. */
export async function describeHexo(ctx: SiteContext): Promise<SiteDescription> {
  const {lookup, marker} = ctx
  const {root, platform, why} = marker
  const file = ['_config.yml', '_config.yaml']
    .map((name) => joinPath(root, name))
    .find((path) => lookup.isFile(path))
  const config = readHexoConfig(file === undefined ? {} : await readData(ctx, file), root)
  const plugins = await readPlugins(ctx, config)
  return {
    platform,
    root,
    why,
    syntax: hexoSyntax(plugins.renderer),
    readsAll: true,
    owns: (path) => isBelow(path, config.source),
    ...(config.base === '' && {sharesHost: true as const}),
    ...(config.home !== undefined && {home: config.home}),
    publish: (pages) => publishHexo(ctx, pages, config, plugins),
  }
}

function publishHexo(ctx: SiteContext, pages: PageSource, config: HexoConfig, plugins: Plugins): SiteAnswers {
  let published: HexoRoutes | undefined
  const frontMatterOf = (file: string) => record(pages.page(file)?.frontMatter?.data)
  const routes = () => (published ??= new HexoRoutes(ctx.tree, ctx.marker.root, config, frontMatterOf))
  const site: HexoSite = {ctx, config, plugins, routes, host: ctx.host.publish(pages)}
  return {
    references: (page) => hiddenReferences(page, (code) => code.startsWith('{{')),
    urlsOf: (file) => routes().urlsOf(file),
    resolve: (link, from) => resolveHexoLink(site, link, from),
    anchorsOf: (page) => hexoAnchors(page, config, plugins),
    writeLink: (to, like, from) => writeTag(like, routes().slugOf(to)) ?? urlLike(routes(), to, like, from),
  }
}

/** The URL of a page in place of a link to its source, which Hexo leaves as it is. */
function urlLike(routes: HexoRoutes, to: string, like: string, from: string): string | undefined {
  const [url] = routes.urlsOf(to)
  const [own] = routes.basesOf(from) ?? []
  if (url === undefined || !isMarkdownFile(like)) return
  if (like.startsWith('/')) return encodePath(url)
  if (own === undefined) return
  const path = relativePath(folderOf(own.slice(1)), url.slice(1))
  return encodePath(path === '' ? './' : path)
}
