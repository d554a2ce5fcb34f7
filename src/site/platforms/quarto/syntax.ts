import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'
import {CELLS} from './cells.ts'
import {INCLUDES} from './includes.ts'

/** Pandoc's Markdown with the cells and shortcodes of Quarto. */
export const quartoSyntax: Syntax = {
  spacesInUrls: true,
  markdownInHtml: true,
  templating: 'shortcodes',
  opaque: [patternOf(CELLS)],
  includes: INCLUDES,
}
