import {folderOf, isAbove, isBelow, joinPath, withoutLevelsAbove} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {withLikelyReading} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {MissingTarget, Resolution, SiteLink} from '../../types.ts'
import type {NuxtConfig} from './config.ts'
import type {Routes} from './routes.ts'
import {refined, slugOf} from './slugs.ts'

/** A Nuxt site, as needed to resolve links. */
export interface NuxtContext extends SiteContext, PageSource {
  config: NuxtConfig
  routes: Routes
}

/** Paths that Nuxt and its modules publish. */
const GENERATED =
  /^(?:_nuxt|__nuxt\w*|_ipx|_og|__og-image__|_fonts|_vercel)\/|^(?:404|200)\.html$|^(?:__)?sitemap[\w-]*(?:\.xml|\/.*)$|^(?:robots|llms(?:-full)?)\.txt$|^raw\/.*\.md$|^(?:rss|feed|atom)\.xml$|^(?:admin|mcp|_studio)(?:\/.*)?$/
/** Components of Nuxt UI, Docus and undocs that link to their `to` or `href`, and show their images. */
const LINKS =
  /^(?:u-[\w-]+|prose-[\w-]+|span|a|img|nuxt-(?:link|img|picture)|card|callout|note|tip|warning|caution|important|danger|info|alert|button|button-link|read-?more|link|source-link|block-hero|hero|landing-\w+|page-\w+)$/
/** Destinations of redirects are followed this far. */
const MOST_REDIRECTS = 5

/** Resolve a link: NuxtLink resolves it as a URL, and names of Markdown files in links become routes. */
export function resolveLink(context: NuxtContext, link: SiteLink, from: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  if (/^[~@#]/.test(parts.path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  const found = parts.path.startsWith('/')
    ? resolvePath(context, pathBelowBase(context, parts.path), parts, from)
    : resolveRelative(context, parts, from)
  const {prop, tag = ''} = link
  if (prop === undefined || found.to !== 'missing' || LINKS.test(kebab(tag))) return found
  return doubted(found, doubt('render-hook', `<${tag}>`))
}

/** `UButton`, `u-button` → `u-button` */
const kebab = (name: string) =>
  name.replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase()

/** The path of an absolute URL below the base of the site, which only images may contain. */
function pathBelowBase({config: {base}}: NuxtContext, path: string): string {
  const place = withoutLevelsAbove(joinPath('', path))
  return base !== '' && `${place}/`.startsWith(`${base}/`) ? place.slice(base.length + 1) : place
}

/**
 * Resolve a relative link: against the URL of its page, which may end in a slash or not. A link to the source file of a
 * page works on the repository's host, and mostly on the site.
 */
function resolveRelative(context: NuxtContext, parts: UrlParts, from: string): Resolution {
  const {lookup, routes} = context
  const {path, fragment} = parts
  const file = joinPath(folderOf(from), path)
  const isFile = lookup.isFile(file)
  if (isFile && (routes.of(file).length > 0 || routes.of(from).length === 0))
    return fileAt(context, file, fragment)
  const [route] = routes.of(from)
  if (route === undefined) return doubted(lookup.missing(file), doubt('page-url'))
  const found = [folderOf(route), route].map((folder) => {
    const target = joinPath(folder, withoutNumbers(path))
    return isAbove(target) ? ABOVE : resolvePath(context, target, parts, from)
  })
  const there = found.find(({to}) => to !== 'missing' && to !== 'unknown')
  if (there) return there
  const first = found.find(({to}) => to === 'unknown') ?? found[0]!
  if (isFile) return sameDoubt(first, {to: 'missing', path: file, why: 'unpublished'})
  return /\.md$/.test(path)
    ? sameDoubt(first, withLikelyReading(lookup, lookup.missing(file), path, from))
    : first
}

const ABOVE: Resolution = {to: 'outside', why: 'it leads above the site'}

/** A missing target, about which there is the same doubt as about another. */
const sameDoubt = (like: Resolution, found: Resolution): Resolution =>
  like.to === 'unknown' ? doubted(found, like.doubt) : found

/** The path of a Markdown file as Nuxt Content rewrites it: `../1.guide/2.set-up.md` → `../guide/set-up`. */
function withoutNumbers(path: string): string {
  if (!path.endsWith('.md')) return path
  const segments = path.slice(0, -'.md'.length).split('/')
  return segments.map((each) => (/^\.{0,2}$/.test(each) ? each : slugOf(refined(each)))).join('/')
}

/** Resolve a path below the base of the site. */
function resolvePath(
  context: NuxtContext,
  path: string,
  parts: UrlParts,
  from: string,
  redirects = MOST_REDIRECTS,
): Resolution {
  const {config} = context
  const {fragment} = parts
  const there = fileFor(context, path, from)
  if (there !== undefined) {
    const found = fileAt(context, there, fragment)
    const or = context.routes.translationAt(path, from)
    return found.to === 'page' && or !== undefined && or !== there ? {...found, or} : found
  }
  if (isGenerated(config, path)) return {to: 'outside', why: 'Nuxt or one of its modules generates it'}
  const redirect = config.redirects.redirectOf([`/${path}`])
  if (redirect) return followed(context, redirect.to, parts, from, redirects)
  const found = missingAt(context, path)
  const why = whyUncertain(context, path)
  return why ? doubted(found, why) : found
}

/** The start page may be code, as is the list of posts of undocs. */
const isGenerated = ({isUndocs}: NuxtConfig, path: string): boolean =>
  path === '' || GENERATED.test(path) || (isUndocs && path === 'blog')

/** The static file, the page or the code at a path. */
function fileFor({config, lookup, routes}: NuxtContext, path: string, from: string): string | undefined {
  const asset = config.publicFolders
    .flatMap((folder) => ['', '/index.html', '.html'].map((end) => joinPath(folder, path) + end))
    .find((file) => lookup.isFile(file))
  return (
    asset ??
    routes.at(path, from) ??
    routes.at(path.replace(/(?:^|\/)index\.html$|\.html$/, ''), from) ??
    config.code.files.get(path)
  )
}

/** The resolution of a redirect's destination. */
function followed(
  context: NuxtContext,
  to: string | undefined,
  parts: UrlParts,
  from: string,
  redirects: number,
): Resolution {
  const target = to === undefined ? undefined : splitUrl(to)
  if (!target || 'to' in target || !target.path.startsWith('/') || redirects === 0)
    return {to: 'outside', why: `it is redirected to ${to ?? 'somewhere'}`}
  const {fragment} = parts
  return resolvePath(
    context,
    joinPath('', target.path),
    {...(fragment !== undefined && {fragment}), ...target},
    from,
    redirects - 1,
  )
}

/** The reason why there may be something at a path that no file shows. */
function whyUncertain({config, routes}: NuxtContext, path: string): Doubt | undefined {
  if (config.named.has(path)) return doubt('named-redirect')
  if (config.moreRedirects) return config.moreRedirects
  if (routes.mayBe(`/${path}`) || config.code.patterns.test(`/${path}`)) return doubt('redirect-pattern')
  if (config.morePages) return config.morePages
  if (path.startsWith('api/')) return doubt('code-pages', 'a module')
  return path.endsWith('.md') ? doubt('server-routes', 'the site') : undefined
}

/** A path that names a file of another kind: `img/a.png`. */
const ASSET = /\.(?!md$|html?$)[a-z]\w{1,5}$/i

/** Report a missing path with the file that would be published there. */
function missingAt({config, lookup, routes}: NuxtContext, path: string): Resolution {
  if (ASSET.test(path)) {
    const folder = config.publicFolders.find((each) => lookup.isFolder(each)) ?? config.publicFolders[0]!
    const found = lookup.missing(joinPath(folder, path))
    if (found.to !== 'missing' || found.suggestion === undefined) return found
    const {suggestion, evidence: _, ...rest} = found
    return config.publicFolders.some((each) => isBelow(suggestion, each)) ? found : rest
  }
  const route = path.replace(/\.md$/, '')
  const place = joinPath(placeOf(config, route), `${route || 'index'}.md`)
  // A file that is published elsewhere, or not at all, would seem to be ignored.
  const found: Resolution = lookup.isFile(place)
    ? {to: 'missing', path: place, why: 'file'}
    : lookup.missing(place)
  if (found.to !== 'missing' || found.why === 'ignored') return found
  const suggestion = routes.nearest(route)
  const target: MissingTarget = {to: 'missing', path: found.path, why: 'file'}
  return suggestion === undefined ? target : {...target, suggestion}
}

/** The folder of content that a missing page would be in. */
const placeOf = ({sources}: NuxtConfig, route: string): string => {
  const own = sources.find(({prefix}) => prefix !== '' && `${route}/`.startsWith(prefix.replace(/^\//, '')))
  return (own ?? sources[0])?.folder ?? 'content'
}
