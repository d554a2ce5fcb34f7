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
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import {isHostOfRepositories} from '../../site-urls.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {MkdocsConfig} from './config.ts'
import {type MkdocsRoutes, urlOf} from './routes.ts'

/** The site and routes needed to resolve links. */
export interface MkdocsSite {
  ctx: SiteContext
  config: MkdocsConfig
  routes: MkdocsRoutes
  /** For a translation: the site of the main language, at the root of the host. */
  main?: MkdocsSite | undefined
  /** Does Git ignore a path? */
  isIgnored(path: string): boolean
}

/** Resolve a link: MkDocs resolves Markdown paths to source files, and leaves all other URLs to the browser. */
export function resolveMkdocsLink(site: MkdocsSite, link: SiteLink, from: string): Resolution {
  const written = resolve(site, link, from)
  const found = written.to === 'missing' ? (withSlashes(site, link, from) ?? written) : written
  return site.routes.isPublished(from) ? found : resolvedInPartial(found, from)
}

/** The target of a link with backslashes, which browsers take for slashes; undefined if there is none. */
function withSlashes(site: MkdocsSite, link: SiteLink, from: string): Resolution | undefined {
  if (!link.url.includes('\\')) return
  const found = resolve(site, {...link, kind: 'html', url: link.url.replaceAll('\\', '/')}, from)
  return found.to === 'page' || found.to === 'file' ? found : undefined
}

function resolve(site: MkdocsSite, link: SiteLink, from: string): Resolution {
  const {ctx, config} = site
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.startsWith('/')) return absolute(site, parts, link)
  const source = joinPath(folderOf(from), parts.path)
  const isRaw = link.kind === 'html' && !config.rewritesHtml
  if (!isRaw && ctx.lookup.isFile(source) && isBelow(source, config.docs))
    return sourceAt(site, source, parts.fragment)
  return byBrowser(site, parts, from, source)
}

/** The resolution of a link to a file in the pages' folder. */
export function sourceAt(site: MkdocsSite, path: string, fragment: string | undefined): Resolution {
  if (site.routes.isPublished(path)) return fileAt(site.ctx, path, fragment)
  return withDoubt(
    {to: 'missing', path, why: 'unpublished'},
    whyUncertain(site, [pathBelow(path, site.config.docs)!]),
  )
}

function absolute(site: MkdocsSite, parts: UrlParts, link: SiteLink): Resolution {
  const {path, fragment} = parts
  const {kind, image} = link
  const {ctx, config, routes} = site
  const {lookup} = ctx
  const {home, docs} = config
  if (site.main && (home === undefined || !isAtOrBelow(path, new URL(home).pathname)))
    return absolute(site.main, parts, link)
  const source = folderPrefix(docs) + joinPath('', path)
  if (config.absoluteFromDocs && kind !== 'html' && lookup.isFile(source))
    return sourceAt(site, source, fragment)
  const base = home === undefined ? '' : new URL(home).pathname.replace(/\/$/, '')
  const isOnSite = isAtOrBelow(path, base)
  const file = routes.fileAt(isOnSite ? path.slice(base.length) || '/' : path)
  if (file !== undefined) return fileAt(ctx, file, fragment)
  // A file that is there may be meant for readers of the repository.
  if (!isOnSite || lookup.isFile(source) || lookup.isFile(joinPath('', path)))
    return {to: 'unknown', doubt: doubt('other-site')}
  return missingBelowBase(site, joinPath('', path.slice(base.length)), image)
}

/** The missing target at a path below the base of the site, which is known if the configuration states the home. */
function missingBelowBase(site: MkdocsSite, place: string, image: boolean | undefined): Resolution {
  const {lookup} = site.ctx
  const {home, docs} = site.config
  if (mayFallBack(site, [place])) return UNTRANSLATED
  const missing = lookup.missing(folderPrefix(docs) + place)
  // What is missing in a folder of the site belongs to it; at the top, there may be pages of other sites.
  const isAtTop = !image && folderOf(place) === ''
  const isOwn =
    home !== undefined &&
    (!isAtTop || isAtRoot(site, home)) &&
    lookup.isFolder(folderOf(folderPrefix(docs) + place))
  if (!isOwn) return doubted(missing, doubt('host-shared'))
  return withDoubt(missing, whyUncertain(site, [place]) ?? (isAtTop ? doubt('host-top') : undefined))
}

/** Is a site at the root of a host, on which neither its translations nor other repositories are? */
const isAtRoot = ({main}: MkdocsSite, home: string): boolean =>
  !main && new URL(home).pathname === '/' && !isHostOfRepositories(home)

const withDoubt = (missing: Resolution, why: Doubt | undefined): Resolution =>
  why === undefined ? missing : doubted(missing, why)

/** Resolve a URL as a browser does, against the URL of the page. */
function byBrowser(site: MkdocsSite, parts: UrlParts, from: string, source: string): Resolution {
  const {ctx, config, routes} = site
  const {lookup} = ctx
  const page = pathBelow(from, config.docs) ?? from
  const url = config.relativeToSource ? page : urlOf(page, config).slice(1)
  const place = joinPath(folderOf(url), parts.path)
  const file = routes.fileAt(`/${place}`)
  if (file !== undefined) return fileAt(ctx, file, parts.fragment)
  if (isAbove(place)) return {to: 'unknown', doubt: doubt('other-site')}
  const path = pathBelow(source, config.docs)
  if (path === undefined && lookup.isFile(source)) return {to: 'unknown', doubt: doubt('outside-docset')}
  if (mayFallBack(site, [place, path ?? place])) return UNTRANSLATED
  // MkDocs resolves a path against the source's folder, the browser against the page's URL.
  const missing = missingAt(site, path === undefined ? folderPrefix(config.docs) + place : source, place)
  if (isPost(page, config) && /^\.\.\/(?!.*\.md$)/.test(parts.path))
    return doubted(missing, doubt('page-url'))
  return withDoubt(missing, whyUncertain(site, path === undefined ? [place] : [place, path]))
}

const UNTRANSLATED: Resolution = {to: 'unknown', doubt: doubt('computed-setting', 'the list of languages')}

/** May the main language have what a translation lacks at one of the places? The build may copy it. */
const mayFallBack = ({main}: MkdocsSite, places: readonly string[]): boolean =>
  main !== undefined && places.some((place) => isSource(main, place))

/** Is there a file of a site at a place, or the source of a page? */
const isSource = ({ctx, config}: MkdocsSite, place: string) =>
  [place, `${place}.md`, `${place}/index.md`].some((each) => ctx.lookup.isFile(joinPath(config.docs, each)))

/**
 * The missing target at a path: of a source that exists, but is not where HTML names it, at its URL; of a folder of the
 * sources, whose index is meant, where the browser finds none.
 */
function missingAt({ctx: {lookup}, config, routes}: MkdocsSite, path: string, place: string): Resolution {
  const folder = lookup.isFolder(path) ? pathBelow(path, config.docs) : undefined
  const index = folder === undefined ? undefined : routes.fileAt(`/${folder}/`)
  if (index !== undefined && lookup.isFile(index))
    return {to: 'missing', path, why: 'file', suggestion: index, evidence: 'extension'}
  if (!lookup.isFile(path)) return lookup.missing(path)
  const atUrl = folderPrefix(config.docs) + place
  return {to: 'missing', path: atUrl, why: atUrl === path ? 'unpublished' : 'file'}
}

/** The reason why the build may publish something at one of these paths of the site; the first is its URL. */
function whyUncertain(site: MkdocsSite, places: readonly [string, ...string[]]): Doubt | undefined {
  const {
    ctx: {lookup},
    config: {additions, blog, docs, listed},
  } = site
  const isFile = (path: string) => lookup.isFile(joinPath(docs, path))
  const names = places.flatMap((place) => [place, `${place}.md`, `${place}/index.md`])
  if (names.some((name) => site.isIgnored(joinPath(docs, name)))) return doubt('git-ignored')
  const addition = additions.find(({covers}) => places.some((place) => covers(place, isFile)))
  if (addition) return addition.doubt
  if (blog !== undefined && isOfBlog(places[0], blog)) return doubt('generated-list')
  if (names.some((name) => listed.has(name))) return doubt('listed-page')
  return places.some((place) => isOfTheme(site, place)) ? doubt('theme-files') : undefined
}

/** Is a page one of the blog's posts, whose URLs contain their dates? */
const isPost = (page: string, {blog}: MkdocsConfig) =>
  blog !== undefined && page.startsWith(joinPath(blog, 'posts/'))

/** Is a path one of the theme's images and scripts, or a plugin's feed or index? */
const isOfTheme = ({ctx: {lookup}, config: {docs, theme}}: MkdocsSite, place: string) =>
  (theme !== undefined && lookup.isFile(joinPath(theme, place))) ||
  (/^(?:assets|css|js|fonts|img|search)\//.test(place) &&
    !lookup.isFolder(folderOf(folderPrefix(docs) + place))) ||
  /(?:^|\/)favicon\.\w+$|\.(?:css|js|json|xml|txt|inv|html?)$/i.test(place)

/** Is a path in the folder of the blog, which publishes lists and posts at its own URLs? */
const isOfBlog = (place: string, blog: string) =>
  !/\.\w+$/.test(place) && (/^\.?$/.test(blog) || `${place}/`.startsWith(`${blog}/`))
