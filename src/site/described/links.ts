import {folderOf, isAbove, joinPath} from '../../text/paths.ts'
import {trimBoth} from '../../text/trim.ts'
import {DeclaredUrls} from '../declared-urls.ts'
import type {Description} from '../description.ts'
import {doubt} from '../doubts.ts'
import type {HostContext, PageSource} from '../platform.ts'
import {splitUrl, type UrlParts} from '../shared/local-url.ts'
import {withLikelyReading} from '../shared/lookup.ts'
import {fileAt} from '../shared/repository.ts'
import type {MissingTarget, Resolution, SiteLink} from '../types.ts'
import {codeOfPage} from './code-pages.ts'
import {FileNames, isFileName} from './file-names.ts'
import {Mounts} from './mounts.ts'
import {hasExtension, isPageSource, Routes, withoutSourceExtension} from './routes.ts'
import {ShownFiles} from './shown-files.ts'

/** A described site, as needed to resolve links. */
export interface DescribedContext extends FileContext {
  description: Description
  routes: Routes
  assets: Mounts
  declared: DeclaredUrls
  shown: ShownFiles
  /** Absent unless links may consist of a name alone. */
  names?: FileNames
}

/** The files of a tree, and the facts of pages that have been read. */
export type FileContext = Pick<HostContext, 'tree' | 'lookup' | 'isPage'> & Partial<PageSource>

/** Prepare a description for resolving links. */
export const describedContext = (ctx: FileContext, description: Description): DescribedContext => ({
  ...ctx,
  description,
  routes: new Routes(ctx.tree, description, ctx.page),
  assets: new Mounts(description.root, description.assets ?? {}),
  declared: new DeclaredUrls(description),
  shown: new ShownFiles(ctx),
  ...(description.routes?.byName && {names: new FileNames(ctx.tree, description)}),
})

/** Another description of the same pages: it may differ in assets, and in what relative links are resolved against. */
export function redescribed(context: DescribedContext, description: Description): DescribedContext {
  return {...context, description, assets: new Mounts(description.root, description.assets ?? {})}
}

/** The resolution of a URL below which no folder of the site is published. */
const BEYOND: Resolution = {to: 'outside', why: 'no folder of the site is published there'}

/** The resolution of a link with a fragment that may lead to either of two pages. */
const EITHER: Resolution = {to: 'unknown', doubt: doubt('page-url')}

/** The resolution of a relative link in a file that other pages show. */
const SHOWN_ELSEWHERE: Resolution = {to: 'unknown', doubt: doubt('included-elsewhere')}

/** Destinations of redirects are followed this far. */
const MOST_REDIRECTS = 5

/** Resolve a link of a page: it may name a file, or the URL of a page or asset. */
export function resolveLink(context: DescribedContext, {url}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  return locate(context, parts, from) ?? whenMissing(context, parts, from)
}

/** The resolution of a link without scheme and host; undefined if there is nothing at its target. */
export function locate(context: DescribedContext, parts: UrlParts, from: string): Resolution | undefined {
  const {path, raw, fragment} = parts
  if (raw === '') return fileAt(context, from, fragment)
  if (/^[~@]/.test(path)) return locateInContent(context, parts)
  return path.startsWith('/')
    ? locateAbsolute(context, parts, from, MOST_REDIRECTS)
    : locateRelative(context, parts, from)
}

/** Resolve `@/guide/setup.md` or `~/img/a.png`: some generators and bundlers begin paths from a folder like this. */
function locateInContent(context: DescribedContext, {path, fragment}: UrlParts): Resolution {
  const file = /^[~@]\//.test(path) ? publishedAt(context, joinPath('', path.slice(2))) : undefined
  return file === undefined ? {to: 'unknown', doubt: doubt('bundler-path')} : fileAt(context, file, fragment)
}

function locateAbsolute(
  context: DescribedContext,
  parts: UrlParts,
  from: string,
  redirects: number,
): Resolution | undefined {
  const {description, lookup, routes} = context
  const path = joinPath('', parts.path)
  const [below, isBelowBase] = withoutBase(path, description.base)
  const file = fileFor(context, below, from) ?? (lookup.isFile(path) ? path : undefined)
  if (file !== undefined) return fileAt(context, file, parts.fragment)
  const elsewhere = locateElsewhere(context, below, parts, from, redirects)
  if (elsewhere) return elsewhere
  if (!isBelowBase) return {to: 'outside', why: `the site is published at ${description.base}`}
  if (!routes.content.covers(below)) return BEYOND
  const [folder] = routes.content.pathsAt(below)
  return folder !== undefined && lookup.isFolder(folder) ? folderAt(context, folder) : undefined
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
function locateElsewhere(
  context: DescribedContext,
  path: string,
  {fragment}: UrlParts,
  from: string,
  redirects: number,
): Resolution | undefined {
  const redirect = context.declared.redirectOf([`/${path}`])
  if (!redirect)
    return context.declared.isGenerated([`/${path}`])
      ? {to: 'outside', why: 'the build publishes it'}
      : undefined
  const {to = 'somewhere'} = redirect
  const parts = splitUrl(to)
  if ('to' in parts || !parts.path.startsWith('/') || redirects === 0)
    return {to: 'outside', why: `it is redirected to ${to}`}
  return locateAbsolute(context, {...(fragment !== undefined && {fragment}), ...parts}, from, redirects - 1)
}

/** Resolve a relative link against the folder of the file and against the URL of the page. */
function locateRelative(context: DescribedContext, parts: UrlParts, from: string): Resolution | undefined {
  const {lookup} = context
  const relativeTo = relativeToOf(context)
  const place = joinPath(folderOf(from), parts.path)
  if (lookup.isFile(place)) return fileAt(context, place, parts.fragment)
  const named = context.names?.fileNamed(parts.path)
  if (named !== undefined) return fileAt(context, named, parts.fragment)
  const page = relativeTo === 'url' ? undefined : pageBeside(context.routes, place)
  const byUrl = relativeTo === 'file' ? [] : locateByUrl(context, parts, from)
  const found = byUrl.find((each) => each && each !== BEYOND)
  if (page !== undefined) {
    const isClear = parts.fragment === undefined || found?.to !== 'page' || found.path === page
    return isClear ? fileAt(context, page, parts.fragment) : EITHER
  }
  if (found) return found
  if (lookup.isFolder(place)) return folderAt(context, place)
  return byUrl.includes(BEYOND) && !isNamedFile(context, parts, from) ? BEYOND : undefined
}

const relativeToOf = ({description: {routes}}: DescribedContext) => routes?.relativeTo ?? 'both'

/** Does a relative link on a page of the site name a file, so that it leads into the repository? */
const isNamedFile = ({routes}: DescribedContext, {path}: UrlParts, from: string): boolean =>
  hasExtension(path) && routes.of(from) !== undefined

/** The page at a path without extension, or with that of another form of the page. */
function pageBeside(routes: Routes, place: string): string | undefined {
  const route = routes.of(place)
  return route === undefined ? undefined : routes.at(route)
}

/** Resolve a relative link by each possible URL of its page, which may have a slash at the end. */
function locateByUrl(context: DescribedContext, parts: UrlParts, from: string): (Resolution | undefined)[] {
  return targetsByUrl(context, parts, from).map((target) =>
    isAbove(target)
      ? BEYOND
      : locateAbsolute(context, {...parts, path: withBase(context, target)}, from, MOST_REDIRECTS),
  )
}

const withBase = ({description: {base = ''}}: DescribedContext, path: string) =>
  `/${joinPath(trimBoth(base, '/'), path)}`

/** The routes that a relative link may lead to. */
function targetsByUrl({description, routes}: DescribedContext, {path}: UrlParts, from: string): string[] {
  const route = routes.of(from)
  if (route === undefined) return []
  const {ending = 'any'} = description.routes ?? {}
  // The URL of an index ends in a slash.
  const folders = [
    ...(routes.isIndex(from) || ending === 'slash' || ending === 'any' ? [route] : []),
    ...(ending === 'slash' ? [] : [folderOf(route)]),
  ]
  return [...new Set(folders)].map((folder) => joinPath(folder, path))
}

/** A folder without an index: some sites make one. */
function folderAt({description, routes}: DescribedContext, folder: string): Resolution {
  if (routes.of(folder) === undefined) return {to: 'file', path: folder}
  const missing: MissingTarget = {to: 'missing', path: folder, why: 'index'}
  return description.complete ? missing : {to: 'unknown', doubt: doubt('generated-list'), otherwise: missing}
}

/** Report a link whose target is missing with the file that would be there. */
function whenMissing(context: DescribedContext, parts: UrlParts, from: string): Resolution {
  const {path} = parts
  if (!path.startsWith('/') && context.shown.has(from)) return SHOWN_ELSEWHERE
  const code = codeAt(context, parts, from)
  if (code !== undefined) return {to: 'file', path: code}
  if (path.startsWith('/')) {
    const [url] = withoutBase(joinPath('', path), context.description.base)
    return isNameElsewhere(context, url)
      ? {to: 'unknown', doubt: doubt('unknown-generator')}
      : missingUrl(context, url, from)
  }
  const found = missingFile(context, joinPath(folderOf(from), path))
  if (context.names && isFileName(path)) return context.names.unresolved(path, found)
  const [target] = relativeToOf(context) === 'url' ? targetsByUrl(context, parts, from) : []
  if (target !== undefined && !isNamedFile(context, parts, from)) return missingUrl(context, target, from)
  return withLikelyReading(context.lookup, found, path, from)
}

/** The code of the page that a link may lead to by its URL. */
function codeAt(context: DescribedContext, parts: UrlParts, from: string): string | undefined {
  const {description, lookup} = context
  const urls = parts.path.startsWith('/')
    ? readings(context, withoutBase(joinPath('', parts.path), description.base)[0], from)
    : targetsByUrl(context, parts, from)
  return codeOfPage(lookup, description.root, urls)
}

function missingUrl(context: DescribedContext, url: string, from: string): Resolution {
  const {assets, routes} = context
  const [reading, inContent] = placeInContent(context, url, from)
  const isPage = isPageSource(url) || !hasExtension(url)
  const [place = inContent] = isPage ? [pageAt(inContent)] : assets.pathsAt(url)
  const found = missingFile(context, place)
  if (found.to !== 'missing') return found
  const mounts = isPage ? [routes.content] : [assets, routes.content]
  if (found.suggestion !== undefined && mounts.some((each) => each.folderOf(found.suggestion!) !== undefined))
    if (!isPage || isPageSource(found.suggestion) || !hasExtension(found.suggestion))
      // Other files, such as data, are not pages.
      return found
  // Files may have other names than their URLs: `/utils/security` for `2.utils/4.security.md`.
  const suggestion = isPage ? routes.nearest(reading) : undefined
  return {to: 'missing', path: place, why: 'file', ...(suggestion !== undefined && {suggestion})}
}

/** Is a URL at the top of a site the name of a page in a folder, which some sites drop? */
const isNameElsewhere = ({description, lookup}: DescribedContext, url: string): boolean =>
  !description.complete &&
  !url.includes('/') &&
  (isPageSource(url) || !hasExtension(url)) &&
  ['.md', '.mdx'].some(
    (extension) => lookup.filesEndingIn(withoutSourceExtension(url) + extension).length > 0,
  )

/** The reading of a URL path, and its path in the content: in the folder of the page's own language, if there is one. */
function placeInContent(context: DescribedContext, url: string, from: string): [url: string, place: string] {
  const {lookup, routes} = context
  const places = [...readings(context, url, from)].flatMap((reading) =>
    [...routes.content.pathsAt(reading)].map((place): [string, string] => [reading, place]),
  )
  return places.find(([, place]) => lookup.isFolder(folderOf(place))) ?? places.at(-1) ?? [url, url]
}

/** The source file that a URL path of a page stands for: `guide` and `guide.html` → `guide.md`. */
const pageAt = (path: string) =>
  /\.mdx?$/.test(path) ? path : `${path.replace(/\.html?$/, '') || 'index'}.md`

/** Texts for language models, which plugins of many generators make. */
const GENERATED = /(?:^|\/)llms(?:-[\w-]+)?\.(?:txt|md)$/

function missingFile({lookup}: DescribedContext, place: string): Resolution {
  if (isAbove(place)) return {to: 'outside', why: 'it leads above the repository'}
  const program = lookup.programFor(place)
  if (program !== undefined) return {to: 'file', path: program}
  if (GENERATED.test(place)) return {to: 'unknown', doubt: doubt('generated-file')}
  const found = lookup.missing(place)
  return found.to === 'missing' && found.why === 'ignored'
    ? {to: 'unknown', doubt: doubt('git-ignored')}
    : found
}
