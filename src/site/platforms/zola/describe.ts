import {isBelow, joinPath} from '../../../text/paths.ts'
import type {SiteContext, SiteDescription} from '../../platform.ts'
import {readData} from '../../shared/data.ts'
import {zolaAnchors} from './anchors.ts'
import {readZola} from './config.ts'
import {resolveZolaLink, writeZolaLink, type ZolaSite} from './links.ts'
import {ZolaRoutes} from './routes.ts'
import {readTemplates} from './templates.ts'

/** Read the configuration and templates of a Zola site. */
export async function describeZola(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why, file} = ctx.marker
  const {tree} = ctx
  const config = readZola(await readData(ctx, file ?? joinPath(root, 'config.toml')), root, ctx)
  const templates = await readTemplates(ctx, config)
  return {
    platform,
    root,
    why,
    syntax: {templating: 'tera', verbatimShortcodes: templates.verbatim},
    readsAll: true,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => isBelow(path, config.content) && !config.isIgnored(path),
    publish: ({page}) => {
      const site: ZolaSite = {ctx, config, routes: new ZolaRoutes(tree.files, config, page)}
      return {
        urlsOf: (path) => site.routes.urlsOf(path).map((url) => config.base + url),
        resolve: (link, from) => resolveZolaLink(site, link, from),
        anchorsOf: (each) => zolaAnchors(each, config, templates),
        writeLink: (to, like, from) => writeZolaLink(site, to, like, from),
      }
    },
  }
}
