import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'
import {CELLS} from './cells.ts'
import {INCLUDES} from './includes.ts'
import {RAW_HTML} from './raw-html.ts'

/** HTML that front matter adds to pages: `include-in-header: {text: …}`, also in a list, and for the format `html`. */
const HTML = ['in-header', 'before-body', 'after-body'].flatMap((place) =>
  [`/include-${place}`, `/format/html/include-${place}`].flatMap((pointer) => [
    `${pointer}/text`,
    `${pointer}/*/text`,
  ]),
)

/** Pandoc's Markdown with the cells and shortcodes of Quarto. */
export const quartoSyntax: Syntax = {
  spacesInUrls: true,
  dollarMath: true,
  markdownInHtml: true,
  templating: 'shortcodes',
  opaque: [patternOf(CELLS), patternOf(RAW_HTML)],
  includes: INCLUDES,
  frontMatterUrls: [
    // The picture of a page in listings, in `about` templates and on social media.
    {pointer: '/image', as: 'image'},
    ...HTML.map((pointer) => ({pointer, as: 'html'}) as const),
  ],
}
