import type {Page} from '../page/types.ts'
import type {Tree} from '../tree/tree.ts'
import type {Lookup} from './shared/lookup.ts'
import type {SiteAnswers, SiteFacts} from './types.ts'

/** A docs platform: how its sites are recognised, and how one is described. */
export interface Platform {
  /** The name by which users and reports know it. */
  readonly name: string
  /** Names, without folders, of the files that may give it away; the index of a tree holds these and no others. */
  readonly candidates: readonly string[]
  /**
   * Find its sites. Asked only where a candidate is there; it may read files, but has to stay cheap in a tree of 100,000.
   *
   * @param files The candidates in the tree, outside `node_modules`, in its order.
   */
  detect(files: readonly string[], tree: Tree): readonly Detection[] | Promise<readonly Detection[]>
  /** Letter case in the paths of links does not count. */
  readonly ignoresCase?: true
  /** Read a site's configuration; without it, only what all platforms have in common is known of its sites. */
  describe?(ctx: SiteContext): Promise<SiteDescription>
}

/** A platform that shows the files of a repository themselves, as GitHub and GitLab do. */
export interface Host extends Platform {
  describe(ctx: HostContext): Promise<SiteDescription>
}

/** A site that a platform recognised. */
export interface Detection {
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  /** The file that gives it away. */
  file: string
  /** What else gives it away, such as `content/`: of several platforms in one folder, such a one prevails. */
  beside?: string
}

/** Where a platform was recognised, or asked for. */
export interface Marker {
  platform: string
  /** The site's folder, from the tree's root; empty for the root itself. */
  root: string
  why: string
  /** The file that was found. */
  file?: string
}

/** The tree, and whom to tell of what goes wrong with it. */
export interface TreeContext {
  tree: Tree
  /** Is the file one that doccheck reads as Markdown? */
  isPage(path: string): boolean
  /** Called with an unexpected error about a file, so that it does not end the run; without it, the error is thrown. */
  fail?(path: string, doing: string, error: unknown): void
  /** Called with a configuration that cannot be read, and why. */
  warn?(file: string, why: string): void
}

/** What a host is described from. */
export interface HostContext extends TreeContext {
  lookup: Lookup
  marker: Marker
}

/** What a site is described from, before any page is read. */
export interface SiteContext extends HostContext {
  /** The host that shows the files of the tree. */
  host: SiteDescription
  /** As {@link Platform.ignoresCase} says of the site's platform. */
  ignoresCase?: true | undefined
}

/** The pages that have been read. */
export interface PageSource {
  /** The facts of a page; nothing for one that could not be read, or was not needed. */
  page(path: string): Page | undefined
}

/** A site before its pages are read. */
export interface SiteDescription extends SiteFacts {
  /** Sites beside this one that are built with its configuration. */
  translations?: readonly SiteDescription[]
  /** Work out what depends on pages. More of them may be read later, but none of those that say where pages are published. */
  publish(pages: PageSource): SiteAnswers
}
