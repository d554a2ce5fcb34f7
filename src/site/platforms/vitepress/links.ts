import {folderOf, isAbove, joinPath, nameOf, withoutLevelsAbove} from '../../../text/paths.ts'
import {withoutQuery} from '../../../text/urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {pathBelowBase, splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Components} from '../../shared/vue/components.ts'
import {comparedUrl} from '../../shared/vue/ignored-links.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {VitepressConfig} from './config.ts'
import type {Routes} from './routes.ts'

/** A VitePress site, as needed to resolve links. */
export interface VitepressContext extends SiteContext, PageSource {
  config: VitepressConfig & {
    /** The fragments of links become slugs, as headings do: since version 2. */
    slugsFragments: boolean
    /** The site may be built by version 0, whose slugs differ. */
    isVersion0: boolean
  }
  routes: Routes
  components: Components
}

/** Resolve a link: to a page by source file or URL, or to a file beside the page or in `public/`. */
export function resolveLink(context: VitepressContext, link: SiteLink, from: string): Resolution {
  const {routes} = context
  const found = resolve(context, link, from)
  // Excluded pages in a folder serve as partials for `<!--@include: …-->`.
  const isPartial = !routes.isPublished(from) && from.slice(routes.prefix.length).includes('/')
  return isPartial ? resolvedInPartial(found, from) : found
}

function resolve(context: VitepressContext, written: SiteLink, from: string): Resolution {
  const {config} = context
  const link = asRendered(context, written, from)
  const parts = splitUrl((link ?? written).url)
  if ('to' in parts) return parts
  if (!link) return {to: 'unknown', doubt: doubt('component', `<${written.tag}>`)}
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  // Vite aliases, which are configured.
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  const path = pathInMarkdown(config.base, link, parts.path)
  if (path === undefined) return {to: 'outside', why: `outside the site's base ${config.base}`}
  if (config.ignored.test(comparedUrl(path)))
    return {to: 'outside', why: 'the configuration names it in ignoreDeadLinks'}
  return isPagePath(path, link, config)
    ? resolvePage(context, {...parts, path}, link, from)
    : resolveAsset(context, {...parts, path}, link, from)
}

/** A link as the page that VitePress renders has it; undefined if a component decides that. */
function asRendered(
  {components, config, page}: VitepressContext,
  link: SiteLink,
  from: string,
): SiteLink | undefined {
  const {kind, tag = '', prop, url} = link
  if (kind === 'front-matter') return asInTheme(link)
  if (prop === undefined) return link
  const handing = components.handing(tag, prop, page(from))
  if (handing === 'theme') return asInTheme(link)
  if (handing === undefined) return
  const isBased = handing.startsWith('base') && url.startsWith('/')
  const {image: _, ...plain} = link
  const rendered = {...plain, url: isBased ? config.base + url.slice(1) : url}
  return handing.endsWith('image') ? {...rendered, tag: 'img', image: true} : {...rendered, tag: 'a'}
}

/**
 * A link of front matter as the default theme writes it: pages are found as those in Markdown are, but from the root if
 * the path begins with its name: `guide/lamp` → `/guide/lamp`. To the URL of a file, no base is added.
 */
function asInTheme(link: SiteLink): SiteLink {
  if (link.image) return link
  const path = withoutQuery(link.url)
  if (FILE_EXTENSIONS.has(extensionOf(path))) return {...link, kind: 'html', tag: 'a'}
  const isFromRoot = /^\w[^:]*[^:/]$/.test(path) && !path.endsWith('.html')
  return {...link, kind: 'link', url: isFromRoot ? `/${link.url}` : link.url}
}

/** The path below the base, which links in Markdown contain; those in HTML start from the root of the host. */
function pathInMarkdown(base: string, link: SiteLink, path: string): string | undefined {
  if (link.isBased) return path
  if (link.kind !== 'html' || isImageOfPage(link) || base === '/' || !path.startsWith('/')) return path
  const place = pathBelowBase(path, base)
  return place === undefined ? undefined : `/${place}`
}

/** Is a link an image that stands on the page itself, so that the bundler finds it? Others are left to the browser. */
const isImageOfPage = ({image, prop}: SiteLink) => image === true && prop === undefined

/**
 * Does a path refer to a page: by a folder, without extension, or with `.md` or `.html`? In Markdown, an extension that
 * VitePress does not know is a part of the name of a page.
 */
function isPagePath(path: string, link: SiteLink, config: VitepressConfig): boolean {
  if (path === '' || path.endsWith('/') || /(?:^|\/)[^./]+$|\.(?:md|html)$/.test(path)) return true
  return isMarkdownLink(link) && !config.hasOwnExtensions && !FILE_EXTENSIONS.has(extensionOf(path))
}

/** Does VitePress add `.html` to a link? It leaves those that open or load a file as they are. */
const isMarkdownLink = ({kind, image, attributes = ''}: SiteLink) =>
  kind !== 'html' && !image && !/\b(?:target|download)\b/.test(attributes)

const extensionOf = (path: string) => nameOf(path).replace(/^.*\./, '').toLowerCase()

/** The extensions of files in `treatAsHtml` of VitePress. */
const FILE_EXTENSIONS = new Set(
  (
    '3g2 3gp aac ai apng au avif bin bmp cer class conf crl css csv dll doc eps epub exe gif gz ics ief jar jpe jpeg jpg ' +
    'js json jsonld m4a man mid midi mjs mov mp2 mp3 mp4 mpe mpeg mpg mpp oga ogg ogv ogx opus otf p10 p7c p7m p7s pdf ' +
    'png ps qt roff rtf rtx ser svg t tif tiff tr ts tsv ttf txt vtt wav weba webm webp woff woff2 xhtml xml yaml yml zip'
  ).split(' '),
)

/** Resolve a link to a page; a relative one is resolved against the path at which its own page is published. */
function resolvePage(
  context: VitepressContext,
  {path, fragment}: UrlParts,
  link: SiteLink,
  from: string,
): Resolution {
  const {lookup, routes, config} = context
  const {prefix} = routes
  const name = path.replace(/\.(?:html|md)$/, '') + (path.endsWith('/') ? 'index' : '')
  const target = path.startsWith('/')
    ? prefix + joinPath('', name)
    : joinPath(folderOf(routes.placeOf(from)), name)
  const page = `${target}.md`
  const source =
    routes.sourceOf(page) ?? pageFromAbove(context, name, from) ?? pageOfFolder(context, target, link, path)
  if (source !== undefined) return fileAt(context, source, fragment)
  const inPublic = `${prefix}public/${target.slice(prefix.length)}`
  // Files such as `public/LICENSE` have no extension, either, but may get one in a link.
  const isLeft = config.cleanUrls || !isMarkdownLink(link)
  const copied = [`${inPublic}.html`, ...(isLeft ? [inPublic] : [])].find((file) => lookup.isFile(file))
  if (copied !== undefined) return fileAt(context, copied, fragment)
  if (!target.startsWith(prefix) && lookup.isFile(page))
    // Readers of the repository find a page beside the site's folder.
    return {to: 'unknown', doubt: doubt('outside-docset')}
  const why = target.startsWith(prefix) || path.endsWith('.md') ? whyUncertain(context, page) : OUTSIDE
  return why ? doubted(lookup.missing(page), why) : lookup.missing(page)
}

/** The page of a folder, to which hosts lead from its URL without a slash; in Markdown, VitePress adds `.html` to that. */
const pageOfFolder = (
  {routes}: VitepressContext,
  target: string,
  {kind}: SiteLink,
  path: string,
): string | undefined =>
  kind === 'html' && !/\.(?:md|html)$/.test(path) ? routes.sourceOf(`${target}/index.md`) : undefined

/** The page that a browser finds at a relative URL with more `../` than its page has folders, which it leaves out. */
function pageFromAbove({config, routes}: VitepressContext, name: string, from: string): string | undefined {
  if (config.base !== '/' || name.startsWith('/')) return
  const {prefix} = routes
  const place = joinPath(folderOf(routes.placeOf(from).slice(prefix.length)), name)
  return isAbove(place) ? routes.sourceOf(`${prefix}${withoutLevelsAbove(place)}.md`) : undefined
}

const OUTSIDE = doubt('outside-docset')

/** The reason why there may be a page at a path that no file shows. */
function whyUncertain(context: VitepressContext, page: string): Doubt | undefined {
  const {config, routes} = context
  if (config.otherRoutes !== undefined) return config.otherRoutes
  if (config.ignored.isComputed) return doubt('computed-setting', 'ignoreDeadLinks')
  if (routes.mayGenerate(page)) return doubt('redirect-pattern')
  return isListed(context, page) ? doubt('listed-page') : undefined
}

/** Does the navigation list a page, or others of a folder that the tree lacks? */
function isListed({config: {listed}, lookup, routes}: VitepressContext, page: string): boolean {
  const place = page.slice(routes.prefix.length).replace(/(?:(?:^|\/)index)?\.md$/, '')
  return listed.has(place) || listed.hasOfAbsentFolder(place, routes.prefix, lookup)
}

/** Resolve a link to another file. */
function resolveAsset(
  context: VitepressContext,
  {path, fragment}: UrlParts,
  link: SiteLink,
  from: string,
): Resolution {
  const {lookup, config, routes} = context
  const {prefix} = routes
  const isAbsolute = path.startsWith('/')
  const folder = folderOf(from)
  const inPublic = `${prefix}public/${joinPath(isAbsolute ? '' : folder.slice(prefix.length), path)}`
  const inSources = isAbsolute ? prefix + joinPath('', path) : joinPath(folder, path)
  const places = isAbsolute ? [inPublic, inSources] : [inSources, inPublic]
  const file = places.find((place) => lookup.isFile(place))
  if (file === inSources && !isBundled(link) && routes.isPublished(from) && !context.isPage(file))
    return unpublished(file, config.moreFiles)
  if (file !== undefined) return fileAt(context, file, fragment)
  const missing = lookup.missing(places[0]!)
  if (!link.image) return doubted(missing, config.moreFiles ?? doubt('code-pages', 'the build'))
  // The build fails for a missing image of Markdown; if its folder is also missing, a script may create it.
  const isBuilt = link.kind !== 'front-matter' && isImageOfPage(link)
  const hasFolder = isBuilt && (!isAbsolute || lookup.isFolder(folderOf(inPublic)))
  return hasFolder || !config.moreFiles ? missing : doubted(missing, config.moreFiles)
}

/** Does the bundler see a link, so that it copies the file? It does not follow links to other pages. */
const isBundled = ({kind, tag, image}: SiteLink) =>
  kind !== 'front-matter' && (image || (kind === 'html' && tag !== 'a'))

/** The resolution of a file beside a page, which only a plugin or a hook may publish. */
function unpublished(path: string, more: Doubt | undefined): Resolution {
  const missing: Resolution = {to: 'missing', path, why: 'unpublished'}
  return more ? doubted(missing, more) : missing
}
