import {isMarkdownFile} from '../text/markdown-files.ts'
import {isBelow} from '../text/paths.ts'
import type {Homes} from './homes.ts'
import type {Lookup} from './shared/lookup.ts'
import type {TreeRules} from './tree-rules.ts'
import type {Site} from './types.ts'

/** The site whose folder a page is in that it does not publish. */
export const siteAround = (path: string, sites: readonly Site[]): Site | undefined =>
  sites.find(({root, owns}) => owns && isBelow(path, root))

/** The sites of a tree, as needed to resolve links. */
export interface ResolverContext {
  /** The detected sites, without the host. */
  sites: readonly Site[]
  /** Where these are published. */
  homes: Homes
  /** The site of a file. */
  of(path: string): Site
  /** The files of a site by the URL paths at which they are published. */
  publishedBy(site: Site): ReadonlyMap<string, readonly string[]>
  /** The pages of sites that include a file of the host. */
  includersOf(path: string): readonly string[]
  /** Does the tree have a file or folder at a path? */
  isInTree(path: string): boolean
  lookup: Lookup
  /** Absent if they were not read. */
  rules: TreeRules | undefined
}

/** A file that a site publishes, if possible a page, to resolve absolute paths from; undefined if it publishes none. */
export function firstFileOf(site: Site, {publishedBy}: ResolverContext): string | undefined {
  let first: string | undefined
  for (const [file] of publishedBy(site).values()) {
    if (file !== undefined && isMarkdownFile(file)) return file
    first ??= file
  }
  return first
}
