import {folderPrefix} from '../../../text/paths.ts'
import {encodePath} from '../../../text/urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {doubted} from '../../shared/doubted.ts'
import type {Resolution} from '../../types.ts'
import type {DocusaurusRoutes} from './routes.ts'
import type {Filled} from './scopes.ts'
import type {SiteFiles} from './site-files.ts'
import type {SourceFile} from './sources.ts'

/** A Docusaurus site, as needed to resolve links and anchors. */
export interface DocusaurusContext extends SiteContext, PageSource, SiteFiles {
  routes: DocusaurusRoutes
  /** Where sources are, which other pages are not likely to be among. */
  filled: Filled
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
export function missingFile({ignoredByGit, lookup}: DocusaurusContext, path: string): Resolution {
  const missing = lookup.missing(path)
  return ignoredByGit.has(path) ? doubted(missing, doubt('git-ignored')) : missing
}

/** The reason why a plugin may change links of a page. */
export const whyChanged = ({config}: DocusaurusContext, {content}: SourceFile): Doubt | undefined =>
  config.otherLinks ?? content.otherUrls

/**
 * Report what is missing on a page whose links a plugin may change. It rather changes those that lead out of the folders
 * of pages; whether it changes such a link, no other link shows.
 */
export function unlessChanged(
  missing: Resolution,
  why: Doubt | undefined,
  isAmongPages: boolean,
): Resolution {
  if (why === undefined || isAmongPages) return unlessDoubted(missing, why)
  return missing.to === 'missing' || missing.to === 'unknown' ? {to: 'unknown', doubt: why} : missing
}

/** Report what is missing, with the reason to doubt it, if there is one. */
export const unlessDoubted = (missing: Resolution, why: Doubt | undefined): Resolution =>
  why === undefined ? missing : doubted(missing, why)

/** Report a missing page; only other pages are suggested. */
export function missingPage(context: DocusaurusContext, path: string): Resolution {
  const missing = missingFile(context, path)
  return missing.to === 'missing' && missing.suggestion !== undefined && !context.isPage(missing.suggestion)
    ? {to: 'missing', path, why: 'file'}
    : missing
}
