import {folderOf, isAtOrBelow, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {pathBelowBase, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {Content} from './config.ts'
import {type DocusaurusContext, missingPage} from './context.ts'
import {keyOf} from './page-urls.ts'
import type {SourceFile} from './sources.ts'

/** Pages and files that Docusaurus generates itself. */
const GENERATED_PATHS = /^\/(?:search|404|404\.html|sitemap\.xml|manifest\.json|opensearch\.xml)?$/
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
  const why = whyUncertain(context, link, places)
  return why === undefined ? missing(context, path, places[0], from) : {to: 'unknown', doubt: why}
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
    inside(`/${joinPath(folder.slice(1), path).replace(/^(?:\.\.(?:\/|$))+/, '')}`),
  )
}

/** The reason why there may be something at one of these paths, though no file shows it. */
function whyUncertain(
  context: DocusaurusContext,
  link: SiteLink,
  places: readonly string[],
): Doubt | undefined {
  const {morePages, contents} = context.config
  if (morePages !== undefined) return morePages
  for (const place of places) {
    const path = withoutLocale(context, keyOf(place))
    const why = whyGenerated(context, path)
    if (why !== undefined) return why
    for (const content of contents) {
      const reason = isAtOrBelow(path, content.route) ? whyInContent(content, path) : undefined
      if (reason !== undefined) return reason
    }
  }
  // An absolute URL in HTML is left to the browser, and other things may be published beside the site.
  const isOwn = places.some((place) => contents.some(({route}) => route !== '' && isAtOrBelow(place, route)))
  return link.kind === 'html' && link.tag !== 'link' && link.url.startsWith('/') && !isOwn
    ? doubt('other-site')
    : undefined
}

function withoutLocale({routes}: DocusaurusContext, path: string): string {
  const [, first = '', ...rest] = path.split('/')
  return routes.locales.has(first) ? `/${rest.join('/')}` : path
}

function whyGenerated({config, categoryRoutes}: DocusaurusContext, path: string): Doubt | undefined {
  if (GENERATED_PATHS.test(path || '/') || config.redirectedPaths.has(path)) return doubt('generated-list')
  if (categoryRoutes.has(path)) return doubt('generated-list')
  const extension = config.redirectedExtensions.find((each) => path.endsWith(`.${each}`))
  return extension === undefined ? undefined : doubt('redirect-pattern')
}

function whyInContent({kind, route, listRoutes, morePages}: Content, path: string): Doubt | undefined {
  if (morePages !== undefined) return morePages
  if (kind === 'blog' && (path === route || FEEDS.test(path.slice(route.length))))
    return doubt('generated-list')
  return listRoutes.some((each) => isAtOrBelow(path, each)) ? doubt('generated-list') : undefined
}

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
