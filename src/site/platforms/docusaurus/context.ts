import type {PageSource, SiteContext} from '../../platform.ts'
import type {FolderSet} from '../../shared/folders.ts'
import type {Lookup} from '../../shared/lookup.ts'
import type {Resolution} from '../../types.ts'
import type {DocusaurusConfig} from './config.ts'
import type {DocusaurusRoutes} from './routes.ts'
import type {SourceFiles} from './sources.ts'

/** The parts of a site that are read before its pages are. */
export interface SiteFiles {
  config: DocusaurusConfig
  sources: SourceFiles
  /** The routes of the category pages that sidebars name. */
  categoryRoutes: ReadonlySet<string>
  /** Paths that git ignores, where a build may put files. */
  ignoredByGit: FolderSet
  /** Ids that swizzled components of the theme may add to every page. */
  themeIds: ReadonlySet<string>
}

/** What links and anchors of a Docusaurus site are resolved with. */
export interface DocusaurusContext extends SiteFiles {
  world: SiteContext & PageSource
  lookup: Lookup
  /** The site's folder, from the tree's root. */
  root: string
  routes: DocusaurusRoutes
}

/** The prefix of paths from the site's folder. */
const SITE_ALIAS = '@site/'

/** A path in the tree that is written with `@site/`: `@site/docs/a.md` becomes `website/docs/a.md`. */
export const pathOfAlias = (path: string): string | undefined =>
  path.startsWith(SITE_ALIAS) ? path.slice(SITE_ALIAS.length) : undefined

/** Report a missing file, unless the build may put it there. */
export const missingFile = ({ignoredByGit, lookup}: DocusaurusContext, path: string): Resolution =>
  ignoredByGit.has(path)
    ? {to: 'unknown', why: 'git ignores this path, so the build may create it'}
    : lookup.missing(path)

/** Report a missing page; only another page is a suggestion. */
export function missingPage(context: DocusaurusContext, path: string): Resolution {
  const missing = missingFile(context, path)
  return missing.to === 'missing' &&
    missing.suggestion !== undefined &&
    !context.world.isPage(missing.suggestion)
    ? {to: 'missing', path, why: 'file'}
    : missing
}
