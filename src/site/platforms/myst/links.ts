import {folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {whyAdded} from './additions.ts'
import type {MystConfig} from './config.ts'
import {MAY_BE_INCLUDED, type MystContext} from './context.ts'
import {GENERATED, isExternal, whyNameIsMissing} from './labels.ts'
import {GENERATED_PAGE, imageIn, resolveRole} from './roles.ts'

/** Resolve a link: to a source file, to a page without its extension, or to a target anywhere on the site. */
export function resolveLink(context: MystContext, link: SiteLink, from: string): Resolution {
  const {config, isPage, isPublished, lookup, prefix} = context
  if (link.kind === 'role') return resolveRole(context, link, from)
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  const {path, fragment} = parts
  if (parts.raw === '') return resolveFragment(context, parts, from)
  if (config.keepsLinks || link.kind === 'html' || isExternal(link)) return resolveUrl(context, parts, from)
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
  const image = imageIn(context, source)
  if (image !== undefined) return {to: 'file', path: image}
  if (path.startsWith('/') && lookup.isFile(joinPath('', path)))
    return {to: 'unknown', doubt: doubt('other-site')}
  return isPublished(from) ? notFound(context, link, {path, source}) : {to: 'unknown', doubt: MAY_BE_INCLUDED}
}

/** Resolve a link to a path at which there is no file: it may be the name of a target. */
function notFound(context: MystContext, link: SiteLink, {path, source}: Destination): Resolution {
  const {config, lookup, targets} = context
  if (!isPath(link, path, config) && (targets.has(path) || GENERATED.test(path))) return TARGET
  const missing = lookup.isFolder(source) ? missingIndex(context, source) : lookup.missing(source)
  // Files say nothing about objects of a program.
  const ofObjects =
    OBJECT.test(path) && !isPath(link, path, config) ? whyMoreTargets(context, path) : undefined
  if (ofObjects !== undefined) return {to: 'unknown', doubt: ofObjects}
  const why = whyUncertain(context, link, {path, source})
  if (why === undefined || missing.to !== 'missing') return missing
  const mayBeLabel = why.reason === 'more-targets'
  // Files say nothing about labels that look like their names.
  if (mayBeLabel && isPath(link, path, config)) return {to: 'unknown', doubt: why}
  const likely = mayBeLabel ? whyNameIsMissing(context, path) : undefined
  return likely === undefined ? doubted(missing, why) : {...missing, likely}
}

/** The name of an object in a module: `package.module.Name`. */
const OBJECT = /^[a-z_]\w*(?:\.[a-z_]\w*)+$/i

/** A path as written, and the path in the tree that it leads to. */
interface Destination {
  path: string
  source: string
}

/** A place on some page of the site, which has a name of its own. */
const TARGET: Resolution = {to: 'outside', why: 'it is the name of a target on the site'}

/** The reason why a link may work, although there is no file at its path. */
function whyUncertain(context: MystContext, link: SiteLink, {path, source}: Destination): Doubt | undefined {
  const {config, prefix, isIgnored} = context
  const suffixes = nameOf(source).includes('.') ? [] : config.suffixes
  const places = [source, ...suffixes.map((suffix) => source + suffix)]
  if (places.some(isIgnored)) return doubt('git-ignored')
  const added = places.flatMap((each) => whyAdded(config.additions, each, prefix) ?? [])[0]
  if (added === undefined) return isPath(link, path, config) ? undefined : whyMoreTargets(context, path)
  // Git ignores generated pages, but these may define labels, also such as `lamp_use.md`.
  const isImage = link.kind === 'image' || link.image
  const mayBeLabel = added.reason === 'unignored-pages' && !isImage && !path.includes('/')
  return mayBeLabel ? doubt('more-targets', 'conf.py') : added
}

/** The reason why there may be a target of some name, although no page defines one. */
function whyMoreTargets({config, targets}: MystContext, name: string): Doubt | undefined {
  if (config.moreTargets) return config.moreTargets
  return targets.whyMore(name) ?? (targets.hasTerms() ? doubt('more-targets', 'a directive') : undefined)
}

/** Is a destination certainly a path, rather than the name of a target? */
const isPath = ({kind, image}: SiteLink, path: string, {hasRoutes, suffixes}: MystConfig) =>
  kind === 'image' || image
    ? /\.(?:png|jpe?g|gif|svg|webp)$/i.test(path)
    : /^\.{1,2}\/|\/$/.test(path) ||
      (path.startsWith('/') && !hasRoutes) ||
      suffixes.some((suffix) => path.endsWith(suffix))

/** Report a link to a folder that must name its index page. */
function missingIndex({lookup, config}: MystContext, folder: string): Resolution {
  const index = config.suffixes
    .map((suffix) => `${folder}/index${suffix}`)
    .find((each) => lookup.isFile(each))
  return index === undefined
    ? {to: 'missing', path: `${folder}/`, why: 'index'}
    : {to: 'missing', path: `${folder}/`, why: 'file', suggestion: index}
}

/**
 * Resolve `#name`: to a heading or a target of the page, else to a target anywhere on the site, such as a term or an object
 * of a program.
 */
function resolveFragment(context: MystContext, {fragment}: UrlParts, from: string): Resolution {
  const page = context.page(from)
  const found = fileAt(context, from, fragment)
  if (!fragment || !page || context.anchorsOf(page).has(fragment)) return found
  if (context.targets.has(fragment) || GENERATED.test(fragment)) return TARGET
  // The anchors that MyST gives to headings consist of words and hyphens.
  const why = /[\s./]/.test(fragment) ? whyMoreTargets(context, fragment) : undefined
  return why === undefined ? found : {to: 'unknown', doubt: why}
}

/** Resolve a URL that Sphinx leaves unchanged, as it does in HTML. */
function resolveUrl(context: MystContext, {path, fragment}: UrlParts, from: string): Resolution {
  const {config, isIgnored, isPublished, lookup} = context
  const target = joinPath(folderOf(from), path.replace(/\.html$/, ''))
  const page = config.suffixes
    .map((suffix) => target + suffix)
    .find((file) => lookup.isFile(file) && isPublished(file))
  if (page !== undefined && !path.startsWith('/')) return fileAt(context, page, fragment)
  const source = joinPath(folderOf(from), path)
  // Other files are published by settings that are not read.
  if (/\.(?!html)\w+$/.test(path) && !path.startsWith('/')) {
    if (lookup.isFile(source)) return fileAt(context, source, undefined)
    return doubted(lookup.missing(source), doubt(isIgnored(source) ? 'git-ignored' : 'outside-docset'))
  }
  if (path.startsWith('/') || !path.endsWith('.html') || lookup.isFile(source))
    return {to: 'unknown', doubt: doubt('outside-docset')}
  return missingPage(context, target)
}

/** So many pages in a folder show that Sphinx builds it, rather than another program. */
const ENOUGH_PAGES = 3

/** The resolution of the URL of a page that is not there: `guide/use` for `guide/use.html`. */
function missingPage(context: MystContext, target: string): Resolution {
  const {config, isIgnored, isPublished, lookup, prefix, redirected, tree} = context
  if (GENERATED.test(nameOf(target))) return GENERATED_PAGE
  if (redirected === 'computed') return {to: 'unknown', doubt: doubt('computed-redirects')}
  if (redirected.has(target.slice(prefix.length))) return {to: 'outside', why: 'it is redirected'}
  const missing = lookup.missing(`${target}.md`)
  const sources = config.suffixes.map((suffix) => target + suffix)
  const mayBeMade = sources.some(
    (each) => isIgnored(each) || whyAdded(config.additions, each, prefix) !== undefined,
  )
  const folder = folderOf(target)
  const count = mayBeMade
    ? 0
    : [...tree.files].filter((file) => folderOf(file) === folder && isPublished(file)).length
  return missing.to === 'missing' && count >= ENOUGH_PAGES
    ? {
        ...missing,
        likely: `Sphinx builds ${count} other pages of ${folder === '' ? 'the site' : `${folder}/`}`,
      }
    : doubted(missing, doubt('theme-files'))
}
