import {folderOf, isAbove, isAtOrBelow, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {MissingTarget, Resolution, SiteLink} from '../../types.ts'
import type {RspressConfig} from './config.ts'
import {type Routes, routeOfPath, splitPath} from './routes.ts'

/** An Rspress site, as needed to resolve links. */
export interface RspressContext extends SiteContext, PageSource {
  config: RspressConfig
  routes: Routes
}

/** Files that Rspress and its plugins make. */
const GENERATED =
  /^(?:404(?:\.html)?|sitemap\.xml|robots\.txt|(?:.*\/)?llms(?:-full)?\.txt|rss\/.*|static\/.*|og\/.*)$/
/** Components of the theme that link to their properties. */
const LINKS =
  /^(?:a|area|img|image|link|button|card|linkcard|navlink|source|video|homefeature|homehero|callout|badge|tag)$/
/** A path that names a file of another kind: `img/a.png`. */
const ASSET = /\.(?!mdx?$|html?$|[jt]sx?$)[a-z]\w{1,5}$/i
/** Destinations of redirects are followed this far. */
const MOST_REDIRECTS = 5

/** Resolve a link: in Markdown by files and routes, as the build does; elsewhere as a URL, which the theme or browser follows. */
export function resolveLink(context: RspressContext, link: SiteLink, from: string): Resolution {
  const {config} = context
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  if (/^[~@]/.test(parts.path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (link.kind === 'module') return resolveFile(context, parts, from)
  if (config.ignored.has(link.url))
    return {to: 'outside', why: 'the configuration names it in checkDeadLinks.excludes'}
  const found = resolve(context, link, parts, from)
  if (found.to !== 'missing') return found
  const {prop, tag = ''} = link
  if (prop !== undefined && !LINKS.test(tag)) return doubted(found, doubt('render-hook', `<${tag}>`))
  return config.otherLinks ? doubted(found, config.otherLinks) : found
}

function resolve(context: RspressContext, link: SiteLink, parts: UrlParts, from: string): Resolution {
  const {kind = 'link', image, isInBrowser} = link
  const isInMarkdown = !isInBrowser && (kind === 'link' || kind === 'definition' || kind === 'image')
  if (parts.path.startsWith('/')) return resolveAbsolute(context, parts, from, isInMarkdown && !image)
  // The bundler imports images, and fails if they are missing.
  if (image && kind !== 'front-matter') return resolveFile(context, parts, from)
  return isInMarkdown ? resolveInMarkdown(context, parts, from) : resolveInBrowser(context, parts, from)
}

/** Resolve a path to a file beside the page, as the bundler does. */
function resolveFile(context: RspressContext, {path, fragment}: UrlParts, from: string): Resolution {
  const file = joinPath(folderOf(from), path)
  return context.lookup.isFile(file) ? fileAt(context, file, fragment) : context.lookup.missing(file)
}

/** Resolve a relative link of Markdown to a page, by the path of its file with or without an extension. */
function resolveInMarkdown(context: RspressContext, parts: UrlParts, from: string): Resolution {
  const {config, lookup, routes} = context
  const file = joinPath(folderOf(from), parts.path)
  if (!isAtOrBelow(from, config.docs)) return resolveFile(context, parts, from)
  const name = pathBelow(file, config.docs)
  const route = name === undefined ? undefined : routeOfPath(name, config)
  const page = route === undefined ? undefined : routes.at(route)
  if (page !== undefined) return fileAt(context, page, parts.fragment)
  if (lookup.isFile(file)) {
    const missing: Resolution = {to: 'missing', path: file, why: 'unpublished'}
    const why = whyUncertain(context)
    return why ? doubted(missing, why) : missing
  }
  const found =
    (route === undefined ? undefined : redirected(context, route, parts, from)) ??
    resolvedOtherwise(context, parts, from)
  return found ?? missingAt(context, isAbove(file) || ASSET.test(file) ? file : withoutEnd(file), route)
}

/** What a relative link leads to in version 1, or in the browser, to which a build that does not stop leaves dead links. */
function resolvedOtherwise(context: RspressContext, parts: UrlParts, from: string): Resolution | undefined {
  const {isVersion1, stopsAtDeadLinks} = context.config
  const fromRoot =
    isVersion1 && /^\w/.test(parts.raw)
      ? resolveAbsolute(context, {...parts, path: `/${parts.path}`}, from, true)
      : undefined
  const byUrl = stopsAtDeadLinks ? undefined : resolveInBrowser(context, parts, from)
  return [fromRoot, byUrl].find((each) => each && each.to !== 'missing')
}

/** The path of a page without its ending: `guide/` → `guide/index`, `a.html` → `a`. */
const withoutEnd = (path: string): string => path.replace(/\.(?:html|mdx?)$/, '')

/** Resolve a link against the URL of its page. */
function resolveInBrowser(context: RspressContext, parts: UrlParts, from: string): Resolution {
  const {routes} = context
  const route = routes.of(from)
  if (route === undefined) return doubted(resolveFile(context, parts, from), doubt('page-url'))
  const folder = routes.isIndex(from) ? route : folderOf(route)
  const target = joinPath(folder, parts.path)
  if (isAbove(target)) return {to: 'outside', why: 'it leads above the site'}
  const slash = parts.path.endsWith('/') ? '/' : ''
  return resolveRoute(context, target + slash, routeOfPath(target, context.config), parts, from)
}

/** @param isPrefixed Does the link get the version and language of its page? */
function resolveAbsolute(
  context: RspressContext,
  parts: UrlParts,
  from: string,
  isPrefixed: boolean,
): Resolution {
  const {config, routes} = context
  const path = pathBelowBase(config, parts.path, isPrefixed)
  const plain = routeOfPath(path, config)
  const isOwn = isPrefixed && config.addsPrefixes && isAtOrBelow(from, config.docs)
  const route = isOwn ? routes.withPrefixes(path, from) : plain
  const found = resolveRoute(context, path, route, parts, from)
  // A link that the build leaves as it is leads to the page in the default language.
  return found.to === 'missing' && route !== plain && !config.stopsAtDeadLinks
    ? resolveRoute(context, path, plain, parts, from)
    : found
}

/** The path below the base, which links in Markdown do not have. */
function pathBelowBase({base}: RspressConfig, path: string, isInMarkdown: boolean): string {
  const place = path.replace(/^\/+/, '')
  return base !== '' && !isInMarkdown && `${place}/`.startsWith(`${base}/`)
    ? place.slice(base.length + 1)
    : place
}

/**
 * Resolve a path from the root.
 *
 * @param path As written, for files.
 * @param route The route of the page that it means.
 */
function resolveRoute(
  context: RspressContext,
  path: string,
  route: string,
  parts: UrlParts,
  from: string,
): Resolution {
  const {config, lookup, routes} = context
  const {fragment} = parts
  const page = routes.at(route)
  if (page !== undefined) return fileAt(context, page, fragment)
  const file = joinPath('', path)
  const asset = [file, `${file}.html`, `${file}/index.html`]
    .map((each) => joinPath(config.docs, `public/${each}`))
    .find((each) => lookup.isFile(each))
  if (asset !== undefined) return fileAt(context, asset, fragment)
  if (GENERATED.test(file)) return {to: 'outside', why: 'Rspress or one of its plugins makes it'}
  const redirect = redirected(context, route, parts, from)
  if (redirect) return redirect
  if (!ASSET.test(file)) return missingAt(context, placeOf(context, route), route)
  const publicFolder = joinPath(config.docs, 'public')
  const found = missingAt(context, joinPath(publicFolder, file), undefined)
  // Without a folder for files, a script may create it, as from a template.
  return lookup.isFolder(publicFolder) ? found : doubted(found, doubt('build-script'))
}

/** The path, without extension, of the file that would be at a route: in the folders of its version and language. */
function placeOf({config, lookup}: RspressContext, route: string): string {
  const {prefixes, docs} = config
  const [version, lang, rest] = splitPath(route, prefixes)
  const folders = [version || prefixes.version, lang || prefixes.lang].filter(Boolean)
  const place = joinPath(docs, [...folders, rest || 'index'].join('/'))
  return folders.length === 0 || lookup.isFolder(joinPath(docs, folders.join('/')))
    ? place
    : joinPath(docs, route || 'index')
}

/** The resolution of a route that the configuration redirects. */
function redirected(
  context: RspressContext,
  route: string,
  parts: UrlParts,
  from: string,
  redirects = MOST_REDIRECTS,
): Resolution | undefined {
  const {config, routes} = context
  const redirect = config.redirects.redirectOf([`/${route}`])
  if (!redirect) return
  const target = redirect.to === undefined ? undefined : splitUrl(redirect.to)
  if (!target || 'to' in target || redirects === 0)
    return {to: 'outside', why: `it is redirected to ${redirect.to ?? 'somewhere'}`}
  const next = routeOfPath(target.path, config)
  const page = routes.at(next)
  if (page !== undefined) return fileAt(context, page, target.fragment ?? parts.fragment)
  return (
    redirected(context, next, parts, from, redirects - 1) ?? missingAt(context, placeOf(context, next), next)
  )
}

/** Report a missing page or file, with the page that may be meant. */
function missingAt(context: RspressContext, place: string, route: string | undefined): Resolution {
  const {config, lookup, routes} = context
  const isPage = route !== undefined
  const path = isPage ? `${place}.mdx` : place
  // A file that is not published would seem to be ignored.
  const found: Resolution = lookup.isFile(path) ? {to: 'missing', path, why: 'file'} : lookup.missing(path)
  if (found.to !== 'missing') return found
  const {suggestion: similar, evidence, ...rest} = found
  const suggestion = similar ?? (isPage && nameOf(route) !== '' ? routes.nearest(route) : undefined)
  const isPublished =
    suggestion !== undefined &&
    (isPage ? routes.of(suggestion) !== undefined : isBelow(suggestion, joinPath(config.docs, 'public')))
  const missing: MissingTarget = {
    ...rest,
    ...(isPublished && {suggestion, ...(evidence !== undefined && {evidence})}),
  }
  const why = whyUncertain(context)
  return why ? doubted(missing, why) : missing
}

/** The reason why there may be something at a route that no file shows. */
function whyUncertain({config}: RspressContext): Doubt | undefined {
  return config.moreRedirects ?? config.morePages
}
