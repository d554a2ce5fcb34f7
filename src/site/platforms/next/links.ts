import {folderOf, isAbove, joinPath, nameOf} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import type {RedirectDoubt} from '../../shared/next/middleware.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {nextAnchors} from './anchors.ts'
import {isLanguage, languageFolderOf} from './languages.ts'
import type {NextRoutes} from './routes.ts'

/** A Next.js site, as needed to resolve links. */
export interface NextContext extends SiteContext, PageSource {
  /** The site's folder with a trailing slash; empty for the root. */
  prefix: string
  routes: NextRoutes
  /** Set if middleware redirects. */
  redirectDoubt: RedirectDoubt | undefined
}

/** Resolve a link to a file in `public/`, or to a page below the content folder. */
export function resolveLink(context: NextContext, {url, image}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {lookup, prefix} = context
  const {path, fragment} = parts
  if (parts.raw === '') return fileAt(context, from, fragment)
  if (/^[@~]/.test(path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (!path.startsWith('/')) return resolveRelative(context, parts, from)
  const asset = `${prefix}public${path}`
  if (lookup.isFile(asset)) return fileAt(context, asset, fragment)
  // If the folder contains other images, this one is missing.
  if (image && lookup.isFolder(folderOf(asset))) return lookup.missing(asset)
  if (ASSET.test(path)) return resolveAsset(context, asset, path)
  return resolvePage(context, parts, from)
}

/**
 * Resolve a relative link, to a file or to a page: it is relative to the page's URL, which ends in a slash or not. If only one
 * of these readings leads to a page, the link is broken anyway or leads there.
 */
function resolveRelative(context: NextContext, {path, fragment}: UrlParts, from: string): Resolution {
  const {lookup} = context
  const beside = joinPath(folderOf(from), path)
  if (lookup.isFile(beside)) return fileAt(context, beside, fragment)
  if (isAbove(beside)) return {to: 'unknown', doubt: doubt('page-url')}
  const own = from.replace(/(?:\/(?:index|README))?\.\w+$/, '')
  const targets = [beside, ...[folderOf(own), own].map((folder) => joinPath(folder, path))]
  const pages = targets.flatMap((target) => pageFor(context, {target, content: '', fragment}, from) ?? [])
  const [first, ...others] = new Set(pages)
  if (first === undefined) return doubted(lookup.missing(beside), doubt('page-url'))
  return others.length === 0 ? fileAt(context, first, fragment) : {to: 'unknown', doubt: doubt('page-url')}
}

/** A path with the extension of a file other than a page. */
const ASSET = /\.(?!html?$|mdx?$)[a-z]\w*$/i

/** Resolve an absolute link to a file that is not in `public/`, but that code may serve. */
function resolveAsset({lookup, routes}: NextContext, asset: string, path: string): Resolution {
  const route = routes.codeAt(path)
  return route === undefined
    ? doubted(lookup.missing(asset), doubt('code-pages', 'code'))
    : {to: 'file', path: route}
}

/** Resolve an absolute link; its target is missing only if there are other pages in the same folder. */
function resolvePage(context: NextContext, {path, fragment}: UrlParts, from: string): Resolution {
  const {lookup, routes} = context
  const {content} = routes
  if (!content) return {to: 'unknown', doubt: doubt('unknown-generator', 'the code of the site')}
  const target = joinPath(content.folder, trimBoth(path, '/'))
  const file = pageFor(context, {target, content: content.folder, fragment}, from)
  if (file !== undefined) return fileAt(context, file, fragment)
  const folder = folderOf(target)
  const isSection = content.isWhole && folder !== content.folder && routes.pagesIn(folder) >= 2
  const code = doubt('code-pages', 'code')
  const route = routes.codeAt(path)
  if (route !== undefined) return {to: 'file', path: route}
  if (/\.\w+$/.test(path)) return {to: 'unknown', doubt: code}
  const missing = lookup.missing(`${target}.md`)
  if (context.redirectDoubt) return doubted(missing, context.redirectDoubt(path))
  const isCertain =
    isSection &&
    !routes.hasOwnRoute(path.slice(1).split('/', 1)[0]!) &&
    !routes.isNameElsewhere(nameOf(target))
  return isCertain ? missing : doubted(missing, code)
}

/** A target below the content folder. */
interface Wanted {
  target: string
  content: string
  fragment: string | undefined
}

/** The file that a target means, in the language of the page with the link if only that one has the fragment, or both. */
function pageFor(context: NextContext, wanted: Wanted, from: string): string | undefined {
  const {target, fragment} = wanted
  const own = translationFor(context, wanted, from)
  const original = context.routes.fileFor(target)
  if (own === undefined || original === undefined || !fragment) return own ?? original
  const has = (file: string) => {
    const page = context.page(file)
    return page !== undefined && nextAnchors(page).has(fragment)
  }
  return has(original) && !has(own) ? original : own
}

/**
 * The file in the language of a page, which sites commonly show to its readers: for links from `docs/a.fr.md`, or from
 * `fr/docs/a.md` beside the content folder `en`.
 */
function translationFor({routes}: NextContext, {target, content}: Wanted, from: string): string | undefined {
  const ending = /\.([^./]+)\.mdx?$/.exec(from)?.[1]
  if (ending !== undefined && isLanguage(ending)) return routes.fileFor(target, `.${ending}`)
  const folder = languageFolderOf(from, content)
  return folder === undefined ? undefined : routes.fileFor(joinPath(folder, target.slice(content.length + 1)))
}
