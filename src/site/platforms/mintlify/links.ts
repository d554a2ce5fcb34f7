import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import {pathBelowBase, splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {withLikelyReading} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {ApiPages} from './api-pages.ts'
import type {SnippetCode} from './component-code.ts'
import type {MintlifyConfig} from './config.ts'
import type {MintlifyPages} from './pages.ts'

/** A Mintlify site, as needed to resolve links. */
export interface MintlifyContext extends SiteContext, PageSource {
  config: MintlifyConfig
  pages: MintlifyPages
  api: ApiPages
  /** The code that pages may import components from, by its path. */
  code: ReadonlyMap<string, SnippetCode>
}

/** Files that Mintlify makes for every site, and the feeds of pages. */
const GENERATED =
  /^(?:llms(?:-full)?\.txt|\.well-known\/.*|skill\.md|robots\.txt|sitemap\.xml|mcp|authed\/mcp|(?:.*\/)?rss\.xml)$/

/** Resolve a link: to a page by its path with or without extension, or to any other file. */
export function resolveLink(context: MintlifyContext, link: SiteLink, from: string): Resolution {
  const found = splitUrl(link.url)
  if ('to' in found) return found
  const parts = link.isInBrowser ? withoutBase(context, found) : found
  const {pages} = context
  const isSnippet = pages.isSnippet(from)
  if (parts.raw === '')
    return isSnippet
      ? {to: 'unknown', doubt: doubt('included-elsewhere')}
      : fileAt(context, from, parts.fragment)
  const places = placesOf(context, parts, from)
  for (const place of places) {
    const target = locate(context, place, parts.fragment)
    if (target) return target
  }
  return isSnippet && !parts.path.startsWith('/')
    ? {to: 'unknown', doubt: doubt('included-elsewhere')}
    : missing(context, parts, places[0], from)
}

/** The parts of a URL on the host, below the path at which the site is published. */
function withoutBase({config}: MintlifyContext, parts: UrlParts): UrlParts {
  const base = config.home === undefined ? '/' : new URL(`${config.home}/`).pathname
  const below = pathBelowBase(parts.path, base)
  return below === undefined ? parts : {...parts, raw: `/${below}`, path: `/${below}`}
}

/**
 * The paths from the site's folder that a link may mean: a path that begins with neither a slash nor a dot is left to the
 * browser, which resolves it against the URL of the page, or is taken for one from the root.
 */
function placesOf({pages}: MintlifyContext, {path}: UrlParts, from: string): [string, ...string[]] {
  if (path.startsWith('/')) return [joinPath('', path.slice(1))]
  const folder = folderOf(from.slice(pages.prefix.length))
  const beside = joinPath(folder, path)
  return path.startsWith('.') ? [beside] : [beside, joinPath(folderOf(folder), path), joinPath('', path)]
}

/** The page or file at a path from the folder of the site. */
function locate(
  context: MintlifyContext,
  place: string,
  fragment: string | undefined,
): Resolution | undefined {
  const {pages, lookup, api, marker} = context
  if (isAbove(place)) return
  const path = trimEnd(place, '/')
  const file = pages.prefix + path
  if (lookup.isFile(file) && pages.owns(file)) return fileAt(context, file, fragment)
  const page = pages.at(path) ?? pages.at(path.replace(/\.mdx?$/, ''))
  if (page !== undefined) return fileAt(context, page, fragment)
  if (api.has(path)) return {to: 'outside', why: 'Mintlify generates the page of an API'}
  if (GENERATED.test(path)) return {to: 'outside', why: 'Mintlify creates it'}
  // The site, and each folder of it, leads to its first page.
  const folder = trimEnd(file, '/')
  return folder === marker.root || (lookup.isFolder(folder) && pages.placeOf(`${folder}/a`) !== undefined)
    ? {to: 'file', path: folder}
    : undefined
}

function missing(context: MintlifyContext, parts: UrlParts, place: string, from: string): Resolution {
  const {pages, lookup, api} = context
  if (isAbove(place)) return {to: 'missing', path: joinPath(pages.prefix, place), why: 'leaves'}
  const file = pages.prefix + place
  const stem = file.replace(/\.mdx?$/, '')
  const source = [file, `${stem}.mdx`, `${stem}.md`].find((each) => lookup.isFile(each))
  if (source !== undefined) return {to: 'missing', path: source, why: 'unpublished'}
  const isPage = stem !== file || !/\.\w{2,5}$/.test(place)
  const found = withLikelyReading(lookup, lookup.missing(isPage ? `${stem}.mdx` : file), parts.path, from)
  const why = api.doubtAbout(place) ?? whyListed(context, place) ?? whyOtherSite(context, place)
  return why ? doubted(onlyPublished(context, found), why) : onlyPublished(context, found)
}

/** A missing target without a suggestion that the site does not publish. */
function onlyPublished({pages}: MintlifyContext, found: Resolution): Resolution {
  if (found.to !== 'missing' || found.suggestion === undefined || pages.publishes(found.suggestion))
    return found
  const {suggestion: _, evidence: __, ...bare} = found
  return bare
}

/** Does the navigation list pages of a folder that the tree lacks? */
const whyListed = ({lookup, pages, config: {listed}}: MintlifyContext, place: string) =>
  listed.hasOfAbsentFolder(place, pages.prefix, lookup) ? doubt('listed-page') : undefined

/** The first names of the paths below which Mintlify offers to publish a site: `MANAGED_BASE_PATHS` of `@mintlify/common`. */
const BASES = /^(?:docs|help|guides|wiki|developers|academy|connect|go|blog|ai)$/

/**
 * May another site be at a path? The site itself may be published below the first name of the path, so that it is written in
 * links of components; or only its folders are, if all of its pages are in these.
 */
function whyOtherSite(context: MintlifyContext, place: string) {
  const {pages, lookup, config} = context
  const [first = '', ...rest] = place.split('/')
  if (lookup.isFolder(pages.prefix + first)) return
  const isBase = config.home === undefined ? BASES.test(first) : new URL(config.home).pathname === `/${first}`
  const isBelowBase = isBase && rest.length > 0 && locate(context, rest.join('/'), undefined) !== undefined
  return isBelowBase || !pages.hasPageAtTop ? doubt('host-shared') : undefined
}
