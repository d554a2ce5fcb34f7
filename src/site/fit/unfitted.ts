import {folderOf, isAbove, isBelow, joinPath} from '../../text/paths.ts'
import {withDoubt} from '../as-doubted.ts'
import {describedAnchors} from '../described/anchors.ts'
import {describedContext} from '../described/links.ts'
import {hasExtension} from '../described/routes.ts'
import type {IdRule} from '../description.ts'
import {type Doubt, doubt} from '../doubts.ts'
import {isForReaders} from '../for-readers.ts'
import type {HostContext, SiteDescription} from '../platform.ts'
import {doubted} from '../shared/doubted.ts'
import {splitUrl} from '../shared/local-url.ts'
import {withLikelyReading} from '../shared/lookup.ts'
import {fileAt} from '../shared/repository.ts'
import type {Resolution, SiteLink} from '../types.ts'
import {isNamedElsewhere, mayBePublished} from './unexplained.ts'

/**
 * A site that no description fits: a link is missing only if it is broken for every reader, as a relative link to a
 * file that is neither at its path nor anywhere else in the tree. What may be the URL of a page is for the other links of
 * the site to test.
 *
 * @param ids The rules of which one is the site's, by the fragments that its pages use.
 */
export function unfittedSite(ctx: HostContext, root: string, ids: readonly IdRule[] = []): SiteDescription {
  const {platform, why} = ctx.marker
  const description = {root, ...(ids.length > 0 && {ids})}
  const unknownGenerator = doubt('unknown-generator', platform)
  return {
    platform,
    root,
    why,
    assumed: true,
    syntax: {},
    owns: (path) => isBelow(path, root) && !isForReaders(path),
    publish: ({page}) => {
      const context = describedContext({...ctx, page}, description)
      return {
        urlsOf: () => [],
        resolve: (link, from) => resolveLink(ctx, link, from, unknownGenerator),
        anchorsOf: (each) => withDoubt(describedAnchors(context, each), unknownGenerator),
      }
    },
  }
}

function resolveLink(ctx: HostContext, {url}: SiteLink, from: string, unknownGenerator: Doubt): Resolution {
  const {lookup} = ctx
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {path, raw, fragment} = parts
  if (raw === '') return fileAt(ctx, from, fragment)
  const place = joinPath(folderOf(from), path)
  if (/^[/@~]/.test(path) || isAbove(place)) return {to: 'unknown', doubt: unknownGenerator}
  if (lookup.isFile(place)) return fileAt(ctx, place, fragment)
  if (lookup.isFolder(place)) return {to: 'file', path: place}
  const program = lookup.programFor(place)
  if (program !== undefined) return {to: 'file', path: program}
  // Some generators find files by their names alone.
  if (isNamedElsewhere(ctx.tree, path)) return {to: 'unknown', doubt: unknownGenerator}
  const missing = withLikelyReading(lookup, lookup.missing(place), path, from)
  return !hasExtension(path) || mayBePublished(ctx, {path, isPage: false})
    ? doubted(missing, unknownGenerator)
    : missing
}
