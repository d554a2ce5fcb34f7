import {folderOf, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {DocfxConfig} from './config.ts'
import type {Learn} from './learn.ts'

/** The site and routes needed to resolve links. */
export interface DocfxSite {
  ctx: SiteContext
  config: DocfxConfig
  learn: Learn
}

/** Extensions of source files and resources; other links may be URLs of published pages. */
const SOURCE =
  /\.(?:md|markdown|ya?ml|png|jpe?g|gif|svg|webp|ico|bmp|mp4|webm|pdf|zip|txt|csv|json|xml|cs|vb|fsx?|ps1|sh|sql|js|ts|css|py|java|cpp|xaml|csproj|sln|razor|cshtml|docx|xlsx|pptx)$/i

/** Resolve a link, whose path is that of a source file. */
export function resolveDocfxLink(site: DocfxSite, {url}: SiteLink, from: string): Resolution {
  const {ctx} = site
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (/^#?tab\//.test(parts.fragment ?? '')) return {to: 'outside', why: 'a tab on the page'}
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.startsWith('/')) return {to: 'outside', why: 'in another docset'}
  const path = sourceOf(site, parts, from)
  if (ctx.lookup.isFile(path)) return fileAt(ctx, path, parts.fragment)
  const missing = absent(site, path, from)
  const isSource = SOURCE.test(parts.path) && !parts.path.includes('\\')
  return isSource ? missing : doubted(missing, doubt('code-pages', 'the build'))
}

/** Find a file that a page shows; its links begin at the file itself. */
export function resolveDocfxInclude(site: DocfxSite, {url}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (parts.path.startsWith('/')) return {to: 'outside', why: 'in another docset'}
  const path = sourceOf(site, parts, from)
  return site.ctx.lookup.isFile(path) ? fileAt(site.ctx, path, undefined) : absent(site, path, from)
}

/** The source file that a path refers to: from the page's folder, or with `~` from that of `docfx.json`. */
export const sourceOf = ({ctx}: Pick<DocfxSite, 'ctx'>, {path}: UrlParts, from: string): string =>
  /^~[\\/]/.test(path) ? joinPath(ctx.marker.root, path.slice(2)) : joinPath(folderOf(from), path)

function absent({ctx: {lookup}, config, learn}: DocfxSite, path: string, from: string): Resolution {
  if (learn.redirected.has(path.toLowerCase())) return {to: 'outside', why: 'it is redirected'}
  // A page read by another tool may have been written for another location; its folders show that.
  const isIncluded = /(?:^|\/)_?includes?\//i.test(from)
  if (!config.isContent(from) && !isIncluded && !lookup.isFolder(folderOf(path)))
    return {to: 'unknown', doubt: doubt('not-published')}
  const missing = lookup.missing(path)
  if (missing.to === 'missing' && missing.why === 'case')
    return {to: 'unknown', doubt: doubt('computed-setting', 'the file system of the build')}
  return learn.borrowed.has(path) || config.generated.has(path)
    ? doubted(missing, doubt('code-pages', 'the build'))
    : missing
}
