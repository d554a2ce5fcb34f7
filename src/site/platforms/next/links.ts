import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {fileFor, type NextRoutes} from './routes.ts'

/** A Next.js site, as needed to resolve links. */
export interface NextContext extends SiteContext, PageSource {
  /** The site's folder with a trailing slash; empty for the root. */
  prefix: string
  routes: NextRoutes
}

/** Resolve a link to a file in `public/`, or to a page below the content folder. */
export function resolveLink(context: NextContext, {url, image}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {lookup, prefix} = context
  const {path, fragment} = parts
  if (parts.raw === '') return fileAt(context, from, fragment)
  if (/^[@~]/.test(path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (!path.startsWith('/')) {
    const file = joinPath(folderOf(from), path)
    if (lookup.isFile(file)) return fileAt(context, file, fragment)
    if (isAbove(file)) return {to: 'unknown', doubt: doubt('page-url')}
    return doubted(lookup.missing(file), doubt('page-url'))
  }
  const asset = `${prefix}public${path}`
  if (lookup.isFile(asset)) return fileAt(context, asset, fragment)
  // If the folder contains other images, this one is missing.
  if (image && lookup.isFolder(folderOf(asset))) return lookup.missing(asset)
  return resolvePage(context, parts)
}

/** Resolve an absolute link; its target is missing only if there are other pages in the same folder. */
function resolvePage(context: NextContext, {path, fragment}: UrlParts): Resolution {
  const {lookup, routes} = context
  const {content} = routes
  if (!content) return {to: 'unknown', doubt: doubt('unknown-generator', 'its code')}
  const target = joinPath(content.folder, trimBoth(path, '/'))
  const file = fileFor(lookup, target)
  if (file !== undefined) return fileAt(context, file, fragment)
  const folder = folderOf(target)
  const isSection = content.isWhole && folder !== content.folder && routes.pagesIn(folder) >= 2
  const code = doubt('code-pages', 'code')
  const route = routes.codeAt(path)
  if (route !== undefined) return {to: 'file', path: route}
  if (/\.\w+$/.test(path)) return {to: 'unknown', doubt: code}
  const missing = lookup.missing(`${target}.md`)
  return isSection && !routes.hasOwnRoute(path.slice(1).split('/', 1)[0]!) ? missing : doubted(missing, code)
}
