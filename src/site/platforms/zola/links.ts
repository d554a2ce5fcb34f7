import {folderOf, isBelow, joinPath, nameOf, pathBelow, withoutLevelsAbove} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {encodePath} from '../../../text/urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {UNKNOWN, type ZolaConfig} from './config.ts'
import type {ZolaRoutes} from './routes.ts'

/** The site and routes needed to resolve links. */
export interface ZolaSite {
  ctx: SiteContext
  config: ZolaConfig
  routes: ZolaRoutes
}

/** Resolve a link: `@/` names a file, and everything else is a URL in the browser. */
export function resolveZolaLink(site: ZolaSite, link: SiteLink, from: string): Resolution {
  const {ctx, routes} = site
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  if (parts.path.startsWith('@/') && !isPlain(link)) return toFile(site, parts, from)
  const page = routes.pages.get(from)
  if (!page) return {to: 'unknown', doubt: doubt('not-published')}
  const url = urlFrom(site, parts.path, page.url)
  if (url === undefined) return {to: 'unknown', doubt: doubt('other-site')}
  if (url.includes(UNKNOWN)) return atUnknownUrl(site, parts, from, link.isInBrowser)
  const found = routes.at(url)
  if (found && isVisible(site, found.page ?? found.file, from))
    return fileAt(ctx, found.file, found.alias ? undefined : parts.fragment)
  if (page.state === 'part' && !parts.path.startsWith('/'))
    return {to: 'unknown', doubt: doubt('included-elsewhere')}
  return found
    ? {to: 'missing', path: found.file, why: 'unpublished'}
    : absent(site, url, parts, from, link.isInBrowser)
}

/** Resolve a relative link to a URL that is not known: only what is published with the page can be found. */
function atUnknownUrl(
  {ctx, routes}: ZolaSite,
  {path, fragment}: UrlParts,
  from: string,
  isInBrowser: true | undefined,
): Resolution {
  const beside = joinPath(folderOf(from), path)
  if (routes.pages.has(beside) && !isInBrowser)
    return {to: 'missing', path: beside, why: 'file', suggestion: beside}
  const hasFiles = /^index\./.test(nameOf(from)) && isBelow(beside, folderOf(from))
  return hasFiles && ctx.lookup.isFile(beside)
    ? fileAt(ctx, beside, fragment)
    : doubted(ctx.lookup.missing(beside), doubt('page-url'))
}

/** Is `@/` only text in the URL, as in images and HTML? Templates may look up what is in front matter. */
const isPlain = ({kind, image}: SiteLink) => kind === 'html' || kind === 'image' || image === true

/** Pages may lead to drafts only if they are drafts themselves. */
const isVisible = ({routes: {pages}}: ZolaSite, file: string, from: string) =>
  pages.get(file)?.state !== 'draft' || pages.get(from)?.state === 'draft'

/** Resolve `@/guide/setup.md`, which has to be the exact path of a page. */
function toFile(site: ZolaSite, {path, fragment}: UrlParts, from: string): Resolution {
  const {ctx, config, routes} = site
  const named = path.slice('@/'.length)
  const file = joinPath(config.content, named)
  // Zola looks up the text between the slashes as it is.
  if (routes.pages.has(file) && joinPath('', named) !== named)
    return {to: 'missing', path: `${config.content}/${named}`, why: 'file', suggestion: file}
  if (routes.pages.has(file))
    return isVisible(site, file, from)
      ? fileAt(ctx, file, fragment)
      : {to: 'missing', path: file, why: 'unpublished'}
  const isStartPage = folderOf(file) === config.content && /^_index(?:\.[\w-]+)?\.md$/.test(nameOf(file))
  return isStartPage ? {to: 'outside', why: 'Zola creates the start page'} : ctx.lookup.missing(file)
}

/**
 * The URL path below the base that a browser derives from a link.
 *
 * @returns undefined if it is outside of the site
 */
function urlFrom({config: {base}}: ZolaSite, path: string, own: string): string | undefined {
  const whole = path.startsWith('/') ? joinPath('', path) : joinPath(trimBoth(base + own, '/'), path)
  const url = `/${withoutLevelsAbove(whole)}`
  return url === base || url.startsWith(`${base}/`) ? url.slice(base.length) || '/' : undefined
}

/** The resolution if nothing in the tree is published at a URL. */
function absent(
  site: ZolaSite,
  url: string,
  {path}: UrlParts,
  from: string,
  isInBrowser: true | undefined,
): Resolution {
  const {config} = site
  if (isStart(url, config)) return {to: 'outside', why: 'Zola creates the start page'}
  if (isGenerated(site, url)) return {to: 'unknown', doubt: doubt('generated-file')}
  const beside = joinPath(folderOf(from), path)
  // It would be right on the repository's host.
  if (!path.startsWith('/') && !isInBrowser && site.routes.pages.has(beside))
    return {to: 'missing', path: joinPath(config.content, url), why: 'file', suggestion: beside}
  const missing = missingAt(site, url)
  const why = whyUncertain(site, url)
  return why === undefined ? missing : doubted(missing, why)
}

/** Is a URL that of a start page, which needs no `_index.md` in any language? */
const isStart = (url: string, {otherLanguages}: ZolaConfig): boolean =>
  ['/', ...otherLanguages.flatMap((code) => [`/${code}`, `/${code}/`])].includes(url)

/** Report a missing URL with the file that would be published there; that of a page may have another URL. */
function missingAt(site: ZolaSite, url: string): Resolution {
  const {lookup} = site.ctx
  const place = placeOf(site, url)
  if (!lookup.isFile(place)) return lookup.missing(place)
  return site.routes.pages.has(place)
    ? {to: 'missing', path: joinPath(site.config.content, url), why: 'file', suggestion: place}
    : {to: 'missing', path: place, why: 'unpublished'}
}

/** The file that would be published at a URL. */
function placeOf({ctx: {lookup}, config}: ZolaSite, url: string): string {
  const place = joinPath(config.content, url)
  if (/\.\w+$/.test(url)) {
    const [folder] = config.statics
    const isBesidePage = folderOf(place) !== config.content && lookup.isFolder(folderOf(place))
    return isBesidePage ? place : joinPath(folder!, url)
  }
  return lookup.isFolder(place) ? joinPath(place, '_index.md') : `${place}.md`
}

/** Does Zola make the file at a URL, or compile it from a style sheet? */
function isGenerated({ctx: {lookup}, config}: ZolaSite, url: string): boolean {
  if (GENERATED.test(url) || config.feeds.includes(nameOf(url))) return true
  if (!url.endsWith('.css')) return false
  const stem = url.slice(1, -'.css'.length)
  return config.sass.some((folder) =>
    ['scss', 'sass'].some((extension) => lookup.isFile(`${joinPath(folder, stem)}.${extension}`)),
  )
}

const GENERATED =
  /^\/(?:sitemap\d*\.xml|robots\.txt|404(?:\.html)?|search_index\.[\w-]+\.(?:js|json)|elasticlunr\.min\.js|processed_images\/.+)$|\/page\/\d+\/?$/

/** The reason why something may be published at a URL, although no file shows it. */
function whyUncertain({config, routes}: ZolaSite, url: string): Doubt | undefined {
  const {taxonomies, missingTheme} = config
  if (routes.mayHave(url)) return doubt('redirect-pattern')
  const segments = url.slice(1).split('/').slice(0, 2)
  if (segments.some((segment) => taxonomies.test(`/${segment}`))) return doubt('generated-list')
  return missingTheme !== undefined && /\.\w+$/.test(url) ? doubt('theme-files') : undefined
}

/** Write a link to a page by its file, like `@/guide/setup.md`, or instead of a relative path to the file. */
export function writeZolaLink(
  {config, routes}: ZolaSite,
  to: string,
  like: string,
  from: string,
): string | undefined {
  if (!routes.pages.has(to)) return
  const isFile = like.startsWith('@/') || (like.endsWith('.md') && !like.startsWith('/'))
  return isFile && routes.pages.has(from) ? `@/${encodePath(pathBelow(to, config.content)!)}` : undefined
}
