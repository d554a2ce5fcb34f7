import {folderOf, isAbove, isBelow, joinPath} from '../../text/paths.ts'
import {isForReaders} from '../described/describe.ts'
import {hasExtension} from '../described/routes.ts'
import {doubt} from '../doubts.ts'
import {unknownAnchors} from '../guarded.ts'
import type {HostContext, SiteDescription} from '../platform.ts'
import {splitUrl} from '../shared/local-url.ts'
import {withLikelyReading} from '../shared/lookup.ts'
import {fileAt} from '../shared/repository.ts'
import type {Resolution, SiteLink} from '../types.ts'
import {mayBePublished} from './unexplained.ts'

/**
 * A site that no description fits: a link is missing only if it is broken for every reader, as a relative link to a
 * file that is neither at its path nor anywhere else in the tree.
 */
export function unfittedSite(ctx: HostContext, root: string): SiteDescription {
  const {platform, why} = ctx.marker
  const unknownGenerator = doubt('unknown-generator', platform)
  return {
    platform,
    root,
    why,
    assumed: true,
    syntax: {},
    owns: (path) => isBelow(path, root) && !isForReaders(path),
    publish: () => ({
      urlsOf: () => [],
      resolve: (link, from) => resolveLink(ctx, link, from) ?? {to: 'unknown', doubt: unknownGenerator},
      anchorsOf: () => unknownAnchors(unknownGenerator),
    }),
  }
}

/** @returns undefined if only the generator knows */
function resolveLink(ctx: HostContext, {url}: SiteLink, from: string): Resolution | undefined {
  const {lookup} = ctx
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {path, raw, fragment} = parts
  if (raw === '') return fileAt(ctx, from, fragment)
  const place = joinPath(folderOf(from), path)
  if (/^[/@~]/.test(path)) return
  if (lookup.isFile(place)) return fileAt(ctx, place, fragment)
  if (lookup.isFolder(place)) return {to: 'file', path: place}
  if (!hasExtension(path) || isAbove(place) || mayBePublished(ctx, {path, isPage: false})) return
  return withLikelyReading(lookup, lookup.missing(place), path, from)
}
