import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/**
 * Templates that stand alone, docstrings, admonitions, headings that only Python-Markdown
 * recognizes (indented ones, and `#text`), and ids in indented content.
 */
const OPAQUE =
  /^[ \t]*(?:\{\{[^{}\n]*\}\}[ \t]*$|::: ?[\w.]+|(?:!!!|\?\?\?\+?|===[!+]?) .*)|^(?: {4,}|\t+)#{1,6}[ \t].*|^#{1,6}[^#\s!].*|^(?: {4,}|\t+)\S.*(?:\bid=|\bname=|\{[:.\w -]{0,50}#).*/gm

/** The syntax of MkDocs: Python-Markdown with the extensions of PyMdown and mkdocstrings. */
export const mkdocsSyntax: Syntax = {
  dialect: 'python-markdown',
  spacesInUrls: true,
  opaque: [patternOf(OPAQUE)],
}

/**
 * Is opaque content a block with indented content, such as an admonition? CommonMark parses that content as code, so
 * references in it are not found.
 */
export const isIndentedBlock = (content: string): boolean => /^(?:!!!|\?\?\?|===)/.test(content)
