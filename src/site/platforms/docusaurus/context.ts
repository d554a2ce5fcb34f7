import {folderPrefix} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Resolution} from '../../types.ts'
import type {DocusaurusRoutes} from './routes.ts'
import type {SiteFiles} from './site-files.ts'

/** A Docusaurus site, as needed to resolve links and anchors. */
export interface DocusaurusContext extends SiteContext, PageSource, SiteFiles {
  routes: DocusaurusRoutes
}

/** The prefix of paths relative to the site's folder. */
const SITE_ALIAS = '@site/'

/** Resolve a path written with `@site/`: `@site/docs/a.md` → `website/docs/a.md`. */
export const pathOfAlias = (path: string): string | undefined =>
  path.startsWith(SITE_ALIAS) ? path.slice(SITE_ALIAS.length) : undefined

/** Write a path of the tree with `@site/`: `website/docs/a.md` → `@site/docs/a.md`. */
export function aliasOf({marker}: DocusaurusContext, path: string): string | undefined {
  const prefix = folderPrefix(marker.root)
  return path.startsWith(prefix) ? SITE_ALIAS + encodePath(path.slice(prefix.length)) : undefined
}

/** Report a missing file, unless the build may create it. */
export const missingFile = ({ignoredByGit, lookup}: DocusaurusContext, path: string): Resolution =>
  ignoredByGit.has(path) ? {to: 'unknown', doubt: doubt('git-ignored')} : lookup.missing(path)

/** Report a missing page; only other pages are suggested. */
export function missingPage(context: DocusaurusContext, path: string): Resolution {
  const missing = missingFile(context, path)
  return missing.to === 'missing' && missing.suggestion !== undefined && !context.isPage(missing.suggestion)
    ? {to: 'missing', path, why: 'file'}
    : missing
}
