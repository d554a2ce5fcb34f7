import {folderOf, isAbove, isBelow, joinPath} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {MissingTarget, Resolution, SiteLink} from '../../types.ts'
import type {DocfxConfig} from './config.ts'
import type {Learn} from './learn.ts'
import {byUrl, isRedirected, pageAt, REDIRECTED} from './published-urls.ts'
import {readXref, type Uids} from './uids.ts'

/** The site and routes needed to resolve links. */
export interface DocfxSite {
  ctx: SiteContext
  config: DocfxConfig
  learn: Learn
  uids(): Uids
}

/** Extensions of source files and resources; other links may be URLs of published pages. */
const SOURCE =
  /\.(?:md|markdown|ya?ml|png|jpe?g|gif|svg|webp|ico|bmp|mp4|webm|pdf|zip|txt|csv|json|xml|cs|vb|fsx?|ps1|sh|sql|js|ts|css|py|java|cpp|xaml|csproj|sln|razor|cshtml|docx|xlsx|pptx)$/i

/** Tables of contents. */
const CONTENTS = ['toc.yml', 'toc.md']

/** Resolve a link, whose path is that of a source file. */
export function resolveDocfxLink(site: DocfxSite, {url}: SiteLink, from: string): Resolution {
  const {ctx} = site
  const parts = splitUrl(url)
  if ('to' in parts) return byUid(site, url) ?? parts
  if (/^#?tab\//.test(parts.fragment ?? '')) return {to: 'outside', why: 'a tab on the page'}
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.startsWith('/')) return byUrl(site, parts, from)
  const path = sourceOf(site, parts, from)
  if (ctx.lookup.isFile(path)) return unpublished(site, path, from) ?? fileAt(ctx, path, parts.fragment)
  const isSource = SOURCE.test(parts.path) && !parts.path.includes('\\')
  const published = isSource ? undefined : byRelativeUrl(site, path, parts)
  if (published) return published
  const missing = absent(site, path, parts, from)
  return isSource ? missing : doubted(missing, doubt('code-pages', 'the build'))
}

/** Resolve a link that Microsoft Learn takes for the URL of a page; undefined if it has none there. */
function byRelativeUrl(
  {ctx, config, learn}: DocfxSite,
  path: string,
  {fragment}: UrlParts,
): Resolution | undefined {
  if (!learn.isLearn) return
  const page = pageAt({ctx, config}, path)
  if (page !== undefined) return fileAt(ctx, page, fragment)
  return isRedirected(learn, path) ? REDIRECTED : undefined
}

/** The resolution of a file that Docfx does not copy, and to which it leaves links of its pages as they are. */
function unpublished({ctx, config, learn}: DocfxSite, path: string, from: string): Resolution | undefined {
  if (learn.isLearn || !config.isContent(from) || config.isPublished(path)) return
  return isBelow(path, ctx.marker.root)
    ? {to: 'missing', path, why: 'unpublished'}
    : {to: 'unknown', doubt: doubt('outside-docset')}
}

/** Find a file that a page shows; its links begin at the file itself. */
export function resolveDocfxInclude(site: DocfxSite, {url}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (parts.path.startsWith('/')) return {to: 'outside', why: 'in another docset'}
  const path = sourceOf(site, parts, from)
  if (isAbove(path)) return includedFile(site.ctx, [path])
  return site.ctx.lookup.isFile(path) ? fileAt(site.ctx, path, undefined) : absent(site, path, parts, from)
}

/** The source file that a path refers to: from the page's folder, or with `~` from that of `docfx.json`. */
export const sourceOf = ({ctx}: Pick<DocfxSite, 'ctx'>, {path}: UrlParts, from: string): string =>
  /^~[\\/]/.test(path) ? joinPath(ctx.marker.root, path.slice(2)) : joinPath(folderOf(from), path)

/** Resolve a link that names a page, or a part of the API, by its uid; undefined for another link. */
function byUid({ctx, config, learn, uids}: DocfxSite, url: string): Resolution | undefined {
  const xref = readXref(url)
  if (!xref) return
  const {uid, fragment} = xref
  const page = uids().page(uid)
  if (page !== undefined) return fileAt(ctx, page, fragment)
  const mayBeElsewhere = learn.isLearn || config.hasMaps || !uids().isOfPages(uid)
  if (mayBeElsewhere) return {to: 'unknown', doubt: doubt('more-targets', 'the API or another site')}
  const missing: Resolution = {to: 'missing', path: uid, why: 'file'}
  return config.hasService ? {...missing, likely: 'all other uids of that form are those of pages'} : missing
}

function absent(site: DocfxSite, path: string, {fragment}: UrlParts, from: string): Resolution {
  const {ctx, config, learn} = site
  const {lookup} = ctx
  if (learn.redirected.has(path.toLowerCase())) return REDIRECTED
  // A page read by another tool may have been written for another location; its folders show that.
  const isIncluded = /(?:^|\/)_?includes?\//i.test(from)
  if (!config.isContent(from) && !isIncluded && !lookup.isFolder(folderOf(path)))
    return doubted(lookup.missing(path), doubt('unknown-reader'))
  const missing = lookup.missing(path)
  // Of each table of contents, Docfx makes a PDF with a name that the table gives.
  if (path.endsWith('.pdf') && CONTENTS.some((name) => lookup.isFile(joinPath(folderOf(path), name))))
    return doubted(missing, doubt('generated-file'))
  if (missing.to === 'missing' && missing.why === 'case') return inOtherCase(site, missing, fragment)
  return learn.borrowed.has(path) || config.generated.has(path)
    ? doubted(missing, doubt('code-pages', 'the build'))
    : missing
}

/** Microsoft Learn ignores letter case; elsewhere, the file system of the build decides. */
const inOtherCase = (
  {ctx, learn}: DocfxSite,
  {suggestion}: MissingTarget,
  fragment: string | undefined,
): Resolution =>
  learn.isLearn && suggestion !== undefined && ctx.lookup.isFile(suggestion)
    ? fileAt(ctx, suggestion, fragment)
    : {to: 'unknown', doubt: doubt('computed-setting', 'the file system of the build')}
