import {folderOf, isAbove, joinPath, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {type MdbookConfig, preprocessor} from './config.ts'
import type {MdbookRoutes} from './routes.ts'

/** The book and routes needed to resolve links. */
export interface Book {
  ctx: SiteContext
  config: MdbookConfig
  routes: MdbookRoutes
}

/** Resolve a link as a URL, in which mdBook replaces `.md` by `.html`. */
export function resolveMdbookLink(book: Book, link: SiteLink, from: string): Resolution {
  const {ctx, config, routes} = book
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  const path = pathBelow(from, config.source) ?? from
  const source = joinPath(folderOf(from), parts.path)
  if (path === 'SUMMARY.md') return toChapter(book, source, parts)
  if (parts.path.startsWith('/')) return absolute(book, link, parts)
  const url = joinPath(folderOf(path), pathOnSite(link, parts.path))
  if (isAbove(url)) return {to: 'unknown', doubt: doubt('other-site')}
  const file = routes.fileAt(url, parts.path.endsWith('/'))
  if (file !== undefined)
    return ctx.lookup.isFile(file) || !routes.isChapter(file)
      ? fileAt(ctx, file, parts.fragment)
      : {to: 'unknown', doubt: doubt('code-pages', 'mdBook')}
  if (!routes.isChapter(from))
    return ctx.lookup.isFile(source)
      ? fileAt(ctx, source, parts.fragment)
      : {to: 'unknown', doubt: doubt('included-elsewhere')}
  return absent(book, url, source)
}

/** Find an included file from the one that includes it; mdBook shows the text of the include if there is none. */
export const resolveMdbookInclude = ({ctx, config}: Book, {url}: SiteLink, from: string): Resolution =>
  config.includes
    ? includedFile(ctx, [joinPath(folderOf(from), url)])
    : {to: 'outside', why: 'it is plain text'}

/** Resolve a link of `SUMMARY.md`: mdBook creates a missing chapter, with a title alone, or else the build fails. */
function toChapter({ctx, config}: Book, source: string, {fragment}: UrlParts): Resolution {
  if (ctx.lookup.isFile(source)) return fileAt(ctx, source, fragment)
  const missing = ctx.lookup.missing(source)
  return config.createsMissing ? doubted(missing, doubt('code-pages', 'mdBook')) : missing
}

/** Other sites may be below the path of a book, unless it is known that the URL is that of the book. */
function absolute(book: Book, link: SiteLink, {path, fragment}: UrlParts): Resolution {
  const {ctx, config, routes} = book
  const {base, source} = config
  if (base === undefined || !`${path}/`.startsWith(base)) return {to: 'unknown', doubt: doubt('other-site')}
  const url = joinPath('', path.slice(base.length).replace(/^(.*)\.md$/s, '$1.html'))
  const file = routes.fileAt(url, path.endsWith('/'))
  if (file !== undefined && ctx.lookup.isFile(file)) return fileAt(ctx, file, fragment)
  return link.isInBrowser
    ? absent(book, url, joinPath(source, url))
    : {to: 'unknown', doubt: doubt('other-site')}
}

/** mdBook replaces the last `.md` of links, images and `<a>` by `.html`, and drops the rest. */
const pathOnSite = ({kind, tag}: SiteLink, path: string) =>
  kind === 'html' && tag !== 'a' ? path : path.replace(/^(.*)\.md.*$/s, '$1.html')

/**
 * The resolution if nothing is published at a URL.
 *
 * @param source The file that the link refers to by source folder.
 */
function absent(book: Book, url: string, source: string): Resolution {
  const {lookup} = book.ctx
  // Links to `README.md` are also rendered as `README.html`: https://github.com/rust-lang/mdBook/issues/984
  const unpublished = [source, source.replace(/\.html$/, '.md')].find((path) => lookup.isFile(path))
  const missing: Resolution =
    unpublished === undefined
      ? lookup.missing(source)
      : {to: 'missing', path: unpublished, why: 'unpublished'}
  const why = whyUncertain(book, url)
  return why === undefined ? missing : doubted(missing, why)
}

/** The reason why the build may publish something at a URL, although no file shows it. */
function whyUncertain({ctx, config, routes}: Book, url: string): Doubt | undefined {
  if (GENERATED.test(url)) return doubt('generated-file')
  if (config.redirects.has(url)) return doubt('named-redirect')
  // Scripts and style sheets are copied from the folder of the configuration.
  if (ctx.lookup.isFile(joinPath(ctx.marker.root, url))) return doubt('code-pages', 'the build')
  if (!routes.isComplete) return doubt('code-pages', 'a generated SUMMARY.md')
  return config.program === undefined ? undefined : doubt('plugin-pages', preprocessor(config.program))
}

/** Pages, scripts and styles that mdBook or its theme adds. */
const GENERATED =
  /^(?:(?:print|toc|404)\.html|favicon[\w.-]*|(?:css|fonts|FontAwesome)\/.*|[\w.-]+\.(?:js|css)|search[\w.-]*)$/
