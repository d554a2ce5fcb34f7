import type {Doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {UrlParts} from '../../shared/local-url.ts'
import type {UrlPatterns} from '../../shared/url-patterns.ts'
import type {Components} from '../../shared/vue/components.ts'
import type {VuepressConfig} from './config.ts'
import type {Routes} from './routes.ts'

/** A VuePress site, as needed to resolve links. */
export interface VuepressContext extends SiteContext, PageSource {
  config: VuepressConfig
  routes: Routes
  components: Components
  /** The reasons why pages may have other ids. */
  otherIds: readonly Doubt[]
  /** The folders in which VuePress may be run, the most likely one first. */
  runFrom: ReadonlySet<string>
  /** URLs of lists that plugins generate. */
  lists: UrlPatterns
}

/** A link with the URL path that it leads to. */
export interface Target extends UrlParts {
  /** From the root of the site, without its base; with a trailing slash if the link has one. */
  url: string
  /** It names a source file, so that VuePress looks that up. */
  isSource: boolean
}
