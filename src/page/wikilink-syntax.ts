import {type Pattern, patternOf} from './pattern.ts'

/** The form of links in double brackets, `[[page]]` or `[[page|text]]`: plain JSON, as a part of {@link Syntax}. */
export interface WikilinkSyntax {
  /** The text comes before the page, `[[text|page]]`, unless the first part names an image, as in `[[a.png|alt=text]]`. */
  textFirst?: true
  /** The character between page and text, if it is not `|`. */
  divider?: string
  /** `![[page]]` shows what it leads to; otherwise it is an exclamation mark before a link. */
  embeds?: true
  /** A pattern that all text between the brackets must match; if absent, any text on one line is a link. */
  content?: Pattern
  /** A `|` in double brackets separates no cells of a table, even without a backslash. */
  spansCells?: true
  /** Quoted values of front matter that consist of double brackets are links, too. */
  inFrontMatter?: true
}

/** A link whose page has no bracket in its name, unlike `[[1, 0], [0, 1]]`, which is a matrix; its text may have some. */
export const WITHOUT_BRACKETS: Pattern = patternOf(/[^[\]|]*(?:\|.*)?/)
