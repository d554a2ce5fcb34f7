import {folderOf, isAbove, joinPath, withoutLevelsAbove} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {pathBelowBase, splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import {comparedUrl} from '../../shared/vue/ignored-links.ts'
import {writePathOrUrl} from '../../shared/write-link.ts'
import type {Resolution, SiteAnswers, SiteLink} from '../../types.ts'
import {fileFor, missingAsset} from './assets.ts'
import {PROPS} from './card-links.ts'
import {BASE, type VuepressConfig} from './config.ts'
import type {Target, VuepressContext} from './context.ts'

/** Resolve a link: to a page by source file or route, or to a file beside the page or in `.vuepress/public`. */
export function resolveLink(context: VuepressContext, link: SiteLink, from: string): Resolution {
  const {routes} = context
  const found = resolve(context, link, from)
  // Pages that the patterns leave out serve as partials.
  const isPartial = !routes.isPublished(from) && from.slice(routes.prefix.length).includes('/')
  return isPartial ? resolvedInPartial(found, from) : found
}

function resolve(context: VuepressContext, written: SiteLink, from: string): Resolution {
  const {config} = context
  const link = asRendered(context, written, from)
  const parts = splitUrl((link ?? written).url)
  if ('to' in parts) return parts
  if (!link) return {to: 'unknown', doubt: doubt('component', `<${written.tag}>`)}
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  // Aliases of the bundler, which are configured.
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (config.ignored.test(parts.path) || config.ignored.test(comparedUrl(parts.path)))
    return {to: 'outside', why: 'the configuration leaves it out of its check of links'}
  const target = targetOf(context, link, parts, from)
  if (typeof target === 'string') return {to: 'outside', why: target}
  return resolveTarget(context, link, target, from)
}

/** More redirects than lead anywhere. */
const MOST_REDIRECTS = 5

function resolveTarget(
  context: VuepressContext,
  link: SiteLink,
  target: Target,
  from: string,
  redirects = 0,
): Resolution {
  const page = pageFor(context, link, target)
  if (page !== undefined) return fileAt(context, page, fragmentIn(context, link, target))
  const to = redirectOf(context, target.url)
  if (to !== false && redirects < MOST_REDIRECTS) {
    const parts = to === undefined ? undefined : splitUrl(to)
    if (!parts || 'to' in parts || !parts.path.startsWith('/'))
      return {to: 'outside', why: 'the configuration redirects it'}
    const next = {...target, ...parts, url: parts.path, isSource: false}
    return resolveTarget(context, {url: to!}, next, from, redirects + 1)
  }
  const file = fileFor(context, link, target, from)
  if (file) return file
  return isAsset(target, link) ? missingAsset(context, link, target, from) : missingPage(context, target)
}

/** A fragment as the second version renders it: `lamp.md#2-bulbs` leads to `_2-bulbs`. */
function fragmentIn(
  {config: {versions}}: VuepressContext,
  {kind, url}: SiteLink,
  {fragment}: Target,
): string | undefined {
  const isRewritten = versions.includes(2) && kind !== 'html' && /\.(?:md|html)#\d|\/#\d/.test(url)
  return isRewritten ? `_${fragment}` : fragment
}

/** A link as the page that VuePress renders has it; undefined if a component decides that. */
function asRendered(
  {components, config, page}: VuepressContext,
  link: SiteLink,
  from: string,
): SiteLink | undefined {
  const {kind, tag = '', prop, url} = link
  if (kind === 'front-matter' || prop === undefined) return link
  if (prop === 'to') return {...link, kind: 'front-matter'}
  const ofPlugin = config.hasComponents ? PROPS[`${tag} ${prop}`] : undefined
  const handing = ofPlugin ?? components.handing(tag, prop, page(from))
  // As the theme renders links of front matter.
  if (handing === 'route') return {...link, kind: 'front-matter'}
  if (handing === undefined || handing === 'theme') return
  const isBased = handing.startsWith('base') && url.startsWith('/')
  const {image: _, prop: __, ...plain} = link
  const rendered = {...plain, url: isBased ? config.base + url.slice(1) : url}
  return handing.endsWith('image') ? {...rendered, tag: 'img', image: true} : {...rendered, tag: 'a'}
}

/** Does VuePress make a link of the router of it? In Markdown, by its end; in front matter, the theme does. */
function isRouted({kind, image}: SiteLink, {raw}: UrlParts): boolean {
  if (kind === 'front-matter') return !image
  return kind !== 'html' && !image && /(?:\/|\.md|\.html)$/.test(raw)
}

/** Where a link leads on the site; the reason in words if it leads elsewhere. */
function targetOf(context: VuepressContext, link: SiteLink, parts: UrlParts, from: string): Target | string {
  const {config, routes} = context
  const {path} = parts
  const routed = isRouted(link, parts)
  const isSource = path.endsWith('.md') && (routed || config.versions.includes(2))
  if (path.startsWith('/')) {
    const url = urlInSite(context, link, parts, routed)
    return url === undefined ? `outside the site's base ${config.base}` : withUrl(parts, url, isSource)
  }
  // Links in Markdown begin at the source file, others at the URL of the page.
  const isOfSource = (routed && link.kind !== 'front-matter') || link.image === true
  const place = from.slice(routes.prefix.length)
  const folder = isOfSource ? folderOf(place) : folderOfUrl(routes.urlsOf(from)[0] ?? `/${place}`)
  const joined = joinPath(folder, path)
  // Browsers and routers stop at the root.
  const isBeyond = isAbove(joined) && !routed && config.base !== '/'
  if (isBeyond) return `outside the site's base ${config.base}`
  return withUrl(parts, `/${withoutLevelsAbove(joined)}${/(?:^|\/)\.{0,2}$/.test(path) ? '/' : ''}`, isSource)
}

const withUrl = (parts: UrlParts, url: string, isSource: boolean): Target => ({
  ...parts,
  url: url.replace(/\/{2,}/g, '/'),
  isSource,
})

const folderOfUrl = (url: string) => folderOf(url.slice(1))

/** The path below the base that an absolute URL has; undefined if it is that of another site on the host. */
function urlInSite(
  {config}: VuepressContext,
  {kind, image, isBased}: SiteLink,
  {path}: UrlParts,
  routed: boolean,
): string | undefined {
  const {base, versions} = config
  const url = /\/\.{0,2}$/.test(path) ? `/${joinPath('', path)}/` : `/${joinPath('', path)}`
  const below = pathBelowBase(path, base)
  // The router of the first version adds the base to any URL.
  if (base === '/' || isBased || (routed && versions.join() === '1')) return url
  if (below !== undefined) return `/${below}`
  // The router adds the base, as the second version does for images; it takes other URLs for those of other sites.
  const isOfRouter = kind === 'front-matter' || path.endsWith('.md') || versions.includes(1)
  const isOfBundler = image === true && versions.includes(2)
  return (routed && isOfRouter) || isOfBundler || kind === 'front-matter' ? url : undefined
}

/** The page that a link leads to. */
function pageFor({config, routes}: VuepressContext, link: SiteLink, target: Target): string | undefined {
  for (const url of formsOf(target, link, config))
    for (const each of [url, decodeTwice(url)]) {
      const page = routes.pageAt(each)
      if (page !== undefined) return page
    }
  return
}

/** File names with a percent sign are encoded twice in URLs. */
const decodeTwice = (url: string) => {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

/** The URL paths of pages that a link may lead to: routers and hosts accept some without their ends. */
function formsOf({url, isSource}: Target, {kind}: SiteLink, {versions}: VuepressConfig): string[] {
  if (isSource) return [sourceUrl(url, versions.includes(1))]
  if (url.endsWith('.html')) return [url.replace(/\/index\.html$/, '/')]
  if (!url.endsWith('/')) return [`${url}.html`, `${url}/`]
  // Only the first version looks for the page of a file at the URL of a folder.
  return kind === 'html' || versions.includes(1) ? [url, `${url.slice(0, -1)}.html`] : [url]
}

const sourceUrl = (url: string, ignoresCase: boolean) => {
  const index = ignoresCase ? /\/(?:README|index)\.md$/i : /\/(?:[Rr][Ee][Aa][Dd][Mm][Ee]|index)\.md$/
  return index.test(url) ? url.replace(index, '/') : url.replace(/\.md$/, '.html')
}

/** The destination of a redirect; undefined if it is not known, `false` if there is none. */
function redirectOf({config: {redirects}}: VuepressContext, url: string): string | undefined | false {
  const stem = url.replace(/\.html$|\/$/, '')
  const from = [url, stem, `${stem}/`, `${stem}.html`].find((each) => redirects.has(each))
  return from === undefined ? false : redirects.get(from)
}

/** Does a link lead to a file rather than a page, as its extension tells? */
const isAsset = ({url, isSource}: Target, {image}: SiteLink) =>
  image === true || (!isSource && /\.(?!html$)[a-z][a-z\d]{0,5}$/i.test(url))

/** The resolution of a link to a page that no file of the tree shows. */
function missingPage(context: VuepressContext, target: Target): Resolution {
  const missing = missingAt(context, target)
  const why = whyUncertain(context, target)
  return why ? doubted(missing, why) : missing
}

function missingAt({lookup, routes}: VuepressContext, {url}: Target): Resolution {
  const folder = routes.prefix + url.replace(/^\/|\/$/g, '')
  if (url === '/' || (url.endsWith('/') && lookup.isFolder(folder))) return lookup.missing(folder || '.')
  const page = `${folder.replace(/\.(?:html|md)$/, '')}.md`
  // Its URL has another ending.
  if (lookup.isFile(page))
    return {to: 'missing', path: folder, why: 'file', suggestion: page, evidence: 'extension'}
  return lookup.missing(page)
}

/** The reason why there may be a page at a path that no file shows. */
function whyUncertain(context: VuepressContext, {path, url, isSource}: Target): Doubt | undefined {
  const {config, lists, routes} = context
  if (isListed(context, url)) return doubt('listed-page')
  if (isSource) return undefined
  if (routes.mayBeAt(url) || routes.mayBeAt(`${url}/`)) return doubt('redirect-pattern')
  if (lists.test(url.endsWith('/') ? url : `${url}/`)) return doubt('generated-file')
  const isRelative = !path.startsWith('/')
  const ofRoutes = isRelative && config.otherRoutes?.about === BASE ? undefined : config.otherRoutes
  return ofRoutes ?? config.more.pages
}

/** Does the navigation list a page of a folder that the tree lacks? */
function isListed({config: {listed}, lookup, routes}: VuepressContext, url: string): boolean {
  const place = url.slice(1).replace(/(?:(?:^|\/)(?:README|index))?\.(?:md|html)$|\/$/i, '')
  return listed.has(place) || listed.hasOfAbsentFolder(place, routes.prefix, lookup)
}

/** Write a link from the root with or without the base of the site, as another link has it or not. */
export function writeLink(
  context: VuepressContext,
  urlsOf: SiteAnswers['urlsOf'],
  to: string,
  like: string,
  from: string,
): string | undefined {
  const {base} = context.config
  if (base === '/' || !like.startsWith('/')) return
  const below = pathBelowBase(like, base)
  const resolve = ({url}: SiteLink) => resolveLink(context, {url, isBased: true}, from)
  const url = writePathOrUrl({urlsOf, resolve}, to, below === undefined ? like : `/${below}`, from)
  return below === undefined ? url : base + url.slice(1)
}
