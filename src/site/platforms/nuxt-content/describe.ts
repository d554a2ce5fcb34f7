import type {FrontMatterUrl, Syntax} from '../../../page/syntax.ts'
import {isAtOrBelow} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import type {SiteAnswers} from '../../types.ts'
import {nuxtAnchors} from './anchors.ts'
import {routeIn} from './collections.ts'
import {type Components, readComponents} from './components.ts'
import {type NuxtConfig, readNuxt} from './config.ts'
import {type NuxtContext, resolveLink} from './links.ts'
import {Routes} from './routes.ts'
import {isUndocs, readUndocs} from './undocs.ts'

/** The links of pages, and the images of posts and their authors. */
const FRONT_MATTER_URLS: readonly FrontMatterUrl[] = [
  {pointer: '/links/*/to', as: 'link'},
  {pointer: '/image/src', as: 'image'},
  {pointer: '/authors/*/avatar/src', as: 'image'},
]

const SYNTAX: Syntax = {dialect: 'mdc', vueComponents: true, frontMatterUrls: FRONT_MATTER_URLS}

/** Describe a site of Nuxt Content, Docus or undocs. */
export async function describeNuxtContent(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const config = (await isUndocs(ctx)) ? await readUndocs(ctx) : await readNuxt(ctx)
  const components = await readComponents(ctx)
  const {sources, publicFolders, home} = config
  return {
    platform,
    root,
    why,
    syntax: SYNTAX,
    readsAll: true,
    ...(home !== undefined && {home}),
    owns: (path) =>
      sources.some((source) => routeIn(source, path) !== undefined) ||
      publicFolders.some((folder) => isAtOrBelow(path, folder)),
    publish: (pages) => publish({...ctx, ...pages}, config, components),
  }
}

function publish(ctx: SiteContext & PageSource, config: NuxtConfig, components: Components): SiteAnswers {
  const context: NuxtContext = {...ctx, config, routes: new Routes(ctx.tree, config, ctx.page)}
  return {
    urlsOf: (path) => urlsOf(context, path),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => nuxtAnchors(config, components, page),
    writeLink: (to, like, from) => writeLink(context, to, like, from),
  }
}

/** The URL paths of a page, or of a file in a public folder. */
function urlsOf({config, routes}: NuxtContext, path: string): string[] {
  const base = config.base === '' ? '' : `/${config.base}`
  for (const folder of config.publicFolders)
    if (isAtOrBelow(path, folder)) return [base + path.slice(folder.length)]
  return routes.of(path).map((route) => `${base}/${route}`)
}

/** Write a link from the root as the route of a page, without the base, which Nuxt adds. */
function writeLink({routes}: NuxtContext, to: string, like: string, _from: string): string | undefined {
  const [route] = routes.of(to)
  return like.startsWith('/') && route !== undefined ? `/${route}` : undefined
}
