import {folderOf, isAbove, joinPath} from '../../text/paths.ts'
import {trimBoth} from '../../text/trim.ts'
import type {Description} from '../description.ts'
import type {HostContext} from '../platform.ts'
import {splitUrl, type UrlParts} from '../shared/local-url.ts'
import {withLikelyReading} from '../shared/lookup.ts'
import {fileAt} from '../shared/repository.ts'
import type {Resolution, SiteLink} from '../types.ts'
import type {Elsewhere} from './elsewhere.ts'
import type {Mounts} from './mounts.ts'
import {isPageSource, type Routes} from './routes.ts'

/** A described site, as needed to resolve links. */
export interface DescribedContext extends HostContext {
  description: Description
  routes: Routes
  assets: Mounts
  elsewhere: Elsewhere
}

/** The resolution of a URL below which no folder of the site is published. */
const BEYOND: Resolution = {to: 'outside', why: 'no folder of the site is published there'}

/** Destinations of redirects are followed this far. */
const MOST_REDIRECTS = 5

/** Resolve a link of a page: it may name a file, or the URL of a page or asset. */
export function resolveLink(context: DescribedContext, {url}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  if (/^[~@]/.test(parts.path)) return {to: 'unknown', why: 'the bundler resolves this path'}
  return parts.path.startsWith('/')
    ? resolveAbsolute(context, parts, from, MOST_REDIRECTS)
    : resolveRelative(context, parts, from)
}

function resolveAbsolute(
  context: DescribedContext,
  parts: UrlParts,
  from: string,
  redirects: number,
): Resolution {
  const {description, lookup, routes} = context
  const path = joinPath('', parts.path)
  const [below, isBelowBase] = withoutBase(path, description.base)
  const file = fileFor(context, below, from) ?? (lookup.isFile(path) ? path : undefined)
  if (file !== undefined) return fileAt(context, file, parts.fragment)
  const elsewhere = resolveElsewhere(context, below, parts, from, redirects)
  if (elsewhere) return elsewhere
  if (!isBelowBase) return {to: 'outside', why: `the site is published at ${description.base}`}
  if (!routes.content.covers(below)) return BEYOND
  return whenMissing(context, below, parts, from)
}

/** The path below the base of the site; links may be written without the base, too. */
function withoutBase(path: string, base = ''): [below: string, isBelowBase: boolean] {
  const prefix = trimBoth(base, '/')
  if (prefix === '') return [path, true]
  if (path === prefix) return ['', true]
  return path.startsWith(`${prefix}/`) ? [path.slice(prefix.length + 1), true] : [path, false]
}

/** The file at a URL path of the site. */
function fileFor(context: DescribedContext, path: string, from: string): string | undefined {
  for (const each of readings(context, path, from)) {
    const file = publishedAt(context, each)
    if (file !== undefined) return file
  }
  return
}

/** A URL path as it may be meant: below the page's own content, as written, and without an optional prefix. */
function* readings({description, routes}: DescribedContext, path: string, from: string): Generator<string> {
  const {ownContentFirst, optionalPrefixes = []} = description.routes ?? {}
  const own = ownContentFirst ? routes.content.folderOf(from) : undefined
  if (own !== undefined) yield joinPath(routes.content.urlOf(own), path)
  yield path
  for (const prefix of optionalPrefixes)
    if (path === prefix || path.startsWith(`${prefix}/`)) yield path.slice(prefix.length + 1)
}

function publishedAt({assets, lookup, routes}: DescribedContext, path: string): string | undefined {
  for (const file of assets.pathsAt(path)) if (lookup.isFile(file)) return file
  for (const file of routes.content.pathsAt(path)) if (lookup.isFile(file)) return file
  return routes.at(path)
}

/** The resolution of a URL that leads elsewhere, or that something else publishes. */
function resolveElsewhere(
  context: DescribedContext,
  path: string,
  {fragment}: UrlParts,
  from: string,
  redirects: number,
): Resolution | undefined {
  const redirect = context.elsewhere.redirectOf(path)
  if (!redirect)
    return context.elsewhere.isGenerated(path) ? {to: 'outside', why: 'the build publishes it'} : undefined
  const {to = 'somewhere'} = redirect
  const parts = splitUrl(to)
  if ('to' in parts || !parts.path.startsWith('/') || redirects === 0)
    return {to: 'outside', why: `it is redirected to ${to}`}
  return resolveAbsolute(context, {...(fragment !== undefined && {fragment}), ...parts}, from, redirects - 1)
}

/** Resolve a relative link against the folder of the file and against the URL of the page. */
function resolveRelative(context: DescribedContext, parts: UrlParts, from: string): Resolution {
  const {description, lookup, routes} = context
  const {relativeTo = 'both'} = description.routes ?? {}
  const place = joinPath(folderOf(from), parts.path)
  if (lookup.isFile(place)) return fileAt(context, place, parts.fragment)
  const page = relativeTo === 'url' ? undefined : pageBeside(routes, place)
  if (page !== undefined) return fileAt(context, page, parts.fragment)
  const byUrl = relativeTo === 'file' ? undefined : resolveAgainstUrl(context, parts, from)
  if (byUrl && byUrl.to !== 'missing' && byUrl !== BEYOND) return byUrl
  if (lookup.isFolder(place)) return folderAt(context, place)
  const isFile = /\.\w{2,5}$/.test(parts.path) && routes.of(from) !== undefined
  if (byUrl && !isFile && (byUrl === BEYOND || relativeTo === 'url')) return byUrl
  return missingFile(context, place, parts, from)
}

/** The page at a path without extension, or with that of another form of the page. */
function pageBeside(routes: Routes, place: string): string | undefined {
  const route = routes.of(place)
  return route === undefined ? undefined : routes.at(route)
}

/** Resolve a relative link by the possible URLs of its page, which may have a slash at the end. */
function resolveAgainstUrl(context: DescribedContext, parts: UrlParts, from: string): Resolution | undefined {
  const {routes, description} = context
  const route = routes.of(from)
  if (route === undefined) return
  const {ending = 'any'} = description.routes ?? {}
  // The URL of an index ends in a slash.
  const folders = [
    ...(routes.isIndex(from) || ending === 'slash' || ending === 'any' ? [route] : []),
    ...(ending === 'slash' ? [] : [folderOf(route)]),
  ]
  const found = folders.map((folder) => {
    const target = joinPath(folder, parts.path)
    const path = `/${basePrefix(context)}${target}`
    return isAbove(target) ? BEYOND : resolveAbsolute(context, {...parts, path}, from, MOST_REDIRECTS)
  })
  return found.find((each) => each.to !== 'missing' && each !== BEYOND) ?? found[0]
}

const basePrefix = ({description: {base = ''}}: DescribedContext) =>
  trimBoth(base, '/') === '' ? '' : `${trimBoth(base, '/')}/`

/** A folder without an index: some sites make one. */
function folderAt({description, routes}: DescribedContext, folder: string): Resolution {
  if (routes.of(folder) === undefined) return {to: 'file', path: folder}
  return description.complete
    ? {to: 'missing', path: folder, why: 'index'}
    : {to: 'unknown', why: 'the site may publish an index of the folder'}
}

/** Report a missing URL path with the file that would be published there. */
function whenMissing(context: DescribedContext, url: string, parts: UrlParts, from: string): Resolution {
  const {assets, lookup, routes} = context
  const [inContent = url] = routes.content.pathsAt(url)
  if (lookup.isFolder(inContent)) return folderAt(context, inContent)
  if (isPageSource(url) || !/\.\w{2,5}$/.test(url))
    return missingFile(context, pageAt(inContent), parts, from)
  const [asset = inContent] = assets.pathsAt(url)
  return missingFile(context, asset, parts, from)
}

/** The source file that a URL path of a page stands for: `guide` and `guide.html` → `guide.md`. */
const pageAt = (path: string) =>
  /\.mdx?$/.test(path) ? path : `${path.replace(/\.html?$/, '') || 'index'}.md`

function missingFile(context: DescribedContext, place: string, {path}: UrlParts, from: string): Resolution {
  const {assets, lookup, routes} = context
  if (isAbove(place)) return {to: 'outside', why: 'it leads above the repository'}
  const found = lookup.missing(place)
  if (found.to !== 'missing') return found
  if (found.why === 'ignored') return {to: 'unknown', why: 'a script may create it before the site is built'}
  if (!path.startsWith('/')) return withLikelyReading(lookup, found, path, from)
  const {suggestion} = found
  const isPublished =
    suggestion !== undefined && (routes.of(suggestion) ?? assets.folderOf(suggestion)) !== undefined
  return isPublished ? found : {to: 'missing', path: place, why: 'file'}
}
