import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Attribute lists that set an id as in HTML, and headings right behind Liquid, or where Liquid strips white space. */
const OPAQUE =
  /\{:[^{}\n]*\bid=.*|(?<=^[ \t]{0,99}\{[%{][^\n]{0,999}[%}]\}[ \t]{0,99}|-[%}]\}\s{0,99}[ \t]{2,9})#{1,6}.*/gm

/**
 * How pages of a Jekyll site are written: Liquid and kramdown.
 *
 * @param gfm Whether kramdown reads them with its GFM parser, which is Jekyll's default.
 */
export const jekyllSyntax = (gfm: boolean, markdownInHtml: boolean): Syntax => ({
  templating: 'liquid',
  dialect: gfm ? 'kramdown-gfm' : 'kramdown',
  opaque: [patternOf(OPAQUE)],
  ...(markdownInHtml && {markdownInHtml}),
})
