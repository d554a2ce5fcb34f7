import type {Page} from '../../../page/types.ts'
import {doubt} from '../../doubts.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Anchors} from '../../types.ts'
import type {MystConfig} from './config.ts'

/** A Sphinx site, as needed to resolve links and anchors. */
export interface MystContext extends SiteContext, PageSource {
  config: MystConfig
  /** The site's folder with a trailing slash; empty for the root. */
  prefix: string
  /** Is a file a page of the site? */
  isPublished(path: string): boolean
  /** May the site have a target with this name? */
  hasTarget(name: string): boolean
  /** The anchors of a page. */
  anchorsOf(page: Page): Anchors
}

/** The reason given for files that are not pages of the site themselves. */
export const MAY_BE_INCLUDED = doubt('included-elsewhere')
