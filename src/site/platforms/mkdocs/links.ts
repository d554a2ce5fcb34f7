import {
  folderOf,
  folderPrefix,
  isAbove,
  isAtOrBelow,
  isBelow,
  joinPath,
  pathBelow,
} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'
import {type MkdocsRoutes, urlOf} from './routes.ts'

/** The site and routes needed to resolve links. */
export interface MkdocsSite {
  ctx: SiteContext
  config: MkdocsConfig
  routes: MkdocsRoutes
}

/** Resolve a link: MkDocs resolves Markdown paths to source files, and leaves all other URLs to the browser. */
export function resolveMkdocsLink(site: MkdocsSite, link: SiteLink, from: string): Resolution {
  const {ctx, config} = site
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.startsWith('/')) return absolute(site, parts, link)
  const source = joinPath(folderOf(from), parts.path)
  const isRaw = link.kind === 'html' && !config.rewritesHtml
  if (!isRaw && ctx.lookup.isFile(source) && isBelow(source, config.docs))
    return fileAt(ctx, source, parts.fragment)
  return byBrowser(site, parts, from, source)
}

function absolute(
  {ctx, config, routes}: MkdocsSite,
  {path, fragment}: UrlParts,
  {kind, image}: SiteLink,
): Resolution {
  const {lookup} = ctx
  const {home, docs} = config
  const source = folderPrefix(docs) + joinPath('', path)
  if (config.absoluteFromDocs && kind !== 'html' && lookup.isFile(source))
    return fileAt(ctx, source, fragment)
  const base = home === undefined ? '' : new URL(home).pathname.replace(/\/$/, '')
  const isOnSite = isAtOrBelow(path, base)
  const file = routes.fileAt(isOnSite ? path.slice(base.length) || '/' : path)
  if (file !== undefined) return fileAt(ctx, file, fragment)
  // A missing image in a folder that contains others.
  const isComplete = home !== undefined && config.generates === undefined
  if (image && isOnSite && isComplete && lookup.isFolder(folderOf(source))) return lookup.missing(source)
  return {to: 'unknown', doubt: doubt('other-site')}
}

/** Resolve a URL as a browser does, against the URL of the page. */
function byBrowser(site: MkdocsSite, parts: UrlParts, from: string, source: string): Resolution {
  const {ctx, config, routes} = site
  const {lookup} = ctx
  const base = folderOf(urlOf(pathBelow(from, config.docs) ?? from, config).slice(1))
  const place = joinPath(base, parts.path)
  const file = routes.fileAt(`/${place}`)
  if (file !== undefined) return fileAt(ctx, file, parts.fragment)
  if (isAbove(place)) return {to: 'unknown', doubt: doubt('other-site')}
  const path = pathBelow(source, config.docs)
  if (path === undefined && lookup.isFile(source)) return {to: 'unknown', doubt: doubt('outside-docset')}
  // MkDocs resolves a path against the source's folder, the browser against the page's URL.
  const why = whyUncertain(site, path === undefined ? [place] : [place, path])
  const missing = lookup.missing(path === undefined ? folderPrefix(config.docs) + place : source)
  return why === undefined ? missing : doubted(missing, why)
}

/** The reason why the build may publish something at one of these paths of the site; the first is its URL. */
function whyUncertain(site: MkdocsSite, places: [string, ...string[]]): Doubt | undefined {
  const {generates, blog} = site.config
  if (generates !== undefined) return generates
  if (blog !== undefined && isOfBlog(places[0], blog)) return doubt('generated-list')
  if (places.some((place) => isOfTheme(site, place))) return doubt('theme-files')
  return
}

/** Is a path one of the theme's images and scripts, or a plugin's feed or index? */
const isOfTheme = ({ctx: {lookup}, config: {docs, theme}}: MkdocsSite, place: string) =>
  (theme !== undefined && lookup.isFile(joinPath(theme, place))) ||
  (/^(?:assets|css|js|fonts|img|search)\//.test(place) &&
    !lookup.isFolder(folderOf(folderPrefix(docs) + place))) ||
  /(?:^|\/)favicon\.\w+$|\.(?:css|js|json|xml|txt|inv|html?)$/i.test(place)

/** Is a path in the folder of the blog, which publishes lists and posts at its own URLs? */
const isOfBlog = (place: string, blog: string) =>
  !/\.\w+$/.test(place) && (/^\.?$/.test(blog) || `${place}/`.startsWith(`${blog}/`))
