import type {Page} from '../../../page/types.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Aliases} from '../../shared/aliases.ts'
import type {ComponentFiles} from '../../shared/component-files.ts'
import type {Changes} from './changes.ts'
import type {CollectionRoute} from './collections.ts'
import type {AstroConfig} from './config.ts'
import type {Routes} from './routes.ts'

/** The parts of a site that are read before its pages. */
export interface SiteFiles {
  config: AstroConfig
  /** What the configuration's code, its packages and other files may add or change. */
  changes: Changes
  aliases: Aliases
  components: ComponentFiles
  /** The pages with parameters that show entries of collections. */
  collections: readonly CollectionRoute[]
}

/** An Astro site, as needed to resolve links and anchors. */
export interface StarlightContext extends SiteContext, PageSource, SiteFiles {
  /** The routes of the site, which depend on the front matter of pages. */
  routes(): Routes
  /** The tags of a page's components that may change links. */
  rewritingTags(page: Page): ReadonlySet<string>
}
