import {
  folderOf,
  isAtOrBelow,
  isBelow,
  joinPath,
  nameOf,
  pathBelow,
  withoutLevelsAbove,
} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import type {Lookup} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {HugoConfig} from './config.ts'
import {pageAt} from './logical-paths.ts'
import {resolveReference} from './references.ts'
import type {HugoSite} from './site.ts'
import type {LinkRendering} from './templates.ts'
import {whyFilled, whyUncertain} from './uncertain.ts'
import {languageOfUrl, urlize} from './urls.ts'

/** Resolve a link as the browser does, or as the site's render hooks do. */
export function resolveHugoLink(site: HugoSite, link: SiteLink, from: string): Resolution {
  const {ctx, config, templates} = site
  const {languageOf, hidden, maybeParts} = site.routes()
  if (!languageOf.has(from)) return {to: 'unknown', doubt: doubt('not-published')}
  if (link.url.includes('{{')) return resolveReference(site, link.url, from)
  if (link.kind === 'html' && !config.unsafe && !link.isInBrowser)
    return {to: 'unknown', doubt: doubt('not-published')}
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (hidden.get(from) === 'part' && !parts.raw.startsWith('/'))
    return {to: 'unknown', doubt: doubt('included-elsewhere')}
  if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
  const rendering = link.kind === 'html' ? 'plain' : link.image ? templates.image : templates.link
  const found =
    orTranslated(site, atUrl(site, parts, from), parts, from, rendering) ??
    byRenderHook(site, parts, from, link.kind === 'front-matter' ? ofFrontMatter(rendering) : rendering) ??
    absent(site, parts, from, rendering)
  return maybeParts.has(from) && !parts.raw.startsWith('/')
    ? doubted(found, doubt('included-elsewhere'))
    : found
}

/** The templates that show values of front matter look up pages and resources, even where those of links do not. */
const ofFrontMatter = (rendering: LinkRendering): LinkRendering =>
  rendering === 'plain' ? 'embedded' : rendering

/**
 * The URLs, from the root of the host, that a browser may derive from a link; empty if the page's own URLs are unknown.
 */
function urlsFrom({config, routes}: HugoSite, path: string, from: string): string[] {
  if (path.startsWith('/')) return [`/${withoutLevelsAbove(joinPath('', path))}`]
  return (routes().urls.get(from) ?? []).map((url) => {
    const folder = folderOf((config.base + url).slice(1))
    return `/${withoutLevelsAbove(joinPath(folder, path))}`
  })
}

/** The URL without the site's base path; undefined if it is outside of the site. */
const withoutBase = (url: string, {base}: HugoConfig) =>
  isAtOrBelow(url, base) ? url.slice(base.length) : undefined

/** The target that a browser finds at the URL of a link. */
export function atUrl(site: HugoSite, {path, fragment}: UrlParts, from: string): Resolution | undefined {
  const {byUrl, hidden, hiddenAt} = site.routes()
  for (const whole of urlsFrom(site, path, from)) {
    const url = withoutBase(whole, site.config)
    if (url === undefined) continue
    const target = byUrl.get(canonicalUrl(url))
    if (target) return fileAt(site.ctx, target.path, target.alias ? undefined : fragment)
    const unpublished = hiddenAt.get(canonicalUrl(url))
    const file = hidden.has(from) ? unpublished?.any : unpublished?.later
    if (file !== undefined) return fileAt(site.ctx, file, fragment)
  }
}

/**
 * The target at a URL; if it is a page in another language, a render hook, also Hugo's own as of 0.123, may lead to that
 * page in the language of the link instead, which may have other ids.
 */
function orTranslated(
  {config, routes}: HugoSite,
  found: Resolution | undefined,
  {path, fragment}: UrlParts,
  from: string,
  rendering: LinkRendering,
): Resolution | undefined {
  if (found?.to !== 'page' || !fragment || rendering === 'plain') return found
  const {languageOf} = routes()
  if (languageOf.get(found.path) === languageOf.get(from)) return found
  const translation = pageAt(routes(), config, path, from, false)
  return translation === undefined || translation === found.path ? found : {...found, or: translation}
}

/** The target that a render hook finds, which looks up pages and files. */
function byRenderHook(
  site: HugoSite,
  {path, fragment}: UrlParts,
  from: string,
  rendering: LinkRendering,
): Resolution | undefined {
  if (rendering === 'plain') return
  const {ctx, config} = site
  const page = pageAt(site.routes(), config, path, from, rendering !== 'embedded')
  if (page !== undefined) return fileAt(ctx, page, fragment)
  const file = resourceAt(site, path, from, rendering === 'unknown')
  if (file !== undefined) return fileAt(ctx, file, fragment)
  if (rendering !== 'unknown') return
  // Such templates prepend the language, version and base path to a URL.
  const end = canonicalUrl(`/${withoutLevelsAbove(joinPath('', path))}`).replace(/\.md$/, '')
  const found = site.urlIndex.fileEndingLike(end)
  return found === undefined ? undefined : fileAt(ctx, found, undefined)
}

/** @param anywhere Search all folders of the site, and for folders, too. */
export function resourceAt(
  {ctx, config}: HugoSite,
  path: string,
  from: string,
  anywhere: boolean,
): string | undefined {
  const {lookup} = ctx
  const isThere = (place: string) => lookup.isFile(place) || (anywhere && lookup.isFolder(place))
  const mounts = anywhere ? [...config.statics, ...config.content] : []
  const folders = [...config.assets, ...mounts.map(({source}) => source)]
  // Only bundles have resources.
  const hasResources = anywhere || /^_?index\./.test(nameOf(from))
  const beside = path.startsWith('/') || !hasResources ? undefined : joinPath(folderOf(from), path)
  if (beside !== undefined && isThere(beside)) return beside
  const found = folders
    .map((folder) => ({folder, place: joinPath(folder, path.replace(/^\/+/, ''))}))
    .find(({folder, place}) => isBelow(place, folder) && isThere(place))
  return found?.place ?? (beside === undefined ? undefined : inOtherCase(lookup, beside))
}

/** The file whose path differs only in letter case, by which Hugo does not distinguish the resources of a page. */
function inOtherCase(lookup: Lookup, path: string): string | undefined {
  const missing = lookup.missing(path)
  return missing.to === 'missing' && missing.why === 'case' ? missing.suggestion : undefined
}

/** The resolution if no target was found: missing, with a doubt if something may be there all the same. */
export function absent(
  site: HugoSite,
  {path, fragment}: UrlParts,
  from: string,
  rendering: LinkRendering,
): Resolution {
  const missing = absentAtUrls(site, path, from)
  if (mayRewrite(rendering, path)) return doubted(missing, doubt('render-hook', site.templates.hookName))
  if (missing.to !== 'missing' || path.startsWith('/')) return missing
  const beside = joinPath(folderOf(from), path)
  const why = rendering === 'plain' ? undefined : whyUncertainBeside(site, beside, from)
  if (why !== undefined) return doubted(missing, why)
  // A file beside the page is the intended one, wherever the build publishes it.
  return rendering === 'unknown' && site.ctx.lookup.isFile(beside)
    ? fileAt(site.ctx, beside, fragment)
    : missing
}

/** May a render hook give a path another meaning? Any may do so with a single word. */
function mayRewrite(rendering: LinkRendering, path: string): boolean {
  if (rendering === 'pages') return !/[/.]/.test(path)
  return rendering === 'unknown' && !path.startsWith('/') && !/\.md$/i.test(path)
}

/** The missing target at the first of the URLs that a browser derives from a link. */
function absentAtUrls(site: HugoSite, path: string, from: string): Resolution {
  const {config} = site
  let missing: Resolution | undefined
  let why: Doubt | undefined
  let hasOther = false
  for (const whole of urlsFrom(site, path, from)) {
    const url = withoutBase(whole, config)
    if (url === undefined) return {to: 'unknown', doubt: doubt('other-site')}
    why ??= whyUncertain(site, url, true)
    hasOther ||= hasOtherForm(site, url)
    const found = missingAt(site, url, path.startsWith('/'))
    if (found.to !== 'missing') return found
    missing ??= found
  }
  if (!missing) return {to: 'unknown', doubt: doubt('page-url')}
  if (why === undefined) return missing
  return hasOther ? {to: 'unknown', doubt: why} : doubted(missing, why)
}

/**
 * Is there a page for a URL that is not rendered, or one in another language? A module may redirect to it or show it. Or
 * is the URL that of a taxonomy, or of a folder which something from elsewhere fills?
 */
function hasOtherForm({config, routes, externalFolders}: HugoSite, url: string): boolean {
  const {byUrl, hiddenAt} = routes()
  const path = canonicalUrl(url)
  const inLanguage = path.slice(languageOfUrl(path, config)?.prefix.length ?? 0)
  const others = config.languages.flatMap(({name}) => [inLanguage, `/${name}${inLanguage}`])
  const folders = [...externalFolders.above(inLanguage)].map(({folder}) => folder)
  const lists = [...config.taxonomies, ...folders].map((folder) => `/${urlize(folder, config)}`)
  if (inLanguage !== '' && lists.includes(inLanguage)) return true
  return [path, ...others].some((each) => hiddenAt.has(each) || byUrl.has(each))
}

/** The reason why a template that searches the sources from the file's folder may find something. */
function whyUncertainBeside(site: HugoSite, place: string, from: string): Doubt | undefined {
  const mount = site.config.content.find(({source}) => isBelow(from, source))
  const path = mount && pathBelow(place, mount.source)
  return path === undefined ? undefined : whyFilled(site, `/${joinPath(mount!.target, path)}`, true)
}

/** Report a missing URL with the file that would be published there. */
function missingAt(site: HugoSite, url: string, isAbsolute: boolean): Resolution {
  const {lookup} = site.ctx
  for (const {source, target} of site.config.statics) {
    const path = pathBelow(url.slice(1), target)
    if (path === undefined) continue
    const file = joinPath(source, path)
    if (lookup.tree.beyond(file) !== undefined) return lookup.missing(file)
  }
  const path = contentPathOf(url, site.config)
  if (lookup.isFile(path)) return {to: 'missing', path, why: 'file'}
  if (lookup.isFolder(path)) return {to: 'missing', path, why: 'index'}
  if (site.routes().hiddenAt.has(canonicalUrl(url))) return {to: 'missing', path, why: 'unpublished'}
  const found = lookup.missing(path)
  if (found.to !== 'missing' || found.why === 'ignored') return found
  // Relative links are resolved against the page's URL; a path from its file would differ.
  const isUsable = isAbsolute && site.config.base === '' && isPublished(site, found.suggestion)
  return isUsable ? found : {to: 'missing', path, why: 'file'}
}

/** The path in the content of its language that a URL corresponds to. */
function contentPathOf(url: string, {languages, defaultLanguage, content}: HugoConfig): string {
  const language = languageOfUrl(url, {languages})
  const name = language?.name ?? defaultLanguage
  const mount =
    content.find((each) => each.target === '' && (each.languages?.includes(name) ?? true)) ?? content[0]
  return trimEnd(joinPath(mount?.source ?? '', url.slice((language?.prefix.length ?? 0) + 1)), '/')
}

function isPublished({routes}: HugoSite, file: string | undefined): boolean {
  const {urls, hidden} = routes()
  return file !== undefined && urls.has(file) && !hidden.has(file)
}
