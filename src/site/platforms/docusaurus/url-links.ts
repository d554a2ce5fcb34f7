import {folderOf, isAtOrBelow, joinPath, nameOf, withoutLevelsAbove} from '../../../text/paths.ts'
import {withoutQuery} from '../../../text/urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {pathBelowBase, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {Content, DocusaurusConfig} from './config.ts'
import {type DocusaurusContext, missingPage, unlessChanged, unlessDoubted, whyChanged} from './context.ts'
import {keyOf} from './page-urls.ts'
import {mayBeAtUrl} from './scopes.ts'
import type {SourceFile} from './sources.ts'

/** Pages and files that Docusaurus generates itself. */
const GENERATED_PATHS = /^\/(?:search|404|404\.html|sitemap\.xml|manifest\.json|opensearch\.xml)?$/
/** Longer paths are not examined as a whole. */
const MOST_SEGMENTS = 20
/** Feeds of a blog. */
const FEEDS = /^\/(?:rss\.xml|atom\.xml|feed\.json)$/

/** Resolve a link that is a URL of the published site. */
export function resolveUrl(
  context: DocusaurusContext,
  link: SiteLink,
  {path, fragment}: UrlParts,
  from: string,
  source: SourceFile,
): Resolution {
  if (path.startsWith('@')) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (!path.startsWith('/') && !context.sources.isPage(source))
    return {to: 'unknown', doubt: doubt('included-elsewhere')}
  const places = placesOf(context, link, path, from, source)
  for (const place of places) {
    const file = context.routes.at(place)
    if (file !== undefined) return fileAt(context, file, fragment)
  }
  if (places[0] === undefined) return {to: 'unknown', doubt: doubt('other-site')}
  if (places.some((place) => isGenerated(context, withoutLocale(context, keyOf(place)))))
    return {to: 'outside', why: 'Docusaurus generates what is there'}
  const redirects = computedRedirects(context, path)
  if (redirects) return {to: 'unknown', doubt: redirects}
  const found = unlessDoubted(missing(context, path, places[0], from), whyUncertain(context, link, places))
  const isAmongPages = context.filled.hasSection(folderOf(keyOf(places[0])))
  const why = whyChanged(context, source) ?? (link.kind === 'link' ? context.config.linkComponent : undefined)
  return unlessChanged(found, why, isAmongPages)
}

/** The doubt about redirects that the configuration computes, if its code contains the name of a page. */
function computedRedirects({config, configTexts}: DocusaurusContext, path: string): Doubt | undefined {
  const name = nameOf(keyOf(path))
  const found = config.additions.find((addition) => addition.doubt.reason === 'computed-redirects')
  return configTexts.some((text) => text.includes(name)) ? found?.doubt : undefined
}

/** The paths below the site's base that a URL may mean. */
function placesOf(
  {config: {base, trailingSlash}, routes}: DocusaurusContext,
  {kind, tag}: SiteLink,
  path: string,
  from: string,
  source: SourceFile,
): string[] {
  const own = routes.baseOf(source.locale)
  const inside = (url: string) => {
    const place = pathBelowBase(url, base)
    return place === undefined ? [] : [`/${place}`]
  }
  if (path.startsWith('/')) {
    const url = `/${joinPath('', path)}`
    // Docusaurus adds a missing site base to links in Markdown; those in HTML are left to the browser.
    if (kind === 'html' && tag !== 'link')
      return [...inside(url), ...(base === '/' ? [] : inside(own + url.slice(1)))]
    return inside(pathBelowBase(url, own) === undefined ? own + url.slice(1) : url)
  }
  const url = routes.urlOfPage(from, source)
  const withSlash = trailingSlash === false ? [] : [url]
  const withoutSlash = trailingSlash === true ? [] : [folderOf(url)]
  return [...withoutSlash, ...withSlash].flatMap((folder) =>
    inside(`/${withoutLevelsAbove(joinPath(folder.slice(1), path))}`),
  )
}

/** The reason why there may be something at one of these paths, though no file shows it. */
function whyUncertain(
  context: DocusaurusContext,
  link: SiteLink,
  places: readonly string[],
): Doubt | undefined {
  for (const place of places) {
    const why = whyAt(context, withoutLocale(context, keyOf(place)))
    if (why !== undefined) return why
  }
  return link.kind === 'html' && link.tag !== 'link' && link.url.startsWith('/')
    ? whyBeside(context.config, link, places)
    : undefined
}

/** The reason why there may be something at a path below the base. */
function whyAt(context: DocusaurusContext, path: string): Doubt | undefined {
  const {config, filled} = context
  const why =
    whyOtherBase(context, path) ??
    config.additions.find((addition) => mayBeAtUrl(addition, path, config, filled))?.doubt
  if (why !== undefined) return why
  for (const content of config.contents) {
    const reason = isAtOrBelow(path, content.route) ? whyInContent(content, path) : undefined
    if (reason !== undefined) return reason
  }
  return
}

/** An absolute URL in HTML is left to the browser, and other things may be published beside the site. */
function whyBeside(
  {base, contents, isBaseComputed}: DocusaurusConfig,
  {url, tag}: SiteLink,
  places: readonly string[],
): Doubt | undefined {
  if (places.some((place) => contents.some(({route}) => route !== '' && isAtOrBelow(place, route)))) return
  if (isBaseComputed || pathBelowBase(withoutQuery(url), base) === undefined) return doubt('other-site')
  return tag === 'img' ? undefined : doubt('server-routes', 'the host')
}

/** If the base is not known, a part of the path may be the base. */
function whyOtherBase({config, routes}: DocusaurusContext, path: string): Doubt | undefined {
  if (!config.isBaseComputed) return
  const names = path.split('/').slice(2, MOST_SEGMENTS)
  return names.some((_, index) => routes.at(`/${names.slice(index).join('/')}`) !== undefined)
    ? doubt('computed-setting', 'the base URL')
    : undefined
}

function withoutLocale({routes}: DocusaurusContext, path: string): string {
  const [, first = '', ...rest] = path.split('/')
  return routes.locales.has(first) ? `/${rest.join('/')}` : path
}

/** Is there a page or file at a path that Docusaurus itself generates, or a redirect? */
function isGenerated({config, categoryRoutes, routes}: DocusaurusContext, path: string): boolean {
  if (GENERATED_PATHS.test(path || '/') || config.redirectedPaths.has(path) || categoryRoutes.has(path))
    return true
  const extension = config.redirectedExtensions.find((each) => path.endsWith(`.${each}`))
  if (extension !== undefined && routes.at(path.slice(0, -extension.length - 1)) !== undefined) return true
  return config.contents.some(
    ({kind, route, listRoutes}) =>
      listRoutes.includes(path) ||
      (kind === 'blog' &&
        isAtOrBelow(path, route) &&
        (path === route || FEEDS.test(path.slice(route.length)))),
  )
}

const whyInContent = ({listRoutes, morePages}: Content, path: string): Doubt | undefined =>
  listRoutes.some((each) => isAtOrBelow(path, each)) ? doubt('generated-list') : morePages

/** Report a missing URL with the file that would be published there, beside the page or in a folder of docs. */
function missing(context: DocusaurusContext, path: string, place: string, from: string): Resolution {
  const {config, lookup, routes} = context
  const isAbsolute = path.startsWith('/')
  const content = isAbsolute
    ? config.contents.find(({kind, route}) => kind === 'docs' && place.startsWith(`${route}/`))
    : undefined
  const file = content
    ? joinPath(content.folder, place.slice(content.route.length + 1))
    : joinPath(isAbsolute ? '' : folderOf(from), path)
  if (lookup.isFile(file) || lookup.isFolder(file)) return {to: 'missing', path: file, why: 'file'}
  const found = missingPage(context, file)
  if (found.to === 'unknown' || (found.to === 'missing' && found.suggestion !== undefined)) return found
  const suggestion = isAbsolute ? routes.nearest(place) : undefined
  return {to: 'missing', path: file, why: 'file', ...(suggestion !== undefined && {suggestion})}
}
