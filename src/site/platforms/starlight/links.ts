import type {Component, Page} from '../../../page/types.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {concernsRedirects, type Doubt, doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {pathBelowBase, splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {starlightAnchors} from './anchors.ts'
import {isBuiltInComponent} from './components.ts'
import type {StarlightContext} from './context.ts'
import {isDraft} from './routes.ts'
import {urlsOf} from './urls.ts'

/** Paths below the base that Astro, Starlight and harmless integrations publish. */
const GENERATED_PATHS = /^(?:404(?:\.html)?|sitemap[\w-]*\.xml|pagefind\/.*|_astro\/.*|_image|_pagefind\/.*)$/

/** Resolve a link: links are URLs that a browser follows, images in Markdown are files. */
export function resolveLink(context: StarlightContext, link: SiteLink, from: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(context, from, parts.fragment)
  // An expression of MDX in an attribute.
  if (parts.path.startsWith('{')) return {to: 'unknown', doubt: doubt('placeholder')}
  // Bundler aliases, such as `~/assets/x.png`, are configured elsewhere.
  if (/^[~@#]/.test(parts.path)) return resolveAlias(context, link, parts)
  const found = parts.path.startsWith('/')
    ? resolveAbsolute(context, parts, from)
    : resolveRelative(context, link, parts, from)
  if (found.to !== 'missing') return found
  if (isRewritten(context, link, from)) return {to: 'unknown', doubt: doubt('component', link.tag)}
  // Drafts link to each other until they are published together.
  if (isDraft(context.page(from))) return {to: 'unknown', doubt: doubt('not-published')}
  const changes = link.kind === 'html' ? [] : context.changes.links
  const rewritten = changes.find(({changesImages}) => !link.image || changesImages)
  return rewritten ? doubted(found, rewritten.doubt) : found
}

/** Resolve the path of an image that an alias of the bundler may begin; links are left to the browser. */
function resolveAlias(
  {aliases, lookup, ...context}: StarlightContext,
  {kind}: SiteLink,
  {path, fragment}: UrlParts,
): Resolution {
  const file = kind === 'image' ? aliases.pathOf(path) : undefined
  if (file === undefined) return {to: 'unknown', doubt: doubt('bundler-path')}
  return lookup.isFile(file) ? fileAt(context, file, fragment) : lookup.missing(file)
}

/** May an MDX component change a link passed to it? */
function isRewritten(context: StarlightContext, {kind, tag}: SiteLink, from: string): boolean {
  const page = kind === 'html' && from.endsWith('.mdx') ? context.page(from) : undefined
  return page !== undefined && context.rewritingTags(page).has(tag ?? '')
}

/** The tags of a page's components that may change links: all but built-in ones. For each tag, the first one counts. */
export function rewritingTagsOf({components = []}: Page): ReadonlySet<string> {
  const first = new Map<string, Component>()
  for (const each of components) {
    const tag = each.name.toLowerCase()
    if (!first.has(tag)) first.set(tag, each)
  }
  return new Set([...first].filter(([, {from}]) => !isBuiltInComponent(from)).map(([tag]) => tag))
}

function resolveAbsolute(context: StarlightContext, parts: UrlParts, from: string): Resolution {
  const {base} = context.config
  const place = pathBelowBase(parts.path, base)
  return place === undefined
    ? {to: 'outside', why: `the site is published at ${base}`}
    : resolvePath(context, joinPath('', place), parts, from)
}

/**
 * Resolve a relative link. An image in Markdown is a file, or the build fails. Other links are not rewritten: a browser
 * resolves them against the page's URL, and the repository's host against its file. They are missing only if neither
 * finds anything.
 */
function resolveRelative(
  context: StarlightContext,
  {kind, image}: SiteLink,
  parts: UrlParts,
  from: string,
): Resolution {
  const {config, lookup} = context
  const {path, fragment} = parts
  const file = joinPath(folderOf(from), path)
  const isFile = lookup.isFile(file)
  const isContent = from.startsWith(`${config.sourceFolder}/`)
  if (kind === 'image' && image && isContent)
    return isFile ? fileAt(context, file, fragment) : lookup.missing(file)
  const route = context.routes().of(from)
  // Pages are commonly linked by their source files, which a plugin or the repository's host understands.
  if (isFile && (route === undefined || context.isPage(file))) return fileAt(context, file, fragment)
  if (route === undefined) return {to: 'unknown', doubt: doubt('page-url')}
  const found = resolveInBrowser(context, parts, route, from)
  const isSource = /\.mdx?$/.test(path)
  if (!isFile && !isSource) return found
  const missing: Resolution = isFile ? {to: 'missing', path: file, why: 'unpublished'} : lookup.missing(file)
  if (found.to === 'missing') return missing
  return found.to === 'unknown' ? doubted(missing, found.doubt) : found
}

/** Resolve a relative link against the URL of its page, as a browser does. */
function resolveInBrowser(
  context: StarlightContext,
  parts: UrlParts,
  route: string,
  from: string,
): Resolution {
  const found = baseFolders(context, route).map((folder): Resolution => {
    const target = joinPath(folder, parts.path)
    return isAbove(target)
      ? {to: 'outside', why: 'it leads above the site'}
      : resolvePath(context, target, parts, from)
  })
  return (
    found.find(({to}) => to === 'page' || to === 'file') ??
    found.find(({to}) => to !== 'missing') ??
    found[0]!
  )
}

/** The folders against which a browser may resolve links of a page, whose URL may or may not have a trailing slash. */
function baseFolders({config: {trailingSlash}}: StarlightContext, route: string): string[] {
  if (trailingSlash === 'always' || route === '') return [route]
  return trailingSlash === 'never' ? [folderOf(route)] : [route, folderOf(route)]
}

/**
 * Resolve a path below the base.
 *
 * @param parts The link as written.
 */
function resolvePath(
  context: StarlightContext,
  path: string,
  {path: written, fragment}: UrlParts,
  from: string,
): Resolution {
  const {config, lookup} = context
  const asset = [path, `${path}/index.html`, `${path}.html`]
    .map((name) => joinPath(config.publicFolder, name))
    .find((file) => lookup.isFile(file))
  if (asset !== undefined) return fileAt(context, asset, fragment)
  const routes = context.routes()
  const route = path.replace(/(?:^|\/)index\.html$/, '').normalize()
  const page = routes.at(route)
  if (page !== undefined) return fileAt(context, page, fragment)
  const shown = entryAt(context, route, fragment, from)
  if (shown !== undefined) return fileAt(context, shown, fragment)
  if (GENERATED_PATHS.test(route) || GENERATED_PATHS.test(route.replace(/^[\w-]+\//, '')))
    return {to: 'outside', why: 'Astro or Starlight generates it'}
  if (routes.isRedirected(route)) return {to: 'outside', why: 'the configuration redirects it'}
  const found = missing(context, route, written)
  // Some hosts serve pages without their extension.
  if (route.endsWith('.html') && routes.at(route.slice(0, -5)) !== undefined)
    return doubted(found, doubt('server-routes', 'the host'))
  const why = whyUncertain(context, route)
  return why ? doubted(found, why) : found
}

/** The entry of a collection that code shows at a route: of several, the first with the id that a fragment names. */
function entryAt(
  context: StarlightContext,
  route: string,
  fragment: string | undefined,
  from: string,
): string | undefined {
  const files = context.routes().shownAt(route, from)
  if (!fragment || files.length < 2) return files[0]
  const hasIt = (file: string) => {
    const page = context.page(file)
    return page && starlightAnchors(context, page).has(fragment)
  }
  return files.find(hasIt) ?? files[0]
}

/** The reason why there may be something at a route that no file shows; one that no evidence refutes comes first. */
function whyUncertain({changes, routes}: StarlightContext, route: string): Doubt | undefined {
  const additions = changes.additions.filter(({covers}) => covers?.(route) ?? true).map((each) => each.doubt)
  const reasons = [...additions, ...(routes().mayMatch(route) ? [doubt('redirect-pattern')] : [])]
  return reasons.find(concernsRedirects) ?? reasons[0]
}

/** Report a missing path with the file that would be published there. */
function missing(context: StarlightContext, route: string, written: string): Resolution {
  const {config, lookup} = context
  const isFile = /\.[a-z]\w{1,5}$/i.test(route) && !written.endsWith('/')
  const pages = `${config.sourceFolder}/${config.hasStarlight ? 'content/docs' : 'pages'}`
  const path = isFile ? joinPath(config.publicFolder, route) : `${joinPath(pages, route || 'index')}.md`
  // The file exists, but is published elsewhere or not at all.
  if (lookup.isFile(path)) return {to: 'missing', path, why: 'file'}
  const found = lookup.missing(path)
  if (found.to !== 'missing') return found
  if (found.why === 'ignored' || lookup.tree.beyond(`${path}x`) === 'ignored')
    return {to: 'unknown', doubt: doubt('git-ignored')}
  // An unpublished page, such as a draft, is not suggested.
  return found.suggestion === undefined || urlsOf(context, found.suggestion).length === 0
    ? {to: 'missing', path, why: 'file'}
    : found
}
