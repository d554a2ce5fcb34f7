import {detached} from './detached.ts'
import type {Syntax} from './facts.ts'

/** Includes, documentation strings, admonitions, and headings that CommonMark has not: indented, or without a space. */
const PYTHON =
  /^[ \t]*(?:[-;]*-*8<-+.*|::: ?[\w.]+|(?:!!!|\?\?\?\+?|===[!+]?) .*)|^(?: {4,}|\t+)#{1,6}[ \t].*|^#{1,6}[^#\s!].*/gm
/** Includes, and components that stand on their own. */
const VUE = /^<!--\s*@include:.*|^[ \t]*<(?:[A-Z][\w.]*|[a-z]+-[\w-]+)\b.*/gm
/** Includes, wherever they stand, and definitions below their terms. */
const MDBOOK = /\{\{ *#(?:include|playground|rustdoc_include) [^}\n]*\}\}|^ {0,3}:[ \t].*/gm
/** Directives, their names, targets, and comments. */
const MYST =
  /^[ \t>]*(?:[-*+][ \t]+)?(?:(?:`{3,}|~{3,}|:{3,})\{[^}\n]+\}.*|\([^()\n]+\)=[ \t]*$|:name:[ \t].*)/gm
/** Includes of Docfx, among other text, too. */
const DOCFX = /\[!include\s*\[[^\]\n]*\]\(\s*<?[^)>\n]+>?\s*\)\]/gi

/** Definitions, whose terms may have ids. */
const HUGO = /^ {0,3}:[ \t]+\S.*/gm

/** Attribute lists that give an id in the way of HTML, and headings that begin where Liquid ends, or takes blanks away. */
const JEKYLL =
  /\{:[^{}\n]*\bid=.*|(?<=^[ \t]{0,99}\{[%{][^\n]{0,999}[%}]\}[ \t]{0,99}|-[%}]\}\s{0,99}[ \t]{2,9})#{1,6}.*/gm

/** The rest of a tag, with text behind it or on the next line: what stands behind a blank line, CommonMark sees. */
const AND_TEXT = String.raw`[^<>]*>(?=[ \t]*(?:\S|\r?\n[ \t]*\S))`
/** HTML blocks that say that they hold Markdown: kramdown's `markdown="1"`. */
const MARKED_HTML = new RegExp(
  String.raw`<(?!span\b|a\b|em\b|strong\b|[bi]\b)[a-z][\w-]*\s[^<>]*\bmarkdown=["']?(?:1|block|span)\b${AND_TEXT}`,
  'g',
)
/** HTML blocks that hold Markdown where every one does. */
const ANY_HTML = new RegExp(
  String.raw`^[ \t]*<(?!script\b|style\b|pre\b|textarea\b)[a-z][\w-]*\b${AND_TEXT}`,
  'gm',
)

/** The beginnings of blocks that the platform shows and CommonMark does not see, a line each. */
export function unseenBlocks(
  source: string,
  {liquid, pythonMarkdown, vue, hugo, mdbook, myst, docfx, markdownInHtml}: Syntax,
): string[] {
  const blocks =
    (pythonMarkdown && PYTHON) ||
    (vue && VUE) ||
    (hugo && HUGO) ||
    (mdbook && MDBOOK) ||
    (myst && MYST) ||
    (docfx && DOCFX) ||
    (liquid && JEKYLL)
  const html = markdownInHtml ? ANY_HTML : liquid && source.includes('markdown=') ? MARKED_HTML : undefined
  return [blocks, html].flatMap((pattern) =>
    pattern ? [...source.matchAll(pattern)].map(([found]) => detached(found.trim())) : [],
  )
}
