import type {Syntax} from '../page/syntax.ts'
import type {Page} from '../page/types.ts'
import type {Tree} from '../tree/tree.ts'
import type {Description, SiteData} from './description.ts'
import type {Lookup} from './shared/lookup.ts'
import type {SiteAnswers, SiteFacts} from './types.ts'

/** A docs platform: how its sites are detected and described. */
export interface Platform {
  /** The name used in configurations and reports. */
  readonly name: string
  /** What `docs/sites.md` says about it; absent for platforms that plugins define. */
  readonly docs?: PlatformDocs
  /** Base names of the files that may identify it, or `*.yml`; the index of a tree contains these only. */
  readonly candidates: readonly string[]
  /**
   * Find its sites. Called only if there is a candidate. May read files, but must stay cheap in a tree of 100,000.
   *
   * @param files The candidates in the tree, outside `node_modules`, in tree order.
   */
  detect(files: readonly string[], tree: Tree): readonly Detection[] | Promise<readonly Detection[]>
  /**
   * In a folder, any other platform whose rules are known takes precedence; with `always`, any other platform does, as
   * one that publishes the notes of a vault.
   */
  readonly yields?: true | 'always'
  /** Links resolve regardless of letter case. */
  readonly ignoresCase?: true
  /** A plugin defines it. */
  readonly isPlugin?: true
  /** Read a site's configuration, by rules that are the platform's own. */
  describe?(ctx: SiteContext): Promise<SiteDescription>
  /**
   * What is known of a site as data, if the platform has no rules of its own; the configuration of doccheck may correct
   * it. Without folders of pages, the rest of the description is fitted to the links of the site.
   */
  data?(ctx: SiteContext): SiteData | Promise<SiteData>
  /** The syntax of pages, beside {@link data}. */
  readonly syntax?: Syntax
  /** The files of code that see all pages of a site although no configuration names them, such as templates. */
  readonly pageCode?: RegExp
}

/** A row of the tables in `docs/sites.md`, in Markdown. */
export interface PlatformDocs {
  /** The names that its users know it by. */
  title: string
  /** The files that identify a site. */
  detectedBy: string
  /** The features whose rules doccheck follows; absent if sites of the platform are fitted to their links. */
  knows?: string
}

/** A platform that shows the files of a repository directly, as GitHub and GitLab do. */
export interface Host extends Platform {
  describe(ctx: HostContext): Promise<SiteDescription>
}

/** A detected site. */
export interface Detection {
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  /** The file that identifies the platform. */
  file: string
  /** Further evidence, such as `content/`: it takes precedence over other platforms in the folder. */
  beside?: string
}

/** The place where a platform was detected or requested. */
export interface Marker {
  platform: string
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  why: string
  /** The file that identified the platform, if it was detected. */
  file?: string
  /** The description in the configuration. */
  declared?: Description
}

/** The tree, with callbacks for problems in it. */
export interface TreeContext {
  tree: Tree
  /** Does doccheck read the file as Markdown? */
  isPage(path: string): boolean
  /** Called with an unexpected error about a file, so that the run goes on; without it, the error is thrown. */
  fail?(path: string, doing: string, error: unknown): void
  /** Called with a configuration that cannot be read, and the reason. */
  warn?(file: string, why: string): void
}

/** The input for describing a host. */
export interface HostContext extends TreeContext {
  lookup: Lookup
  marker: Marker
}

/** The input for describing a site, before any page is read. */
export interface SiteContext extends HostContext {
  /** The host that shows the files of the tree. */
  host: SiteDescription
  /** {@link Platform.ignoresCase} of the site's platform. */
  ignoresCase?: true | undefined
}

/** The pages that have been read. */
export interface PageSource {
  /** The facts of a page; undefined for one that could not be read, or was not needed. */
  page(path: string): Page | undefined
}

/** A site before its pages are read. */
export interface SiteDescription extends SiteFacts {
  /** Further sites that are built from the same configuration. */
  translations?: readonly SiteDescription[]
  /** Adds what plugins of the site do, also to the site that is fitted to its links. */
  withPlugins?(site: SiteDescription): SiteDescription
  /** Do the pages that have been read leave unknown where any of them is published? A description is then fitted. */
  isUnknownWith?(pages: PageSource): boolean
  /** Derive what depends on pages. More pages may be read later, but none that determine where pages are published. */
  publish(pages: PageSource): SiteAnswers
}
