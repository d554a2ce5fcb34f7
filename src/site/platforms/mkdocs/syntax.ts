import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/types.ts'

/** Snippets, docstrings, admonitions, and headings that only Python-Markdown has: indented, or without a space. */
const OPAQUE =
  /^[ \t]*(?:[-;]*8<-+.*|::: ?[\w.]+|(?:!!!|\?\?\?\+?|===[!+]?) .*)|^(?: {4,}|\t+)#{1,6}[ \t].*|^#{1,6}[^#\s!].*/gm

/** How pages of MkDocs are written: Python-Markdown with the extensions of PyMdown and mkdocstrings. */
export const mkdocsSyntax: Syntax = {dialect: 'python-markdown', opaque: [patternOf(OPAQUE)]}

/**
 * Is a stretch of opaque content a block whose content is indented, such as an admonition? CommonMark takes that content
 * for code, so that references in it are not seen.
 */
export const isIndentedBlock = (content: string): boolean => /^(?:!!!|\?\?\?|===)/.test(content)
