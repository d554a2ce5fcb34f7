import {folderOf, isAbove, joinPath} from '../../text/paths.ts'
import {doubt} from '../doubts.ts'
import {unknownAnchors} from '../guarded.ts'
import type {Marker, SiteContext, SiteDescription} from '../platform.ts'
import type {SiteAnswers} from '../types.ts'
import {splitUrl} from './local-url.ts'
import {fileAt} from './repository.ts'

/**
 * A site of a platform whose routing is unknown to doccheck: only a relative link to a Markdown file, which every
 * platform resolves by folder, can be missing; any fragment may exist.
 */
export function unknownRouting(
  ctx: SiteContext,
  {platform, root, why}: Marker = ctx.marker,
): SiteDescription {
  const {lookup} = ctx
  const answers: SiteAnswers = {
    urlsOf: () => [],
    resolve: ({url}, from) => {
      const parts = splitUrl(url)
      if ('to' in parts) return parts
      if (parts.raw === '') return fileAt(ctx, from, parts.fragment)
      const path = joinPath(folderOf(from), parts.path)
      if (!parts.path.startsWith('/') && lookup.isFile(path)) return fileAt(ctx, path, parts.fragment)
      if (/^(?![/@~])[^{}]*\.(?:md|markdown)$/i.test(parts.path) && !isAbove(path)) {
        const missing = lookup.missing(path)
        if (!ctx.ignoresCase || missing.to !== 'missing' || missing.why !== 'case') return missing
      }
      return {to: 'unknown', doubt: doubt('unknown-generator', platform)}
    },
    anchorsOf: () => unknownAnchors(doubt('unknown-generator', platform)),
  }
  return {platform, root, why, assumed: true, syntax: {}, publish: () => answers}
}
