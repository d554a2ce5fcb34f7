import {patternOf} from '../../../page/pattern.ts'
import type {FrontMatterUrl, Syntax} from '../../../page/types.ts'
import {INCLUDES} from './includes.ts'

/** Attribute lists with `id=`, and headings that directly follow Liquid code or appear when it strips whitespace. */
const OPAQUE =
  /\{:[^{}\n]*\bid=.*|(?<=^[ \t]{0,99}\{[%{][^\n]{0,999}[%}]\}[ \t]{0,99}|-[%}]\}\s{0,99}[ \t]{2,9})#{1,6}.*/gm

const REDIRECTS: readonly FrontMatterUrl[] = [
  {pointer: '/redirect_to', as: 'link'},
  {pointer: '/redirect_to/*', as: 'link'},
]

/**
 * The syntax of Jekyll: Liquid and kramdown.
 *
 * @param gfm kramdown uses its GFM parser, which is Jekyll's default.
 * @param redirectsPages The plugin jekyll-redirect-from reads `redirect_to` in front matter.
 */
export const jekyllSyntax = (gfm: boolean, markdownInHtml: boolean, redirectsPages = false): Syntax => ({
  templating: 'liquid',
  spacesInUrls: true,
  dialect: gfm ? 'kramdown-gfm' : 'kramdown',
  opaque: [patternOf(OPAQUE)],
  includes: INCLUDES,
  ...(markdownInHtml && {markdownInHtml}),
  ...(redirectsPages && {frontMatterUrls: REDIRECTS}),
})
