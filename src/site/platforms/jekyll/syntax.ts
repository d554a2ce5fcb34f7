import {patternOf} from '../../../page/pattern.ts'
import type {FrontMatterUrl, Syntax} from '../../../page/syntax.ts'
import type {JekyllConfig} from './config.ts'
import {INCLUDES} from './includes.ts'

/**
 * Attribute lists with `id=`, Markdown that Liquid renders, and headings that directly follow Liquid code or appear when it
 * strips whitespace.
 */
const OPAQUE =
  /\{\{[^{}\n]{0,999}\|[ \t]{0,9}markdownify\b[^{}\n]{0,999}\}\}|\{:[^{}\n]*\bid=.*|(?<=^[ \t]{0,99}\{[%{][^\n]{0,999}[%}]\}[ \t]{0,99}|-[%}]\}\s{0,99}[ \t]{2,9})#{1,6}.*/gm

const REDIRECTS: readonly FrontMatterUrl[] = [
  {pointer: '/redirect_to', as: 'link'},
  {pointer: '/redirect_to/*', as: 'link'},
]

/** The image that jekyll-seo-tag names for sites which show links to the page. */
const IMAGES: readonly FrontMatterUrl[] = [
  {pointer: '/image', as: 'image'},
  {pointer: '/image/path', as: 'image'},
]

/**
 * The syntax of Jekyll: Liquid and kramdown.
 *
 * @param gfm kramdown uses its GFM parser, which is Jekyll's default.
 */
export const jekyllSyntax = (
  gfm: boolean,
  markdownInHtml: boolean,
  {redirectsPages, showsImages}: Partial<Pick<JekyllConfig, 'redirectsPages' | 'showsImages'>> = {},
): Syntax => ({
  templating: 'liquid',
  spacesInUrls: true,
  dialect: gfm ? 'kramdown-gfm' : 'kramdown',
  opaque: [patternOf(OPAQUE)],
  includes: INCLUDES,
  ...(markdownInHtml && {markdownInHtml}),
  frontMatterUrls: [...(redirectsPages ? REDIRECTS : []), ...(showsImages ? IMAGES : [])],
})
