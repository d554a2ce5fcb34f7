import {patternOf} from '../../../page/pattern.ts'
import type {BlockExtension, Syntax} from '../../../page/syntax.ts'

/**
 * Templates that stand alone, docstrings, admonitions, headings that only Python-Markdown recognizes (indented ones, and
 * `#text`), and ids in indented content.
 */
const OPAQUE =
  /^[ \t]*(?:\{\{[^{}\n]*\}\}[ \t]*$|(?:#{1,6} *)?::: ?[\w.]+|(?:!!!|\?\?\?\+?|===[!+]?) .*)|^(?: {4,}|\t+)#{1,6}[ \t].*|^#{1,6}[^#\s!].*|^(?: {4,}|\t+)\S.*(?:\bid=|\bname=|\{[:.\w -]{0,50}#).*/gm

/** A comment, which a hook may replace: `<!-- md:default [text][label] -->`, `<!-- md:setting lamps -->`. */
const COMMENT = /<!--[^<>]*-->/g

/** The extensions for blocks, by their names in the configuration. */
const BLOCKS: readonly [name: RegExp, extension: BlockExtension][] = [
  [/^(?:markdown\.extensions\.)?admonition$/, 'admonition'],
  [/^pymdownx\.details$/, 'details'],
  [/^pymdownx\.tabbed$/, 'tabbed'],
  [/^(?:(?:markdown\.extensions\.)?(?:extra|def_list)|pymdownx\.extra)$/, 'def_list'],
  [/^pymdownx\.blocks\./, 'blocks'],
  [/^(?:(?:markdown\.extensions\.)?(?:extra|md_in_html)|pymdownx\.extra)$/, 'md_in_html'],
]

/**
 * The syntax of MkDocs: Python-Markdown with the extensions of PyMdown and mkdocstrings.
 *
 * @param extensions The names of the extensions that are enabled.
 * @param hasHooks Does the site change its pages by code of its own?
 */
export const mkdocsSyntax = (extensions: readonly string[] = [], hasHooks = false): Syntax => ({
  dialect: 'python-markdown',
  spacesInUrls: true,
  opaque: [OPAQUE, ...(hasHooks ? [COMMENT] : [])].map(patternOf),
  blocks: BLOCKS.filter(([name]) => extensions.some((each) => name.test(each))).map(([, each]) => each),
})

const INDENTED: readonly [marker: string, extension: BlockExtension][] = [
  ['!!!', 'admonition'],
  ['???', 'details'],
  ['===', 'tabbed'],
]

/** Is opaque content a block with an indented body? */
export const isIndentedBlock = (content: string): boolean =>
  INDENTED.some(([marker]) => content.startsWith(marker))

/** Is opaque content a block of an extension that the configuration does not name, although something may enable it? */
export const isUnreadBlock = (content: string, {blocks = []}: Syntax): boolean =>
  INDENTED.some(([marker, extension]) => content.startsWith(marker) && !blocks.includes(extension))

/** Is opaque content a comment? */
export const isComment = (content: string): boolean => content.startsWith('<!--')
