import {folderOf, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {pathBelowBase, splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {VitepressConfig} from './config.ts'
import type {Routes} from './routes.ts'

/** A VitePress site, as needed to resolve links. */
export interface VitepressContext extends SiteContext, PageSource {
  config: VitepressConfig
  routes: Routes
}

/** Resolve a link: to a page by source file or URL, or to a file beside the page or in `public/`. */
export function resolveLink(context: VitepressContext, link: SiteLink, from: string): Resolution {
  const {routes} = context
  const found = resolve(context, link, from)
  // Excluded pages in a folder serve as partials for `<!--@include: …-->`.
  const isPartial = !routes.isPublished(from) && from.slice(routes.prefix.length).includes('/')
  return isPartial ? resolvedInPartial(found, from) : found
}

function resolve(context: VitepressContext, link: SiteLink, from: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  // Vite aliases, which are configured.
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  const path = pathInMarkdown(context.config.base, link, parts.path)
  if (path === undefined) return {to: 'outside', why: `outside the site's base ${context.config.base}`}
  return isPagePath(path)
    ? resolvePage(context, {...parts, path}, from)
    : resolveAsset(context, {...parts, path}, link, from)
}

/** The path below the base, which links in Markdown contain; those in HTML start from the root of the host. */
function pathInMarkdown(base: string, {kind, image}: SiteLink, path: string): string | undefined {
  if (kind !== 'html' || image || base === '/' || !path.startsWith('/')) return path
  const place = pathBelowBase(path, base)
  return place === undefined ? undefined : `/${place}`
}

/** Does a path refer to a page: by a folder, without extension, or with `.md` or `.html`? */
const isPagePath = (path: string) =>
  path === '' || path.endsWith('/') || /(?:^|\/)[^./]+$|\.(?:md|html)$/.test(path)

/** Resolve a link to a page; a relative one is resolved against the path at which its own page is published. */
function resolvePage(context: VitepressContext, {path, fragment}: UrlParts, from: string): Resolution {
  const {lookup, config, routes} = context
  const {prefix} = routes
  const name = path.replace(/\.(?:html|md)$/, '') + (path.endsWith('/') ? 'index' : '')
  const target = path.startsWith('/')
    ? prefix + joinPath('', name)
    : joinPath(folderOf(routes.placeOf(from)), name)
  const page = `${target}.md`
  const source = routes.sourceOf(page)
  if (source !== undefined) return fileAt(context, source, fragment)
  const inPublic = `${prefix}public/${target.slice(prefix.length)}`
  // Files such as `public/LICENSE` have no extension, either.
  const copied = [`${inPublic}.html`, inPublic].find((file) => lookup.isFile(file))
  if (copied !== undefined) return fileAt(context, copied, fragment)
  if (!target.startsWith(prefix))
    // Readers of the repository find a page beside the site's folder.
    return path.endsWith('.md') && !lookup.isFile(page)
      ? lookup.missing(page)
      : {to: 'unknown', doubt: doubt('outside-docset')}
  if (config.otherRoutes !== undefined) return {to: 'unknown', doubt: config.otherRoutes}
  if (routes.mayGenerate(page)) return {to: 'unknown', doubt: doubt('redirect-pattern')}
  return lookup.missing(page)
}

/** Resolve a link to another file. */
function resolveAsset(
  context: VitepressContext,
  {path, fragment}: UrlParts,
  {image}: SiteLink,
  from: string,
): Resolution {
  const {lookup, config} = context
  const {prefix} = context.routes
  const isAbsolute = path.startsWith('/')
  const folder = folderOf(from)
  const inPublic = `${prefix}public/${joinPath(isAbsolute ? '' : folder.slice(prefix.length), path)}`
  const inSources = isAbsolute ? prefix + joinPath('', path) : joinPath(folder, path)
  const places = isAbsolute ? [inPublic, inSources] : [inSources, inPublic]
  const file = places.find((place) => lookup.isFile(place))
  if (file !== undefined) return fileAt(context, file, fragment)
  // The build fails for a missing image; if its folder is also missing, a script may create it.
  if (image && (!isAbsolute || lookup.isFolder(folderOf(inPublic)))) return lookup.missing(places[0]!)
  return {to: 'unknown', doubt: config.moreFiles ?? doubt('code-pages', 'the build')}
}
