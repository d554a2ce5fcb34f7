import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Definitions, whose terms may have ids. */
const OPAQUE = /^ {0,3}:[ \t]+\S.*/gm

/**
 * The syntax of Hugo: shortcodes, and goldmark, with ids generated from the source of headings.
 *
 * @param verbatimShortcodes The names of shortcodes whose content is not Markdown.
 * @param passthrough The delimiters of goldmark's passthrough extension.
 */
export const hugoSyntax = (
  verbatimShortcodes: string[],
  passthrough: [open: string, close: string][],
): Syntax => ({
  templating: 'shortcodes',
  verbatimShortcodes,
  passthrough,
  opaque: [patternOf(OPAQUE)],
  headingSource: true,
  frontMatterEnd: 'marker',
})
