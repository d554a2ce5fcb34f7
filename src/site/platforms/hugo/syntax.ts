import type {ShortcodeUrl} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'

/** The terms of a definition, which may have ids: the lines of the paragraph above it. */
const TERMS = /^(?: {0,3}[^\s:{#>].*\r?\n){1,5}(?:[ \t\r]*\n)? {0,3}:[ \t]+\S/gm

/** Text that is a heading if it belongs to a list item: Hugo takes the shortcodes out that may seem to end that. */
const INDENTED_HEADING = /^(?: {4,}|[ ]*\t[ \t]*)#{1,6}[ \t]+\S.*/gm

/**
 * The syntax of Hugo: shortcodes, and goldmark, with ids generated from the source of headings.
 *
 * @param verbatimShortcodes The names of shortcodes whose content is not Markdown.
 * @param passthrough The delimiters of goldmark's passthrough extension.
 * @param shortcodeUrls Parameters of shortcodes that are URLs or files.
 */
export const hugoSyntax = (
  verbatimShortcodes: string[],
  passthrough: [open: string, close: string][],
  shortcodeUrls: ShortcodeUrl[] = [],
): Syntax => ({
  templating: 'shortcodes',
  verbatimShortcodes,
  passthrough,
  shortcodeUrls,
  opaque: [patternOf(TERMS), patternOf(INDENTED_HEADING)],
  opaqueOutsideCode: true,
  headingSource: true,
  asciiAutolinks: true,
  frontMatterEnd: 'marker',
})
