import {ownValue} from '../../shared/data.ts'
import {noIds, type WrittenIds} from '../../shared/written-ids.ts'

/** Is a theme or module Docsy, which many sites take from outside of their tree? */
export const isDocsy = (theme: string): boolean => /(?:^|\/)docsy(?:\/|$)/.test(theme)

/** The files that Docsy and its dependencies publish; it has no pages. */
export const isFileOfDocsy = (path: string): boolean =>
  /^\/?(?:(?:css|favicons|js|scss|webfonts)\/|favicon)/.test(path)

/** Shortcodes that add no ids to their content. */
const WITHOUT_IDS =
  /^(?:alert|blocks\/feature|card|card-code|cardpane|comment|conditional-text|imgproc|pageinfo)$/
/** The start of the ids that other shortcodes add. */
const STARTS: Readonly<Record<string, string>> = {
  'blocks/cover': 'td-cover-block-',
  'blocks/lead': 'td-block-',
  'blocks/section': 'td-block-',
  tab: 'tabs-',
  tabpane: 'tabs-',
}

/** The ids that a shortcode of Docsy adds: https://www.docsy.dev/docs/content/shortcodes/; undefined if these are not known. */
export function idsOfDocsy(shortcode: string): WrittenIds | undefined {
  if (WITHOUT_IDS.test(shortcode)) return noIds()
  const start = ownValue(STARTS, shortcode)
  return start === undefined ? undefined : {...noIds(), patterns: [{start, end: ''}]}
}
