import {folderOf, folderPrefix, joinPath} from '../../text/paths.ts'
import type {HostContext} from '../platform.ts'
import type {Resolution} from '../types.ts'
import type {UrlParts} from './local-url.ts'
import {withLikelyReading} from './lookup.ts'

/** The resolution of a file of the tree: a page if doccheck reads it as one, else a file. */
export function fileAt(
  ctx: Pick<HostContext, 'isPage'>,
  path: string,
  fragment: string | undefined,
): Resolution {
  const to = ctx.isPage(path) ? 'page' : 'file'
  return fragment === undefined ? {to, path} : {to, path, fragment}
}

/** The path in the repository that a link on a host leads to: from its root, or from the folder of the page. */
export const placeInRepository = ({raw, path}: UrlParts, from: string): string =>
  joinPath(raw.startsWith('/') ? '' : folderOf(from), path)

/**
 * Resolve a link on a host that shows files by their paths in the repository, as GitHub and GitLab do.
 *
 * @param place The path, from {@link placeInRepository}; not above the root.
 */
export function resolveInRepository(
  ctx: HostContext,
  {path, fragment}: UrlParts,
  place: string,
  from: string,
): Resolution {
  const {lookup} = ctx
  if (lookup.isFile(place)) {
    // A file's URL has no trailing slash: the browser would request a path below it.
    if (path.endsWith('/'))
      return {to: 'missing', path: `${place}/`, why: 'file', suggestion: place, evidence: 'spelling'}
    return fileAt(ctx, place, fragment)
  }
  if (lookup.isFolder(place)) return folderAt(ctx, place, fragment)
  return withLikelyReading(lookup, lookup.missing(place), path, from)
}

/** Hosts show a folder as a list of its files, followed by its README. */
function folderAt(ctx: HostContext, folder: string, fragment: string | undefined): Resolution {
  if (fragment)
    for (const name of ['README.md', 'readme.md', 'Readme.md', 'README.markdown'])
      if (ctx.lookup.isFile(folderPrefix(folder) + name))
        return fileAt(ctx, folderPrefix(folder) + name, fragment)
  return fragment === undefined ? {to: 'file', path: folder} : {to: 'file', path: folder, fragment}
}
