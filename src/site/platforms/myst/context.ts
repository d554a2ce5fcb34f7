import type {Page} from '../../../page/types.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Anchors} from '../../types.ts'
import type {MystConfig} from './config.ts'
import type {Redirected} from './redirects.ts'
import type {TargetIndex} from './targets.ts'

/** A Sphinx site, as needed to resolve links and anchors. */
export interface MystContext extends SiteContext, PageSource {
  config: MystConfig
  /** The site's folder with a trailing slash; empty for the root. */
  prefix: string
  /** Does Git ignore a path? */
  isIgnored(path: string): boolean
  redirected: Redirected
  /** Is a file a page of the site? */
  isPublished(path: string): boolean
  /** The targets of the site by their names. */
  targets: TargetIndex
  /**
   * The reason why a label that no page defines is likely missing, whatever other projects and programs define.
   *
   * @param mayBeObject May it be an object of a program?
   */
  whyLabelIsMissing(name: string, mayBeObject: boolean): string | undefined
  /** The reason why pages that the build may write may define labels. */
  whyLabelsAreGenerated(): Doubt | undefined
  /** The anchors of a page. */
  anchorsOf(page: Page): Anchors
}

/** The reason given for files that are not pages of the site themselves. */
export const MAY_BE_INCLUDED = doubt('included-elsewhere')
