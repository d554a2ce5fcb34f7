import {folderOf, isAbove, joinPath, withoutLevelsAbove} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {doubted} from '../../shared/doubted.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import {whyAdded} from './additions.ts'
import {MAY_BE_INCLUDED, type MystContext} from './context.ts'
import {GENERATED, isForeignLabel} from './labels.ts'

/** The resolution of a page of Sphinx itself. */
export const GENERATED_PAGE: Resolution = {to: 'outside', why: 'Sphinx generates it'}

/** Resolve what a role or a directive names: a page, a file or a label. */
export function resolveRole(context: MystContext, {url, tag}: SiteLink, from: string): Resolution {
  switch (tag) {
    case 'toctree':
      return resolveEntry(context, url, from)
    case 'doc':
      return resolveDocument(context, url, url, from)
    case 'ref':
    case 'numref':
      return resolveLabel(context, url, from)
    case 'any':
    case 'myst':
      return resolveAny(context, url, from)
    default:
      return resolveFile(context, url, from)
  }
}

/** Resolve an entry of a table of contents, which may have the extension of a source. */
function resolveEntry(context: MystContext, entry: string, from: string): Resolution {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(entry)) return {to: 'remote', url: entry}
  if (entry === 'self') return {to: 'page', path: from}
  if (GENERATED.test(entry)) return GENERATED_PAGE
  const suffix = context.config.suffixes.find((each) => entry.endsWith(each)) ?? ''
  return resolveDocument(context, entry.slice(0, entry.length - suffix.length), entry, from)
}

/**
 * Resolve the name of a page: its path without extension, from the page or, with a slash, from the site.
 *
 * @param written The name as the page has it.
 */
function resolveDocument(context: MystContext, name: string, written: string, from: string): Resolution {
  const {config, isPublished, lookup} = context
  const path = documentPath(context, name, from)
  const files = config.suffixes.map((suffix) => path + suffix).filter((file) => lookup.isFile(file))
  const page = files.find(isPublished)
  if (page !== undefined) return {to: 'page', path: page}
  if (!isPublished(from)) return {to: 'unknown', doubt: MAY_BE_INCLUDED}
  if (files[0] !== undefined) return {to: 'missing', path: files[0], why: 'unpublished'}
  const found = lookup.isFolder(path)
    ? indexIn(context, path)
    : lookup.missing(documentPath(context, written, from))
  return written.includes(':')
    ? doubted(found, config.moreTargets ?? doubt('more-targets', 'another project'))
    : unlessGenerated(context, found, [path, ...config.suffixes.map((suffix) => path + suffix)])
}

function indexIn({config, lookup}: MystContext, folder: string): Resolution {
  const index = config.suffixes
    .map((suffix) => `${folder}/index${suffix}`)
    .find((file) => lookup.isFile(file))
  const missing = {to: 'missing', path: folder, why: 'file'} as const
  return index === undefined ? missing : {...missing, suggestion: index}
}

/** Find a file that a page shows. */
export const resolveMystInclude = (context: MystContext, {url}: SiteLink, from: string): Resolution =>
  resolveFile(context, url, from)

/**
 * Resolve the name of a file that is shown or offered for download: from the page, or from the site. Names in an included
 * file begin at the page that includes it (`relfn2path` of Sphinx).
 */
function resolveFile(context: MystContext, name: string, from: string): Resolution {
  const {isPage, isPublished, lookup} = context
  // A URL, or a file that comes with docutils.
  if (/^(?:[a-z][a-z\d+.-]*:|<)/i.test(name)) return {to: 'outside', why: 'it is not a file of the site'}
  const path = pathOf(context, name, from)
  if (isAbove(path)) return {to: 'unknown', doubt: doubt('not-in-tree')}
  if (lookup.isFile(path)) return {to: isPage(path) ? 'page' : 'file', path}
  const image = imageIn(context, path)
  if (image !== undefined) return {to: 'file', path: image}
  if (!isPublished(from)) return {to: 'unknown', doubt: MAY_BE_INCLUDED}
  return unlessGenerated(context, lookup.missing(path), [path])
}

/** The image of some format at a path such as `lamp.*`, of which Sphinx takes the one that its output needs. */
export function imageIn({tree}: MystContext, path: string): string | undefined {
  if (!path.endsWith('.*')) return
  const stem = path.slice(0, -1)
  return [...tree.files].find((file) => file.startsWith(stem) && !file.includes('/', stem.length))
}

/** Resolve the name of a label anywhere on the site. */
function resolveLabel(context: MystContext, name: string, from: string): Resolution {
  const {config, targets, whyLabelIsMissing, whyLabelsAreGenerated} = context
  if (GENERATED.test(name)) return GENERATED_PAGE
  const path = targets.pageOf(name)
  if (path !== undefined) return {to: 'page', path, fragment: name}
  if (targets.has(name)) return {to: 'outside', why: 'it is the name of a target on the site'}
  const missing = {to: 'missing', path: from, why: 'label'} as const
  const why = whyLabelsAreGenerated() ?? config.moreLabels ?? targets.whyMore(name)
  if (why === undefined) return missing
  // Indexes of domains are named like the page, and generated pages may have labels such as `lamp_use.md`.
  const isOfPage = name.includes('.') || resolveDocument(context, `/${name}`, name, from).to === 'page'
  const likely = isOfPage || isForeignLabel(name, config) ? undefined : whyLabelIsMissing(name, false)
  return likely === undefined ? {to: 'unknown', doubt: why} : {...missing, likely}
}

/** Resolve a name of any kind: of a page, a label, or an object or term that a directive defines. */
function resolveAny(context: MystContext, name: string, from: string): Resolution {
  const page = resolveDocument(context, name, name, from)
  if (page.to === 'page') return page
  const found = resolveLabel(context, name, from)
  const {config, targets} = context
  const why = config.moreTargets ?? (targets.hasTerms() ? doubt('more-targets', 'a directive') : undefined)
  return found.to === 'missing' && why !== undefined ? {to: 'unknown', doubt: why} : found
}

/** The path that the name of a page means: levels above the site do not count (`docname_join` of Sphinx). */
const documentPath = ({prefix}: MystContext, name: string, from: string): string => {
  const folder = name.startsWith('/') ? '' : folderOf(from.slice(prefix.length))
  return prefix + withoutLevelsAbove(joinPath(folder, name))
}

const pathOf = ({prefix}: MystContext, name: string, from: string): string =>
  name.startsWith('/') ? prefix + joinPath('', name) : joinPath(folderOf(from), name)

/** The resolution of a missing file that Sphinx reads, with a doubt if the build may write one at one of several paths. */
function unlessGenerated(
  {config, isIgnored, prefix}: MystContext,
  found: Resolution,
  paths: readonly string[],
): Resolution {
  if (paths.some(isIgnored)) return doubted(found, doubt('git-ignored'))
  const [why] = paths.flatMap((each) => whyAdded(config.additions, each, prefix) ?? [])
  if (why === undefined || found.to !== 'missing') return found
  return why.reason === 'unignored-pages'
    ? {...found, likely: 'git ignores the pages that the build generates'}
    : doubted(found, why)
}
