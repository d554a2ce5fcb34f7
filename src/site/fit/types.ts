import type {Page} from '../../page/types.ts'
import type {FileContext} from '../described/links.ts'
import type {DescribedRoutes, Description} from '../description.ts'
import type {IdTally} from './ids.ts'
import type {Section} from './tally.ts'

/** The tree, and the site or part of it whose generator is not known. */
export interface FitInput extends FileContext {
  /** The folder of the site, from the tree's root. */
  root: string
  /** The pages of the site; for a whole tree, those that no other site publishes. */
  pages: Iterable<Page>
  /** A generator was detected, so that the pages are not only read on the repository's host. */
  generator?: boolean
}

/** Folders with their URLs, and how names become URLs. */
export interface Content {
  /** URLs by folder, from the tree's root. */
  folders: Map<string, string>
  routes: DescribedRoutes
  /** The targets found in the first folder. */
  found: number
  /** The best folder that contradicts it, which is neither nested with it nor a translation of it. */
  runnerUp?: {folder: string; found: number}
}

/** The evidence for a fitted description. */
export interface FitEvidence {
  /** Distinct targets that are found by the description. */
  found: number
  /** Distinct targets with nothing there. */
  left: number
  /** The same by the first segment of URLs, most targets left first. */
  sections: readonly Section[]
  /** The best folder of pages that contradicts the description, with the targets found there. */
  runnerUp?: {folder: string; found: number}
  /** The rules for ids, with the fragments that each explains. */
  ids: IdTally
}

/** The result of fitting a description to the links of a tree. */
export type Fit =
  /**
   * No generator in the tree publishes them: they are read on the host of the repository, `elsewhere` also on a site to
   * whose URLs they link.
   */
  | {kind: 'repository'; elsewhere?: true}
  /** A description explains the links. */
  | {kind: 'fitted'; description: Description; evidence: FitEvidence}
  /** A generator publishes the pages in a folder, and no description explains their links. */
  | {kind: 'none'; root: string; why: string}
