import type {Page} from '../../../page/types.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import type {Anchors} from '../../types.ts'
import type {MystConfig} from './config.ts'

/** A Sphinx site whose links and anchors are resolved. */
export interface MystContext extends SiteContext, PageSource {
  config: MystConfig
  /** The site's folder with a slash, or nothing for the root. */
  prefix: string
  /** Whether a file is a page of the site. */
  isPublished(path: string): boolean
  /** Whether there may be a target of some name on the site. */
  hasTarget(name: string): boolean
  /** The anchors of a page. */
  anchorsOf(page: Page): Anchors
}

/** The reason of files that are not pages of the site themselves. */
export const MAY_BE_INCLUDED = 'the file is not a page, but other pages may include it'
