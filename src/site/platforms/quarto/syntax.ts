import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'
import {CELLS} from './cells.ts'
import {INCLUDES} from './includes.ts'
import {RAW_HTML} from './raw-html.ts'

/** Pandoc's Markdown with the cells and shortcodes of Quarto. */
export const quartoSyntax: Syntax = {
  spacesInUrls: true,
  dollarMath: true,
  markdownInHtml: true,
  templating: 'shortcodes',
  opaque: [patternOf(CELLS), patternOf(RAW_HTML)],
  includes: INCLUDES,
  // The picture of a page in listings, in `about` templates and on social media.
  frontMatterUrls: [{pointer: '/image', as: 'image'}],
}
