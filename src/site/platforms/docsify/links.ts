import {isAbove, joinPath, withoutLevelsAbove} from '../../../text/paths.ts'
import {decodePercent, withoutQuery} from '../../../text/urls.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {includedFile} from '../../shared/included-file.ts'
import {splitUrl} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {MissingTarget, Resolution, SiteLink} from '../../types.ts'
import type {DocsifyConfig} from './config.ts'
import {lower} from './heading-ids.ts'
import {type DocsifySite, folderOfPage, isAround} from './site.ts'

/** Resolve a link: Docsify makes routes of those in Markdown, and the browser follows the others. */
export function resolveDocsifyLink(site: DocsifySite, link: SiteLink, from: string): Resolution {
  const {config, content} = site
  const {url, kind, image, attributes = ''} = link
  // Another rule reports it.
  if (url === '') return {to: 'outside', why: 'the link has no URL'}
  const isForBrowser = link.isInBrowser || kind === 'html' || kind === 'front-matter'
  if (isForBrowser) return inBrowser(site, url, from)
  // Docsify leaves whatever has a colon or two slashes.
  if (/:|\/\//.test(url)) {
    const parts = splitUrl(url)
    return 'to' in parts ? parts : inBrowser(site, url, from)
  }
  if (has(attributes, 'include')) return {to: 'outside', why: 'it is an include'}
  if (has(attributes, 'disabled')) return {to: 'outside', why: 'the link is disabled'}
  if (content === undefined) return {to: 'unknown', doubt: doubt('other-site')}
  if (image) return toImage(site, content, url, from)
  if (has(attributes, 'ignore') || config.notCompiled.some((pattern) => pattern.test(url)))
    return inBrowser(site, url.replace(/^\.\//, ''), from)
  const found = toRoute(site, content, url, from)
  if (found.to !== 'missing' || kind !== undefined) return found
  // A link that is yet to be written may be that of an image.
  const asImage = toImage(site, content, url, from)
  return asImage.to === 'missing' ? found : asImage
}

const has = (attributes: string, name: string): boolean =>
  new RegExp(`(?:^|\\s):${name}(?![\\w-])`).test(attributes)

/** The route and the id in a link: `setup.md?id=use` and `setup#use` → `setup` and `use`. */
function splitRoute(url: string): {path: string; fragment?: string} {
  const [path = '', ...rest] = url.replace('#', '?id=').split('?')
  const id = rest
    .join('?')
    .split('&')
    .map((each) => each.split('='))
    .find(([name]) => name === 'id')?.[1]
  const route = {path: decodePercent(path)}
  // Links are written in lower case, as ids are.
  return id ? {...route, fragment: lower(decodePercent(id.replaceAll('+', ' ')))} : route
}

/** Resolve a link in Markdown. */
function toRoute(site: DocsifySite, content: string, url: string, from: string): Resolution {
  const {ctx, config} = site
  const {path, fragment} = splitRoute(url)
  if (url.startsWith('#'))
    return isAround(site, from)
      ? {to: 'unknown', doubt: doubt('included-elsewhere')}
      : fileAt(ctx, from, fragment ?? '')
  const route = path === config.homepage ? 'README' : path.replace(/\.md$/, '')
  const isFromRoot = route.startsWith('/') || (config.relativePath === false && !isAround(site, from))
  const ofPage = joinedRoute(folderOfPage(site, from), route)
  const folders = config.relativePath && !isAround(site, from) ? [ofPage] : [joinedRoute('', route), ofPage]
  const [first, second] = isFromRoot ? [joinedRoute('', route)] : folders
  const found = atRoute(site, content, first!, fragment, url)
  if (found.to !== 'missing' || second === undefined) return found
  const other = atRoute(site, content, second, fragment, url)
  return other.to === 'missing' ? found : other
}

/** Join routes; a slash at the end stays. */
const joinedRoute = (folder: string, route: string): string => {
  const path = joinPath(folder, route)
  return /(?:^|\/)\.{0,2}$/.test(route) && path !== '' ? `${path}/` : path
}

/** Aliases of aliases are followed this far. */
const MOST_ALIASES = 5

/** Resolve a route, without its leading slash. */
function atRoute(
  site: DocsifySite,
  content: string,
  route: string,
  fragment: string | undefined,
  url: string,
  aliases = MOST_ALIASES,
): Resolution {
  const {ctx, config} = site
  const to = config.aliases.redirectOf([`/${route}`])?.to
  if (to !== undefined && aliases > 0) {
    if (/^https?:|^\/\//.test(to)) return {to: 'outside', why: `it is redirected to ${to}`}
    return atRoute(site, content, joinedRoute('', to.replace(/\.md$/, '')), fragment, url, aliases - 1)
  }
  if (isAbove(route)) return aboveRoot(site, content, route, fragment)
  // Only `/` itself is that of another start page, not `/./`.
  const isDotted = !config.relativePath && /^\.{1,2}(?:\/|$)/.test(url) && url !== config.homepage
  const file = joinPath(
    content,
    fileOf(route, isDotted ? {...config, homepage: `README${config.extension}`} : config),
  )
  if (ctx.lookup.isFile(file)) return fileAt(ctx, file, fragment)
  const [language, ...rest] = route.split('/')
  if (config.fallback.languages.includes(language!)) {
    const other = joinPath(content, fileOf(joinPath(config.fallback.to, rest.join('/')), config))
    if (ctx.lookup.isFile(other)) return fileAt(ctx, other, fragment)
  }
  const missing = missingPage(site, content, route, file, url)
  const why = config.pages ?? config.links
  return why ? doubted(missing, why) : missing
}

/** The file of a route: `guide/` → `guide/README.md`, `guide` → `guide.md`. */
function fileOf(route: string, {extension, homepage}: DocsifyConfig): string {
  if (route.endsWith(extension) || route.endsWith('.html')) return route
  const file = route === '' || route.endsWith('/') ? `${route}README${extension}` : route + extension
  return file === `README${extension}` ? homepage : file
}

function missingPage(
  {ctx: {lookup}, config}: DocsifySite,
  content: string,
  route: string,
  file: string,
  url: string,
): Resolution {
  const asked = `/${route}`
  const place = joinPath(content, route)
  // Docsify shows no other files than pages, unless the link says `:ignore`.
  if (lookup.isFile(place) && !place.endsWith(config.extension))
    return {to: 'missing', path: place, why: 'unpublished'}
  const found = lookup.missing(file)
  const missing: MissingTarget | undefined = found.to === 'missing' ? found : undefined
  if (!missing) return found
  const isSpelled = withoutQuery(url).replace('#', '?').split('?')[0] === asked
  const readme = place !== '' && lookup.isFile(joinPath(place, `README${config.extension}`))
  return {
    ...missing,
    ...(readme && {suggestion: joinPath(place, `README${config.extension}`)}),
    ...(!isSpelled && {url: asked}),
  }
}

/** Above the site, the host may serve other files of the repository; above its root, browsers do not go. */
function aboveRoot(
  {ctx, config}: DocsifySite,
  content: string,
  route: string,
  fragment: string | undefined,
): Resolution {
  const formsOf = (path: string) => [path, path + config.extension].map((each) => joinPath(content, each))
  const top = formsOf(withoutLevelsAbove(route)).find((each) => ctx.lookup.isFile(each))
  if (top !== undefined) return fileAt(ctx, top, fragment)
  const beside = formsOf(route).find((each) => ctx.lookup.isFile(each))
  return doubted(
    beside === undefined
      ? ctx.lookup.missing(joinPath(content, route))
      : {to: 'missing', path: beside, why: 'unpublished'},
    doubt('outside-docset'),
  )
}

/** Resolve an image in Markdown, which is in the folder of the page even if its path begins with a slash. */
function toImage(site: DocsifySite, content: string, url: string, from: string): Resolution {
  const {ctx} = site
  if (url.startsWith('#')) return {to: 'outside', why: 'it is the color of a cover page'}
  const path = decodePercent(withoutQuery(url.replace(/#.*$/s, ''))).replace(/^\/+/, '')
  const places = [
    joinPath(folderOfPage(site, from), path),
    ...(isAround(site, from) ? [joinPath('', path)] : []),
  ]
  const files = places.map((place) => joinPath(content, place))
  const file = files.find((each) => ctx.lookup.isFile(each))
  if (file !== undefined) return fileAt(ctx, file, undefined)
  if (isAbove(places[0]!)) return aboveRoot(site, content, places[0]!, undefined)
  const missing = ctx.lookup.missing(files[0]!)
  const atRoot = joinPath(content, path)
  return missing.to === 'missing' && missing.why === 'file' && ctx.lookup.isFile(atRoot)
    ? {...missing, suggestion: atRoot}
    : missing
}

/** A link whose fragment is a route; what is before the route, and the query after it. */
export const ROUTE_IN_FRAGMENT = /^((?:\/|\.\/|index\.html)?#)\/[^?]*(\?.*|)$/s

/** Resolve a URL as the browser does, from the page that loads Docsify; its fragment may be a route. */
function inBrowser(site: DocsifySite, url: string, from: string): Resolution {
  const {ctx, root, content, config} = site
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {path, fragment} = parts
  const route = ROUTE_IN_FRAGMENT.test(url) ? url.slice(url.indexOf('#') + 1) : undefined
  if (route !== undefined && content !== undefined) {
    const {path: target, fragment: id} = splitRoute(route)
    return atRoute(site, content, joinedRoute('', target), id, url)
  }
  if (path === '') return fileAt(ctx, from, fragment)
  if (config.hasPaths) return onPath(site, url, path, fragment, from)
  const place = joinPath('', path)
  const file = joinPath(root, place)
  if (!isAbove(place) && (ctx.lookup.isFile(file) || ctx.lookup.isFolder(file)))
    return fileAt(ctx, file, fragment)
  if (path.startsWith('/')) return {to: 'unknown', doubt: doubt('other-site')}
  return isAbove(place) ? aboveRoot(site, root, place, fragment) : ctx.lookup.missing(file)
}

/** Resolve a URL where routes are paths: that of a page, or of a file by the URL of the page. */
function onPath(
  site: DocsifySite,
  url: string,
  path: string,
  fragment: string | undefined,
  from: string,
): Resolution {
  const {ctx, root, content} = site
  const atTop = withoutLevelsAbove(joinPath('', path))
  const ofPage = withoutLevelsAbove(joinPath(folderOfPage(site, from), path))
  const places = path.startsWith('/') ? [atTop] : [ofPage, atTop]
  for (const place of places) {
    const file = joinPath(root, place)
    if (ctx.lookup.isFile(file)) return fileAt(ctx, file, fragment)
    const page =
      content === undefined ? undefined : atRoute(site, content, joinedRoute('', place), fragment, url)
    if (page?.to === 'page') return page
  }
  return {to: 'unknown', doubt: doubt(path.startsWith('/') ? 'other-site' : 'page-url')}
}

/** Find an included file, in the folder of the page; of a folder, the host serves `index.html`, such as a demo in a frame. */
export function resolveDocsifyInclude(site: DocsifySite, {url}: SiteLink, from: string): Resolution {
  if (site.content === undefined) return {to: 'unknown', doubt: doubt('other-site')}
  const path = joinPath(folderOfPage(site, from), decodePercent(withoutQuery(url)).replace(/^\/+/, ''))
  const file = joinPath(site.content, path)
  return includedFile(site.ctx, [file, joinPath(file, 'index.html')])
}
