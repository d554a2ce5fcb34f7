import {folderOf, joinPath} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
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
  const why = whyUncertain(context, link, path)
  if (why !== undefined) return {to: 'unknown', doubt: why}
  if (lookup.isFolder(source)) return missingIndex(context, source)
  return isPublished(from) ? lookup.missing(source) : {to: 'unknown', doubt: MAY_BE_INCLUDED}
}

/** The reason why a link may work, although there is no file at its path. */
function whyUncertain({config, lookup}: MystContext, link: SiteLink, path: string): Doubt | undefined {
  if (path.startsWith('/') && lookup.isFile(joinPath('', path))) return doubt('other-site')
  return isPath(link, path, config) ? config.moreFiles : doubt('code-pages', 'a target of that name')
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
  if (fragment && page && !context.anchorsOf(page).has(fragment)) {
    const {moreTargets} = context.config
    if (moreTargets !== undefined) return {to: 'unknown', doubt: moreTargets}
    if (context.hasTarget(fragment))
      return {to: 'unknown', doubt: doubt('code-pages', 'a target of that name')}
  }
  return fileAt(context, from, fragment)
}

/** Resolve a URL that Sphinx leaves unchanged, as it does in HTML. */
function resolveUrl(context: MystContext, {path, fragment}: UrlParts, from: string): Resolution {
  const {config, isPublished, lookup} = context
  const target = joinPath(folderOf(from), path.replace(/\.html$/, ''))
  const page = config.suffixes
    .map((suffix) => target + suffix)
    .find((file) => lookup.isFile(file) && isPublished(file))
  return page !== undefined && !path.startsWith('/')
    ? fileAt(context, page, fragment)
    : {to: 'unknown', doubt: doubt('outside-docset')}
}
