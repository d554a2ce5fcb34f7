import {encodePath} from '../../../text/urls.ts'
import {isWikiPage} from '../../shared/wikis/pages.ts'
import {type GithubWiki, pageName} from './wiki.ts'

/** The part of a link before the name of a page. */
const START = /^(?:\.\/|(?:\.\.\/)?wiki\/|\/[^/]+\/[^/]+\/wiki\/)?/

/**
 * Write a link to a page by its name, which never has an extension: with one, GitHub shows the text of the file.
 *
 * @returns undefined for a file, and for a page that is named by its path in the repository
 */
export function writeOnGithubWiki({ctx}: GithubWiki, to: string, like: string): string | undefined {
  if (!isWikiPage(to) || (!ctx.isRepository && isWikiPage(like))) return
  return START.exec(like)![0] + encodePath(pageName(to))
}
