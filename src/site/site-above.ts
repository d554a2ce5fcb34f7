import {folderOf, isAbove, isBelow, joinPath, pathBelow} from '../text/paths.ts'
import {hashOf, withoutHash} from '../text/urls.ts'
import {doubt} from './doubts.ts'
import {missingIn} from './missing-in.ts'
import {answerAt} from './own-urls.ts'
import {firstFileOf, type ResolverContext} from './resolver-context.ts'
import type {Resolution, Site, SiteLink} from './types.ts'

/**
 * Resolve a relative link that leaves its site on the one whose folder is around it, as if both were published as their
 * folders are: in the book `2018-edition`, `../install.html` leads to the book around it. Other such links test that.
 */
export function resolveAbove(
  found: Resolution,
  {url, kind}: SiteLink,
  from: string,
  site: Site,
  context: ResolverContext,
): Resolution {
  const isLeaving = found.to === 'unknown' && !found.otherwise && found.doubt.reason === 'other-site'
  if (!isLeaving || !/^\.\.\//.test(url) || kind === 'include' || kind === 'module') return found
  const above = context.sites.find(({root}) => root !== site.root && isBelow(site.root, root))
  const page = above && firstFileOf(above, context)
  const [own] = site.urlsOf(from)
  if (!above || page === undefined || own === undefined) return found
  const folder = joinPath(pathBelow(site.root, above.root)!, folderOf(own.slice(1)))
  const path = joinPath(folder, withoutHash(url))
  if (isAbove(path)) return found
  const {answer} = answerAt(`/${path}${hashOf(url)}`, page, above)
  if (answer.to === 'page') return {...answer, published: 'likely'}
  if (answer.to === 'file') return answer
  const missing = missingIn(answer)
  if (!missing) return found
  // Written as a link of this site, it would be the path of a file in the other one.
  const {suggestion: _, evidence: __, ...bare} = missing
  return {to: 'unknown', doubt: doubt('site-above'), otherwise: bare}
}
