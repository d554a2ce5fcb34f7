import {folderOf, pathBelow, relativePath} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import {isWikiPage} from '../../shared/wikis/pages.ts'
import {type GitlabWiki, slugOf} from './wiki.ts'

/**
 * Write a link to a page by its slug: from the root of the wiki, or from the page if the other link begins with a dot.
 *
 * @returns undefined for a file, and for a page that is named by its file
 */
export function writeOnGitlabWiki(
  {root}: GitlabWiki,
  to: string,
  like: string,
  from: string,
): string | undefined {
  if (!isWikiPage(to) || isWikiPage(like)) return
  const slug = slugOf(to, root)
  if (!like.startsWith('.')) return encodePath(like.startsWith('/') ? `/${slug}` : slug)
  const path = relativePath(folderOf(pathBelow(from, root) ?? ''), slug)
  return encodePath(path.startsWith('.') ? path : `./${path}`)
}
