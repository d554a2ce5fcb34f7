import {folderOf, folderPrefix, isAbove, joinPath} from '../../text/paths.ts'
import type {PageSource, Resolution} from '../types.ts'
import {type Lookup, splitUrl, withLikelyReading} from './lookup.ts'

/** A file of the tree as a target: a page if doccheck reads it, else a file. */
export function fileAt(world: PageSource, path: string, fragment: string | undefined): Resolution {
  const to = world.isPage(path) ? 'page' : 'file'
  return fragment === undefined ? {to, path} : {to, path, fragment}
}

/** Where a link leads on a host that shows files by their paths in the repository, as GitHub and GitLab do. */
export function resolveInRepository(
  world: PageSource,
  lookup: Lookup,
  url: string,
  from: string,
): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {raw, path, fragment} = parts
  if (raw === '') return fileAt(world, from, fragment)
  const joined = raw.startsWith('/') ? joinPath('', path) : joinPath(folderOf(from), path)
  if (isAbove(joined)) return withLikelyReading(lookup, above(lookup, joined, from), path, from)
  if (lookup.isFile(joined)) {
    // A file's URL does not end in a slash; the browser would look below it.
    if (path.endsWith('/'))
      return {to: 'missing', path: `${joined}/`, why: 'file', suggestion: joined, evidence: 'spelling'}
    return fileAt(world, joined, fragment)
  }
  if (lookup.isFolder(joined)) return folderAt(world, lookup, joined, fragment)
  return withLikelyReading(lookup, lookup.missing(joined), path, from)
}

/** GitHub shows a folder's listing with its README below. */
function folderAt(
  world: PageSource,
  lookup: Lookup,
  folder: string,
  fragment: string | undefined,
): Resolution {
  if (fragment) {
    const prefix = folderPrefix(folder)
    for (const name of ['README.md', 'readme.md', 'Readme.md', 'README.markdown'])
      if (lookup.isFile(prefix + name)) return fileAt(world, prefix + name, fragment)
  }
  return fragment === undefined ? {to: 'file', path: folder} : {to: 'file', path: folder, fragment}
}

/**
 * Above the root a path still means something on github.com: a page is shown at `/owner/repo/blob/branch/…`, so
 * `../../issues` is the repository's issues, and three levels up is another repository.
 */
function above(lookup: Lookup, joined: string, from: string): Resolution {
  if (lookup.tree.beyond(joined) === 'unknown')
    return {to: 'unknown', why: 'outside the folder that is checked'}
  const segments = joined.split('/')
  const levels = segments.filter((segment) => segment === '..').length
  const rest = segments.slice(levels)
  if (levels === 2 && PARTS_OF_A_REPOSITORY.has(rest[0] ?? ''))
    return {to: 'outside', why: 'a part of the repository on GitHub'}
  // One level up comes the branch: `../main/x.md`.
  if (levels === 1 && rest.length > 1)
    return {to: 'unknown', why: 'may be a file of another branch on GitHub'}
  if (levels > 2 || rest.length === 0) return {to: 'outside', why: `leads above the repository of ${from}`}
  return {to: 'missing', path: joined, why: 'leaves'}
}

/** What follows `/owner/repository/` on GitHub and is no file of the tree. */
const PARTS_OF_A_REPOSITORY = new Set(
  (
    'actions activity archive blame blob branches codespaces commit commits compare community contributors ' +
    'dependabot deployments discussions edit environments fork forks graphs issues labels milestone milestones ' +
    'network new packages people projects pull pulls pulse raw releases search security settings stargazers ' +
    'subscription suites tags tree watchers wiki'
  ).split(' '),
)
