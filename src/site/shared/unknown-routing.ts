import {folderOf, isAbove, joinPath} from '../../text/paths.ts'
import {unknownAnchors} from '../guarded.ts'
import type {PageSource, Site} from '../types.ts'
import {type Lookup, splitUrl} from './lookup.ts'
import {fileAt} from './repository.ts'

/**
 * A site of a platform whose routing doccheck does not know: only a relative link to a Markdown file, which every
 * platform resolves by folder, is ever missing; anchors are open.
 */
export function unknownRouting(
  world: PageSource,
  lookup: Lookup,
  platform: string,
  root: string,
  why: string,
): Site {
  return {
    platform,
    root,
    why,
    assumed: true,
    syntax: {},
    urlsOf: () => [],
    resolve: ({url}, from) => {
      const parts = splitUrl(url)
      if ('to' in parts) return parts
      if (parts.raw === '') return fileAt(world, from, parts.fragment)
      const path = joinPath(folderOf(from), parts.path)
      if (!parts.path.startsWith('/') && lookup.isFile(path)) return fileAt(world, path, parts.fragment)
      if (/^(?![/@~])[^{}]*\.(?:md|markdown)$/i.test(parts.path) && !isAbove(path)) {
        const missing = lookup.missing(path)
        // Microsoft Learn does not tell letter case apart.
        if (platform !== 'docfx' || missing.to !== 'missing' || missing.why !== 'case') return missing
      }
      return {to: 'unknown', why: `the routing of ${platform} is not known`}
    },
    anchorsOf: () => unknownAnchors(`the ids of ${platform} are not known`),
  }
}
