import {folderOf, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {whyAdded} from './additions.ts'
import type {MystConfig} from './config.ts'
import {MAY_BE_INCLUDED, type MystContext} from './context.ts'

/** Resolve a link: to a source file, to a page without its extension, or to a target anywhere on the site. */
export function resolveLink(context: MystContext, link: SiteLink, from: string): Resolution {
  const {config, isPage, isPublished, lookup, prefix} = context
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  const {path, fragment} = parts
  if (parts.raw === '') return resolveFragment(context, parts, from)
  if (config.keepsLinks || link.kind === 'html') return resolveUrl(context, parts, from)
  const source = path.startsWith('/') ? prefix + joinPath('', path) : joinPath(folderOf(from), path)
  const page = [source, ...config.suffixes.map((suffix) => source + suffix)].find(
    (each) => lookup.isFile(each) && isPublished(each),
  )
  if (page !== undefined) return fileAt(context, page, fragment)
  // Newer versions offer other files for download, including excluded pages.
  if (lookup.isFile(source))
    return isPage(source)
      ? {to: 'unknown', doubt: doubt('not-published')}
      : fileAt(context, source, undefined)
  if (path.startsWith('/') && lookup.isFile(joinPath('', path)))
    return {to: 'unknown', doubt: doubt('other-site')}
  return isPublished(from) ? notFound(context, link, {path, source}) : {to: 'unknown', doubt: MAY_BE_INCLUDED}
}

/** Resolve a link to a path at which there is no file: it may be the name of a target. */
function notFound(context: MystContext, link: SiteLink, {path, source}: Destination): Resolution {
  const {config, lookup, targets} = context
  if (!isPath(link, path, config) && targets.has(path)) return TARGET
  const missing = lookup.isFolder(source) ? missingIndex(context, source) : lookup.missing(source)
  const why = whyUncertain(context, link, {path, source})
  return why === undefined ? missing : doubted(missing, why)
}

/** A path as written, and the path in the tree that it leads to. */
interface Destination {
  path: string
  source: string
}

/** A place on some page of the site, which has a name of its own. */
const TARGET: Resolution = {to: 'outside', why: 'it is the name of a target on the site'}

/** The reason why a link may work, although there is no file at its path. */
function whyUncertain(
  {config, prefix, isIgnored}: MystContext,
  link: SiteLink,
  {path, source}: Destination,
): Doubt | undefined {
  if (isIgnored(source)) return doubt('git-ignored')
  const added = whyAdded(config.additions, source.slice(prefix.length))
  if (added || isPath(link, path, config)) return added
  return config.moreTargets ?? doubt('more-targets', 'a directive')
}

/** Is a destination certainly a path, rather than the name of a target? */
const isPath = ({kind, image}: SiteLink, path: string, {suffixes}: MystConfig) =>
  kind === 'image' || image
    ? /\.(?:png|jpe?g|gif|svg|webp)$/i.test(path)
    : /^\.{1,2}\/|\/$/.test(path) || suffixes.some((suffix) => path.endsWith(suffix))

/** Report a link to a folder that must name its index page. */
function missingIndex({lookup, config}: MystContext, folder: string): Resolution {
  const index = config.suffixes
    .map((suffix) => `${folder}/index${suffix}`)
    .find((each) => lookup.isFile(each))
  return index === undefined
    ? {to: 'missing', path: `${folder}/`, why: 'index'}
    : {to: 'missing', path: `${folder}/`, why: 'file', suggestion: index}
}

/** Resolve `#name`: to a heading or a target of the page, else to a target anywhere on the site. */
function resolveFragment(context: MystContext, {fragment}: UrlParts, from: string): Resolution {
  const page = context.page(from)
  const isElsewhere =
    fragment && page && !context.anchorsOf(page).has(fragment) && context.targets.has(fragment)
  return isElsewhere ? TARGET : fileAt(context, from, fragment)
}

/** Resolve a URL that Sphinx leaves unchanged, as it does in HTML. */
function resolveUrl(context: MystContext, {path, fragment}: UrlParts, from: string): Resolution {
  const {config, isPublished, lookup} = context
  const target = joinPath(folderOf(from), path.replace(/\.html$/, ''))
  const page = config.suffixes
    .map((suffix) => target + suffix)
    .find((file) => lookup.isFile(file) && isPublished(file))
  if (page !== undefined && !path.startsWith('/')) return fileAt(context, page, fragment)
  const unknown: Resolution = {to: 'unknown', doubt: doubt('outside-docset')}
  // Other files are published by settings that are not read.
  if (path.startsWith('/') || !path.endsWith('.html') || lookup.isFile(joinPath(folderOf(from), path)))
    return unknown
  return doubted(lookup.missing(`${target}.md`), doubt('theme-files'))
}
