import {folderOf, pathBelow, relativePath} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import {isWikiPage, withoutPageExtension} from '../../shared/wikis/pages.ts'
import type {AzureWiki} from './links.ts'

/**
 * Write a link to a page by its path in the wiki, or to a file from the root of the wiki; percent-encoded characters in names
 * of files stay as they are, since Azure DevOps compares them so.
 *
 * @returns undefined for a file beside the page
 */
export function writeOnAzureWiki(
  {root}: AzureWiki,
  to: string,
  like: string,
  from: string,
): string | undefined {
  const place = pathBelow(to, root)
  const isFromRoot = like.startsWith('/')
  if (place === undefined || !(isFromRoot || isWikiPage(to))) return
  const target = isWikiPage(like) ? to : withoutPageExtension(to)
  const path = isFromRoot ? `/${pathBelow(target, root)!}` : relativePath(folderOf(from), target)
  const written = encodePath(path).replaceAll('%25', '%')
  return like.startsWith('./') && !written.startsWith('.') ? `./${written}` : written
}
