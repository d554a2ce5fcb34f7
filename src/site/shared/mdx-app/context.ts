import type {Doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {Aliases} from '../aliases.ts'
import type {CodeRoutes} from '../next/code-routes.ts'
import type {RedirectDoubt} from '../next/middleware.ts'
import type {AppComponents} from './components.ts'
import type {PageTable} from './page-table.ts'

/** Pages of an application that have one folder, and one URL below which they are published. */
export interface Section {
  folder: string
  /** Without slashes at its ends; empty at the top of the site. */
  url: string
  /** The reason why it may have more pages than those of the folder. */
  mayHaveMore?: Doubt | undefined
}

/** What the code of an application says about its pages and links. */
export interface App {
  /** The site's folder with a trailing slash. */
  prefix: string
  /** The path of the site on its host, without slashes at its ends. */
  base: string
  sections: readonly Section[]
  /** The files of code that show pages of sections at routes with parameters. */
  shows(file: string): boolean
  /** Set if middleware redirects. */
  redirectDoubt?: RedirectDoubt | undefined
  /** Relative links to source files lead to their pages, whatever the URL of the page with the link is. */
  linksBySource?: boolean
  /** Links are written without `.md` and `.mdx`. */
  dropsExtension?: boolean
  /** URLs of pages end in a slash. */
  hasTrailingSlash?: boolean
  /** Set if plugins of Markdown may change where links lead. */
  otherLinks?: Doubt | undefined
  /** Set if the ids of headings are configured, or plugins may change them. */
  idSetting?: Doubt | undefined
  /** The code of the application has other routes than those of Next.js, which are not known. */
  hasUnknownRoutes?: boolean
}

/** An application whose pages have been read. */
export interface AppContext extends SiteContext, PageSource {
  app: App
  table: PageTable
  code: CodeRoutes
  components: AppComponents
  aliases: Aliases
  /** Find a file that a page includes, where pages can. */
  include?(context: AppContext, link: SiteLink, from: string): Resolution
}
