import {isMarkdownFile, withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {folderOf, isAbove, isAtOrBelow, isBelow, joinPath, withoutLevelsAbove} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteAnswers, SiteLink} from '../../types.ts'
import type {HexoConfig} from './config.ts'
import {type Plugins, themeFolder} from './plugins.ts'
import type {HexoRoutes} from './routes.ts'
import {evaluateTag, type TagTarget} from './tags.ts'

/** The site and routes needed to resolve links. */
export interface HexoSite {
  ctx: SiteContext
  config: HexoConfig
  plugins: Plugins
  routes(): HexoRoutes
  /** The answers of the host that shows the repository, such as GitHub. */
  host: SiteAnswers
}

/** Resolve a link of a page: the browser does so by the URL of the page, since Hexo changes only those of images. */
export function resolveHexoLink(site: HexoSite, link: SiteLink, from: string): Resolution {
  const target = evaluateTag(link.url)
  if (target === undefined) return {to: 'unknown', doubt: doubt('template-link')}
  if (target.kind === 'plain') return resolvePlain(site, link, from)
  if (target.kind === 'post') return toPost(site, target)
  if (target.kind === 'asset') return toAsset(site, target.names, from)
  const parts = splitUrl(target.path)
  return 'to' in parts ? parts : unlessChanged(site, link, onSite(site, parts, [parts.path]))
}

/** Resolve a link without template code. */
function resolvePlain(site: HexoSite, link: SiteLink, from: string): Resolution {
  const {ctx, host, routes} = site
  const parts = splitUrl(link.url)
  if (routes().basesOf(from) === undefined) return resolveOfUnpublished(site, link, parts, from)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  const found = unlessChanged(site, link, resolveWritten(site, link, parts, from))
  // The host shows what Hexo only copies, such as a README.md.
  const isShownByHost = found.to === 'missing' && routes().isRaw(from)
  return isShownByHost ? host.resolve(link, from) : found
}

/** Resolve a link of a file that Hexo leaves out: the host shows it, and it may be a part of a page, or become one. */
function resolveOfUnpublished(
  site: HexoSite,
  link: SiteLink,
  parts: Resolution | UrlParts,
  from: string,
): Resolution {
  const found = site.host.resolve(link, from)
  if (found.to !== 'missing' || 'to' in parts || !parts.path.startsWith('/')) return found
  return isBelow(from, site.config.source)
    ? {to: 'unknown', doubt: doubt('included-elsewhere'), otherwise: found}
    : found
}

const unlessChanged = ({plugins: {images}}: HexoSite, {image}: SiteLink, found: Resolution): Resolution =>
  image && images ? doubted(found, images) : found

/** Resolve a link as it is written: renderers of Markdown may resolve images against the root of the site. */
function resolveWritten(site: HexoSite, link: SiteLink, parts: UrlParts, from: string): Resolution {
  const {config, plugins, routes} = site
  const isMarkdownImage = link.image === true && (link.kind === 'image' || link.kind === 'definition')
  const prependsRoot = isMarkdownImage ? plugins.prependsRoot : false
  const {path} = parts
  if (path.startsWith('/')) return fromTop(site, parts, prependsRoot)
  const bases = routes().basesOf(from)!
  if (bases.length === 0) return fromUnknownUrl(site, parts, from)
  const asset = isMarkdownImage && plugins.findsPostAssets ? assetBeside(site, [path], from) : undefined
  if (asset !== undefined) return fileAt(site.ctx, asset, parts.fragment)
  const atUrl = bases.map((url) => placeOf(joinPath(folderOf(url.slice(1)), path), config))
  const atRoot = withoutLevelsAbove(joinPath('', path))
  const places = prependsRoot === true ? [atRoot] : prependsRoot === false ? atUrl : [atRoot, ...atUrl]
  return onSite(
    site,
    parts,
    places.map((place) => `/${place}`),
    joinPath(folderOf(from), path),
  )
}

/** Resolve a path from the top of the host, or of the site if the renderer prepends its root. */
function fromTop(site: HexoSite, parts: UrlParts, prependsRoot: boolean | undefined): Resolution {
  const {base} = site.config
  const path = withinHost(parts.path)
  if (base === '' || isAtOrBelow(path, base)) {
    const below = path.slice(base.length) || '/'
    return onSite(site, parts, prependsRoot === false ? [below] : [below, path])
  }
  const otherSite: Resolution = {to: 'unknown', doubt: doubt('other-site')}
  if (prependsRoot === false) return otherSite
  const found = onSite(site, parts, [path])
  return prependsRoot || found.to === 'page' || found.to === 'file' ? found : otherSite
}

/** The first of some files beside a post, in the folder of its name. */
const assetBeside = ({ctx}: HexoSite, names: readonly string[], from: string): string | undefined =>
  names.map((name) => joinPath(withoutMarkdownExtension(from), name)).find((file) => ctx.lookup.isFile(file))

/** Browsers go up at most to the root of the host: `/../images/a.png` → `/images/a.png` */
const withinHost = (path: string): string =>
  path.includes('/../') ? `/${withoutLevelsAbove(joinPath('', path))}` : path

/** Browsers do not go above the root of the host. */
const placeOf = (place: string, {base}: HexoConfig): string =>
  base === '' ? withoutLevelsAbove(place) : place

/** Resolve a relative link of a page whose URL is not known: any file of that name may be meant. */
function fromUnknownUrl(site: HexoSite, {path, fragment}: UrlParts, from: string): Resolution {
  const beside = joinPath(folderOf(from), path)
  return site.ctx.lookup.isFile(beside) && site.routes().urlsOf(beside).length > 0
    ? fileAt(site.ctx, beside, fragment)
    : {to: 'unknown', doubt: doubt('page-url')}
}

/** Resolve `{% post_link %}`; the build fails without the post. */
function toPost(
  {ctx, config, routes}: HexoSite,
  {name, fragment}: Extract<TagTarget, {kind: 'post'}>,
): Resolution {
  const [file] = routes().postsNamed(name)
  return file === undefined
    ? ctx.lookup.missing(joinPath(config.source, `_posts/${name}.md`))
    : fileAt(ctx, file, fragment)
}

/** Resolve `{% asset_img %}` and its like, which write nothing unless one of their words is a file beside the post. */
function toAsset(site: HexoSite, names: readonly string[], from: string): Resolution {
  const {ctx, config, plugins} = site
  if (!config.hasPostAssets) return {to: 'unknown', doubt: plugins.images ?? doubt('template-link')}
  const file = assetBeside(site, names, from)
  if (file !== undefined) return fileAt(ctx, file, undefined)
  const name = names.find((each) => /\.\w+$/.test(each)) ?? names[0]!
  return ctx.lookup.missing(joinPath(withoutMarkdownExtension(from), name))
}

/**
 * Look up a path among the URLs of the site.
 *
 * @param urls The URL paths, without the base of the site, that it may mean.
 * @param source The file that it refers to by source folder.
 */
function onSite(site: HexoSite, parts: UrlParts, urls: readonly string[], source?: string): Resolution {
  const {ctx, config, routes} = site
  for (const url of urls) {
    const file = routes().fileAt(url)
    if (file !== undefined) return fileAt(ctx, file, parts.fragment)
  }
  const redirected = site.plugins.hasAliases ? redirectOf(site, urls, parts) : undefined
  if (redirected) return redirected
  const path = source ?? joinPath(config.source, (urls[0] ?? parts.path).slice(1))
  const missing = absent(site, parts, path)
  const why =
    urls.map((url) => whyUncertain(site, url)).find(Boolean) ??
    (isMarkdownFile(parts.path) ? site.plugins.links : undefined)
  return why === undefined ? missing : doubted(missing, why)
}

/** The target of an alias, in the configuration or in the front matter of a page. */
function redirectOf(site: HexoSite, urls: readonly string[], parts: UrlParts): Resolution | undefined {
  const {ctx, config, routes} = site
  for (const url of urls) {
    const file = routes().redirectAt(url)
    if (file !== undefined) return fileAt(ctx, file, parts.fragment)
    const to = [url, url.slice(1), `${url.slice(1)}.html`, `${url.slice(1)}index.html`.replace(/^\//, '')]
      .map((each) => config.aliases[each])
      .find((each) => typeof each === 'string')
    const target = to === undefined ? undefined : routes().fileAt(`/${String(to).replace(/^\/+/, '')}`)
    if (target !== undefined) return fileAt(ctx, target, parts.fragment)
    if (to !== undefined) return {to: 'outside', why: `it is redirected to ${String(to)}`}
  }
  return
}

/** Files that common plugins and themes add. */
const GENERATED =
  /(?:^|\/)(?:[\w-]*(?:feed|atom|rss2?|sitemap)[\w-]*\.(?:xml|json|txt)|search\.(?:xml|json)|robots\.txt|CNAME|ads\.txt)$/i
/** Files of the kinds that themes bring. */
const OF_THEMES =
  /^\/(?:css|js|lib|libs|fonts?|img|images?|assets|pluginsSrc|webfonts)\/|^\/[^/]+\.(?:ico|png|svg|webmanifest|js|css)$/i

/** The reason why something may be published at a URL, although no file shows it. */
function whyUncertain(site: HexoSite, url: string): Doubt | undefined {
  const {ctx, config, plugins, routes} = site
  const path = url.replace(/^\//, '')
  if (GENERATED.test(url) || plugins.generated.has(path)) return doubt('generated-file')
  if (routes().mayHave(url)) return doubt('redirect-pattern')
  if (isList(path, config)) return doubt('generated-list')
  if (plugins.pages) return plugins.pages
  const theme = themeFolder(ctx.marker.root, config)
  const isUnseen = theme !== undefined && !ctx.lookup.isFolder(theme)
  return isUnseen && OF_THEMES.test(url) ? doubt('theme-files') : undefined
}

/** Is a URL that of a list of posts: an archive, a tag, a category, or a further page of one? */
function isList(path: string, {lists, pagination}: HexoConfig): boolean {
  return path === '' || lists.some((folder) => isAtOrBelow(path, folder)) || isBelow(path, pagination)
}

/** The resolution if nothing is published at a URL. */
function absent({ctx: {lookup}, routes}: HexoSite, parts: UrlParts, path: string): Resolution {
  if (isAbove(path)) return {to: 'missing', path: withoutLevelsAbove(joinPath('', parts.path)), why: 'file'}
  if (!lookup.isFile(path)) return lookup.missing(path)
  // Nothing changes the extension in a link to the source of a page.
  return isMarkdownFile(path) && routes().urlsOf(path).length > 0
    ? {to: 'missing', path, why: 'file', suggestion: path, evidence: 'extension'}
    : {to: 'missing', path, why: 'unpublished'}
}
