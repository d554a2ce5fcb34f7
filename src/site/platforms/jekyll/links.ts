import {
  folderOf,
  folderPrefix,
  isAbove,
  isAtOrBelow,
  joinPath,
  nameOf,
  withoutLevelsAbove,
} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {isNamedAsPartial, resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteAnswers, SiteLink} from '../../types.ts'
import type {JekyllConfig} from './config.ts'
import {evaluateLink, type LiquidLink} from './liquid-links.ts'
import type {Plugins} from './plugins.ts'
import type {JekyllRoutes} from './routes.ts'
import type {Copied} from './workflows.ts'

/** The site and routes needed to resolve links. */
export interface JekyllSite {
  ctx: SiteContext
  config: JekyllConfig
  /** The common prefix of the paths of its files. */
  prefix: string
  plugins: Plugins
  /** The files that a workflow may copy from another repository before the build. */
  copied: Copied | undefined
  routes(): JekyllRoutes
  /** The answers of the host that shows the repository, such as GitHub. */
  host: SiteAnswers
}

/**
 * Resolve a link of a page in both places where it is read: on the published site, and in the repository as its host
 * shows it. A target is missing only if it is missing in both.
 */
export function resolveJekyllLink(site: JekyllSite, link: SiteLink, from: string): Resolution {
  const target = evaluateLink(link.url)
  if (target === undefined) return {to: 'unknown', doubt: doubt('template-link')}
  const isForBuild = link.tag === 'template' || (link.kind === 'front-matter' && link.image)
  if (isForBuild && site.routes().urlsOf(from).length === 0)
    return {to: 'outside', why: 'Jekyll does not build the page'}
  if (target.kind === 'source') return toSource(site, target)
  const parts = splitUrl(target.kind === 'site' ? target.path : link.url)
  if ('to' in parts) return parts
  // The plugins add the base of the site.
  if (link.kind === 'front-matter') return whereShared(site, parts, onSite(site, parts, ['/'], undefined))
  if (target.kind === 'plain' && site.routes().urlsOf(from).length === 0) return onHost(site, link, from)
  if (parts.raw === '') return fileAt(site.ctx, from, parts.fragment)
  if (target.kind === 'plain') return whereShared(site, parts, inEither(site, parts, from))
  const found = onSite(site, parts, ['/'], undefined)
  return requestedAt(target.path, found)
}

/** A resolution with the doubt that a missing page at the top of a host is the start page of another repository's site. */
function whereShared({config}: JekyllSite, {path}: UrlParts, found: Resolution): Resolution {
  const isStartPage = config.baseurl === '' && /^\/[^/.]+\/?$/.test(path)
  return isStartPage ? doubted(found, doubt('host-top')) : found
}

/** A resolution with the URL that Liquid code stands for. */
function requestedAt(url: string, found: Resolution): Resolution {
  if (found.to === 'missing') return {...found, url}
  const otherwise = found.to === 'unknown' && found.otherwise
  return otherwise ? {...found, otherwise: {...otherwise, url}} : found
}

/** Resolve `{% link %}` or `{% post_url %}` to a source file; the build fails without it. */
function toSource(
  {ctx, prefix, routes, copied}: JekyllSite,
  {tag, name, fragment}: Extract<LiquidLink, {kind: 'source'}>,
): Resolution {
  const {lookup} = ctx
  const path = name.replace(/^\//, '')
  if (tag === 'link') {
    const file = prefix + path
    if (lookup.isFile(file)) return fileAt(ctx, file, fragment)
    const why = copied?.(file)
    return why ? doubted(lookup.missing(file), why) : lookup.missing(file)
  }
  const folder = folderPrefix(folderOf(path))
  for (const file of routes().postsNamed(nameOf(path)))
    if (file.replace('_posts/', '').includes(folder)) return fileAt(ctx, file, fragment)
  return lookup.missing(`${prefix}_posts/${name}.md`)
}

/**
 * Resolve a link of a page that Jekyll does not publish on the host, unless a name with `_` marks the page as an
 * include.
 */
function onHost({host, prefix}: JekyllSite, link: SiteLink, from: string): Resolution {
  const found = host.resolve(link, from)
  return isNamedAsPartial(from.slice(prefix.length)) ? resolvedInPartial(found, from) : found
}

/** Resolve a path by source folder, as the host and jekyll-relative-links do, or else by the URLs of the page. */
function inEither(site: JekyllSite, parts: UrlParts, from: string): Resolution {
  const {ctx, prefix} = site
  const {path, fragment} = parts
  const isAbsolute = path.startsWith('/')
  const fromTop = joinPath('', path)
  const source = isAbsolute ? prefix + fromTop : joinPath(folderOf(from), path)
  if (ctx.lookup.isFile(source) && !path.endsWith('/')) return fileAt(ctx, source, fragment)
  if (isAbsolute && prefix && ctx.lookup.isFile(fromTop)) return fileAt(ctx, fromTop, fragment)
  return onSite(site, parts, isAbsolute ? ['/'] : site.routes().urlsOf(from), source)
}

/**
 * Look up a path among the URLs of the site.
 *
 * @param bases The URLs that a relative path may be resolved against.
 * @param source The file that it refers to by source folder; undefined for a path written by Liquid.
 */
function onSite(site: JekyllSite, parts: UrlParts, bases: string[], source: string | undefined): Resolution {
  const {ctx, config, prefix, routes} = site
  const isAbsolute = parts.path.startsWith('/')
  const isBased = config.baseurl !== '' && isAtOrBelow(parts.path, config.baseurl)
  const path = isBased ? parts.path.slice(config.baseurl.length) || '/' : parts.path
  // Browsers do not go above the root of the host.
  const places = bases
    .map((base) => joinPath(isAbsolute ? '' : folderOf(base.slice(1)), path))
    .map((place) => (config.baseurl === '' ? withoutLevelsAbove(place) : place))
  for (const place of places) {
    const file = routes().fileAt(`/${place}`)
    if (file !== undefined) return fileAt(ctx, file, parts.fragment)
  }
  if (config.baseurl && isAbsolute && !isBased && source !== undefined)
    return {to: 'unknown', doubt: doubt('other-site')}
  const missing = absent(site, path, source ?? prefix + joinPath('', path), prefix + (places[0] ?? ''))
  if (missing.to === 'missing' && missing.why === 'leaves') return missing
  const why = (isSource(path) ? undefined : whyUncertain(site, path, places)) ?? whyCopied(site, missing)
  return why === undefined ? missing : doubted(missing, why)
}

const whyCopied = ({copied}: JekyllSite, found: Resolution): Doubt | undefined =>
  found.to === 'missing' ? copied?.(found.path) : undefined

const isSource = (path: string) => /\.(?:md|markdown)$/i.test(path)

/** The reason why something may be published at one of the places of a path, although no file shows it. */
function whyUncertain(site: JekyllSite, path: string, places: readonly string[]): Doubt | undefined {
  const {plugins, routes} = site
  if (GENERATED.test(path)) return doubt('generated-file')
  if (places.some((place) => routes().mayHave(`/${place}`))) return doubt('redirect-pattern')
  if (LISTS.test(path)) return doubt('generated-list')
  const addition = plugins.additions.find(({covers}) => places.some(covers))
  if (addition) return addition.doubt
  return places.some((place) => mayBeOfTheme(site, place)) ? doubt('theme-files') : undefined
}

/** May a theme publish a file? It does not in the folders that a site has of its own. */
function mayBeOfTheme({ctx, config: {theme}, prefix}: JekyllSite, place: string): boolean {
  if (theme === undefined || !/(?:^|\/)assets\//.test(place)) return false
  const folder = folderOf(place)
  return OF_THEMES.test(place) || folder.includes(theme) || !ctx.lookup.isFolder(prefix + folder)
}

/** The folders of assets that themes have, too. */
const OF_THEMES =
  /(?:^|\/)assets\/(?:(?:css|js|fonts?|img|images?|icons?|styles?|scripts?|vendor|lib)\/|[^/]*$)/i

/** Files and pages that common plugins and themes add. */
const GENERATED =
  /(?:^|\/)(?:feed|atom|rss|sitemap|robots|redirects)\.(?:xml|txt|json)$|(?:^|\/)page\/?\d+\/?$/i
/** Lists of posts that plugins and programs generate. */
const LISTS = /^\/(?:tags?|categor(?:y|ies)|archives?)\//i

/** The index pages of a folder, with a plugin or without. */
const INDICES = ['index.md', 'index.markdown', 'index.html', 'README.md']

/**
 * The resolution if neither the site nor the repository has the target.
 *
 * @param source The file that the path refers to by source folder.
 * @param published The path, in the site's folder, that it leads to by URL.
 */
function absent({ctx: {lookup}}: JekyllSite, path: string, source: string, published: string): Resolution {
  // By source folder the path leaves the tree; as a URL it is merely missing.
  if (isAbove(source))
    return isSource(path)
      ? {to: 'missing', path: source, why: 'leaves'}
      : {to: 'missing', path: published, why: 'file'}
  if (!lookup.isFolder(source)) return lookup.missing(source)
  // The index of the folder has a URL other than that of the link.
  const hasIndex = INDICES.some((name) => lookup.isFile(joinPath(source, name)))
  return {to: 'missing', path: source, why: hasIndex ? 'file' : 'index'}
}
