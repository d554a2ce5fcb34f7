import {folderOf, isAbove, isBelow, joinPath, withoutLevelsAbove} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {doubted} from '../doubted.ts'
import {splitUrl, type UrlParts} from '../local-url.ts'
import {fileAt} from '../repository.ts'
import type {AppContext, Section} from './context.ts'
import type {PageAt} from './page-table.ts'

/** What the framework itself serves. */
const OF_FRAMEWORK = /^(?:_next|_vercel|__nextjs\w*)(?:\/|$)/
/** A path with the extension of a file other than a page. */
const ASSET = /\.(?!html?$|mdx?$)[a-z]\w*$/i

/** Resolve a link; plugins may change where one leads that is not found. */
export function resolveLink(context: AppContext, link: SiteLink, from: string): Resolution {
  const found = resolveWritten(context, link, from)
  const {otherLinks} = context.app
  return otherLinks && link.kind !== 'image' ? doubted(found, otherLinks) : found
}

/** Resolve a link as written: images in Markdown are files that the bundler finds, all other links are URLs. */
function resolveWritten(context: AppContext, link: SiteLink, from: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  // An expression of MDX in an attribute.
  if (parts.path.startsWith('{')) return {to: 'unknown', doubt: doubt('placeholder')}
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', doubt: doubt('bundler-path')}
  if (link.kind === 'image' || (link.kind === 'definition' && link.image))
    return resolveImage(context, parts, from)
  return parts.path.startsWith('/')
    ? resolvePath(context, withoutLevelsAbove(joinPath('', parts.path)), parts, from)
    : resolveRelative(context, parts, from)
}

/** Resolve an image in Markdown, which the build imports: from the folder of static files, or from the page. */
function resolveImage(context: AppContext, {path, fragment}: UrlParts, from: string): Resolution {
  const file = path.startsWith('/')
    ? joinPath(`${context.app.prefix}public`, path.slice(1))
    : joinPath(folderOf(from), path)
  if (context.lookup.isFile(file)) return fileAt(context, file, fragment)
  const route = path.startsWith('/') ? context.code.at(path) : undefined
  return route === undefined ? missingFile(context, file) : {to: 'file', path: route}
}

function missingFile({lookup}: AppContext, file: string): Resolution {
  if (isAbove(file)) return {to: 'outside', why: 'it leads above the repository'}
  const found = lookup.missing(file)
  return found.to === 'missing' && found.why === 'ignored'
    ? {to: 'unknown', doubt: doubt('git-ignored')}
    : found
}

/**
 * Resolve a relative link: by source file where the application does so; otherwise as a browser does, from the page's URL.
 */
function resolveRelative(context: AppContext, parts: UrlParts, from: string): Resolution {
  const {app, lookup, table} = context
  const {path, fragment} = parts
  const beside = joinPath(folderOf(from), path)
  const isFile = lookup.isFile(beside) && !path.endsWith('/')
  if (isFile && app.linksBySource && table.urlsOf(beside).length > 0) return fileAt(context, beside, fragment)
  const urls = table.urlsOf(from)
  // Text that other pages show is checked as a part of them.
  if (urls.length === 0)
    return isFile ? fileAt(context, beside, fragment) : {to: 'unknown', doubt: doubt('page-url')}
  const found = baseFolders(context, urls).map((folder) => resolveBelow(context, folder, parts, from))
  const first = found.find(({to}) => to === 'page' || to === 'file') ?? found[0]!
  if (first.to !== 'missing' && first.to !== 'unknown') return first
  // The repository's host, or a plugin, understands a link to a source file.
  if (isFile && context.isPage(beside)) return fileAt(context, beside, fragment)
  return /\.mdx?$/.test(path) ? missingFile(context, beside) : first
}

/** The URL paths against which a browser may resolve the links of a page. */
const baseFolders = ({app}: AppContext, urls: readonly string[]): string[] =>
  app.hasTrailingSlash ? [...urls] : urls.map((url) => folderOf(url))

function resolveBelow(context: AppContext, folder: string, parts: UrlParts, from: string): Resolution {
  const target = joinPath(folder, parts.path)
  return isAbove(target)
    ? {to: 'outside', why: 'it leads above the site'}
    : resolvePath(context, target, parts, from)
}

/**
 * Resolve a URL path below the base of the site.
 *
 * @param written The path without slashes at its ends.
 */
function resolvePath(context: AppContext, written: string, {fragment}: UrlParts, from: string): Resolution {
  const {app} = context
  const below = trimBoth(written, '/')
  for (const path of pathsOf(context, below)) {
    const asset = `${app.prefix}public/${path}`
    if (context.lookup.isFile(asset)) return fileAt(context, asset, fragment)
    const page = context.table.at(path, from)
    if (page) return pageAt(context, page, fragment)
    const route = context.code.at(`/${path}`)
    if (route !== undefined) return fileAt(context, route, fragment)
  }
  return OF_FRAMEWORK.test(below)
    ? {to: 'outside', why: 'the framework serves it'}
    : missingPath(context, pathsOf(context, below).at(-1)!, from)
}

/** The forms of a URL path: links of components lack the base of the site, which others have. */
function pathsOf({app: {base, dropsExtension}}: AppContext, path: string): string[] {
  const page = dropsExtension ? path.replace(/\.mdx?$/, '') : path
  return base !== '' && (page === base || page.startsWith(`${base}/`))
    ? [page, page.slice(base.length + 1)]
    : [page]
}

/** A page, or the same one in the main language, if only that has the fragment. */
const pageAt = (context: AppContext, {file, or}: PageAt, fragment: string | undefined): Resolution => {
  const found = fileAt(context, file, fragment)
  return found.to === 'page' && or !== undefined ? {...found, or} : found
}

/** Report a URL path at which nothing was found. */
function missingPath(context: AppContext, path: string, from: string): Resolution {
  const {app, code, lookup} = context
  if (ASSET.test(path)) {
    const file = missingFile(context, `${app.prefix}public/${path}`)
    return doubted(file, doubtAbout(context, path) ?? doubt('code-pages', 'code'))
  }
  const section = sectionOf(context, path)
  const missing = missingPage(context, path, section, from)
  const source = sourceNamed(context, path)
  if (source !== undefined)
    return {to: 'missing', path: `${app.prefix}${path}`, why: 'file', suggestion: source}
  const shown = code.matching(`/${path}`).find((file) => !app.shows(file))
  if (shown !== undefined) return doubted(missing, doubt('redirect-pattern'))
  const why = doubtAbout(context, path) ?? section?.mayHaveMore
  if (why) return doubted(missing, why)
  if (section && isFilled(context, path, section)) return missing
  if (lookup.isFolder(`${app.prefix}public/${path}`)) return missing
  return doubted(missing, doubtElsewhere(context, path, section))
}

/** The source file that a URL path names by its place, rather than by its URL: `/content/docs/setup`. */
function sourceNamed({app, lookup}: AppContext, path: string): string | undefined {
  const place = app.prefix + path.replace(/\.mdx?$/, '')
  if (!app.sections.some(({folder}) => folder.includes('/') && isBelow(place, folder))) return
  return ['.mdx', '.md', '/index.mdx', '/index.md']
    .map((end) => place + end)
    .find((file) => lookup.isFile(file))
}

/** The doubt about a URL path that no section decides. */
function doubtElsewhere({app, table}: AppContext, path: string, section: Section | undefined): Doubt {
  if (table.isFolder(path)) return doubt('generated-list')
  if (app.hasUnknownRoutes) return doubt('code-pages', 'code')
  // Where all pages are in folders, links say nothing about what else is at the top of the host.
  return doubt(section || path.includes('/') ? 'host-shared' : 'other-site')
}

const doubtAbout = ({app}: AppContext, path: string): Doubt | undefined => app.redirectDoubt?.(`/${path}`)

/** The innermost section that a URL path is in. */
function sectionOf({app, table}: AppContext, path: string): Section | undefined {
  const url = table.withoutLanguage(path)
  return app.sections
    .filter((section) => section.url === '' || `${url}/`.startsWith(`${section.url}/`))
    .reduce<Section | undefined>(
      (found, each) => (found && found.url.length >= each.url.length ? found : each),
      undefined,
    )
}

/**
 * Does the section alone decide what is at a URL path in it? At the top of a host, other applications may have folders
 * beside those of its pages.
 */
function isFilled({table}: AppContext, path: string, section: Section): boolean {
  if (section.url !== '') return true
  const [first = '', rest] = table.withoutLanguage(path).split('/', 2)
  return rest !== undefined && table.isFolder(first)
}

function missingPage(
  context: AppContext,
  path: string,
  section: Section | undefined,
  from: string,
): Resolution {
  const {app, table} = context
  const url = table.withoutLanguage(path)
  const [{folder, url: top} = {folder: `${app.prefix}app`, url: ''}] = [section ?? app.sections[0]]
  const rest = section && top !== '' ? url.slice(top.length + 1) : url
  const place = joinPath(folder, `${rest || 'index'}.mdx`)
  // The file exists, but is published elsewhere or not at all.
  if (context.lookup.isFile(place)) return {to: 'missing', path: place, why: 'file'}
  const found = missingFile(context, place)
  if (found.to !== 'missing') return found
  const isPublished = found.suggestion !== undefined && table.urlsOf(found.suggestion).length > 0
  if (isPublished) return found
  const suggestion = table.nearest(path, from)
  return {to: 'missing', path: place, why: 'file', ...(suggestion !== undefined && {suggestion})}
}
