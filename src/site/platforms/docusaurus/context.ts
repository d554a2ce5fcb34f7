import {folderPrefix} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Resolution} from '../../types.ts'
import type {DocusaurusRoutes} from './routes.ts'
import type {SiteFiles} from './site-files.ts'

/** A Docusaurus site whose links and anchors are resolved. */
export interface DocusaurusContext extends SiteContext, PageSource, SiteFiles {
  routes: DocusaurusRoutes
}

/** The prefix of paths from the site's folder. */
const SITE_ALIAS = '@site/'

/** A path in the tree that is written with `@site/`: `@site/docs/a.md` becomes `website/docs/a.md`. */
export const pathOfAlias = (path: string): string | undefined =>
  path.startsWith(SITE_ALIAS) ? path.slice(SITE_ALIAS.length) : undefined

/** A path in the tree written with `@site/`: `website/docs/a.md` becomes `@site/docs/a.md`. */
export function aliasOf({marker}: DocusaurusContext, path: string): string | undefined {
  const prefix = folderPrefix(marker.root)
  return path.startsWith(prefix) ? SITE_ALIAS + encodePath(path.slice(prefix.length)) : undefined
}

/** Report a missing file, unless the build may put it there. */
export const missingFile = ({ignoredByGit, lookup}: DocusaurusContext, path: string): Resolution =>
  ignoredByGit.has(path)
    ? {to: 'unknown', why: 'git ignores this path, so the build may create it'}
    : lookup.missing(path)

/** Report a missing page; only another page is a suggestion. */
export function missingPage(context: DocusaurusContext, path: string): Resolution {
  const missing = missingFile(context, path)
  return missing.to === 'missing' && missing.suggestion !== undefined && !context.isPage(missing.suggestion)
    ? {to: 'missing', path, why: 'file'}
    : missing
}
