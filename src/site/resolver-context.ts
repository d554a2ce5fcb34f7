import type {Redirects} from './redirects.ts'
import type {Site} from './types.ts'

/** The sites of a tree, which links are resolved with. */
export interface ResolverContext {
  /** Those that were found, without the host's. */
  sites: readonly Site[]
  /** The site of a file. */
  of(path: string): Site
  /** The files of a site by the URL paths at which they are published. */
  publishedBy(site: Site): ReadonlyMap<string, readonly string[]>
  /** Absent where no table of redirects was looked for. */
  redirects: Redirects | undefined
}
