import type {FrontMatterUrl, Syntax} from '../../../page/syntax.ts'
import {isAtOrBelow} from '../../../text/paths.ts'
import {withDoubt} from '../../as-doubted.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import type {SiteAnswers} from '../../types.ts'
import {rspressAnchors} from './anchors.ts'
import {type Components, readComponents} from './components.ts'
import {type RspressConfig, readRspress, unsetConfig} from './config.ts'
import {type RspressContext, resolveLink} from './links.ts'
import {Routes, splitPath} from './routes.ts'

/** The links and images of a home page. */
const FRONT_MATTER_URLS: readonly FrontMatterUrl[] = [
  {pointer: '/hero/actions/*/link', as: 'link'},
  {pointer: '/hero/badge/link', as: 'link'},
  {pointer: '/hero/image/src', as: 'image'},
  {pointer: '/features/*/link', as: 'link'},
]

const SYNTAX: Syntax = {jsxProps: true, frontMatterUrls: FRONT_MATTER_URLS}

/** Describe an Rspress site. */
export async function describeRspress(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const config = await readRspress(ctx)
  const components = await readComponents(ctx, config ?? unsetConfig(root))
  if (!config) return computedSite(ctx, components)
  return {
    platform,
    root,
    why,
    syntax: SYNTAX,
    dropsUnusedImports: true,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => isAtOrBelow(path, config.docs),
    publish: (pages) => publish({...ctx, ...pages}, config, components),
  }
}

/**
 * A site whose configuration is computed as a whole, as by a preset, which seldom changes ids, and never where relative links
 * lead: the other links of the site show whether it does.
 */
function computedSite(ctx: SiteContext, components: Components): SiteDescription {
  const {platform, root} = ctx.marker
  const site = unknownRouting(ctx)
  const config = unsetConfig(root)
  const why = doubt('unknown-generator', platform)
  return {
    ...site,
    syntax: {frontMatterUrls: FRONT_MATTER_URLS},
    dropsUnusedImports: true,
    hasUnknownGenerator: true,
    description: {root, platform, ids: 'github-slugger'},
    publish: (pages) => {
      const context: RspressContext = {...ctx, ...pages, config, routes: new Routes(ctx.tree, config)}
      const answers = site.publish(pages)
      return {
        ...answers,
        resolve: (link, from) => {
          const found = answers.resolve(link, from)
          const isRelative = found.to === 'unknown' && /^\.{1,2}\//.test(link.url)
          return isRelative ? doubted(resolveLink(context, link, from), why) : found
        },
        anchorsOf: (page) => withDoubt(rspressAnchors(context, components, page), why),
      }
    },
  }
}

function publish(ctx: SiteContext & PageSource, config: RspressConfig, components: Components): SiteAnswers {
  const context: RspressContext = {...ctx, config, routes: new Routes(ctx.tree, config)}
  return {
    urlsOf: (path) => urlsOf(context, path),
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: (page) => rspressAnchors(context, components, page),
    writeLink: (to, like, from) => writeLink(context, to, like, from),
  }
}

/** The URL path of a page, or of a file in the public folder. */
function urlsOf({config, routes}: RspressContext, path: string): string[] {
  const base = config.base === '' ? '' : `/${config.base}`
  const folder = `${config.docs}/public`
  if (isAtOrBelow(path, folder)) return [base + path.slice(folder.length)]
  const route = routes.of(path)
  if (route === undefined) return []
  return [`${base}/${route}${routes.isIndex(path) && route !== '' ? '/' : ''}`]
}

/**
 * Write a link from the root as the route of a page, with the ending of another link: without the base, and in the language
 * and version of the page with the link without these, which Rspress adds.
 */
function writeLink(
  {config, routes}: RspressContext,
  to: string,
  like: string,
  from: string,
): string | undefined {
  const route = routes.of(to)
  if (!like.startsWith('/') || route === undefined) return
  const [version, lang, rest] = splitPath(route, config.prefixes)
  const [ownVersion, ownLang] = splitPath(routes.of(from) ?? '', config.prefixes)
  const hasOwn =
    config.addsPrefixes && version === ownVersion && lang === ownLang && !isPrefixed(like, config)
  const path = `/${hasOwn ? rest : route}`
  if (routes.isIndex(to) || path === '/') return path === '/' ? path : `${path}/`
  const [end = ''] = /\.(?:html|mdx?)$/.exec(like) ?? []
  return path + (end.startsWith('.md') ? to.slice(to.lastIndexOf('.')) : end)
}

/** Does a path begin with a version or a language? */
const isPrefixed = (path: string, {prefixes}: RspressConfig): boolean =>
  splitPath(path, prefixes)[2] !== splitPath(path, {...prefixes, version: '', lang: ''})[2]
