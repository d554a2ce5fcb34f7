import type {Page} from '../../page/types.ts'
import {folderOf, isBelow} from '../../text/paths.ts'
import {record} from '../shared/data.ts'
import {commonFolder} from './relative-content.ts'
import {LAYOUTS} from './thresholds.ts'

/** Keys of front matter that only a program reads which makes pages of a site. */
const KEYS = ['layout', 'permalink', 'nav_order', 'sidebar_position', 'weight']

/**
 * The folder of the pages whose front matter tells a program how to publish them; undefined if hardly a page has any, or
 * most pages below that folder have none.
 */
export function folderWithLayouts(pages: readonly Page[]): string | undefined {
  const own = pages.filter(({frontMatter}) => KEYS.some((key) => key in record(frontMatter?.data)))
  if (own.length < LAYOUTS.fewest) return
  const folder = commonFolder(own.map(({path}) => folderOf(path)))
  const all = pages.filter(({path}) => isBelow(path, folder)).length
  return own.length >= all * LAYOUTS.share ? folder : undefined
}
