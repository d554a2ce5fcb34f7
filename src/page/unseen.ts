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

/** The beginnings of blocks that the platform shows and CommonMark does not see, a line each. */
export function unseenBlocks(
  source: string,
  {liquid, pythonMarkdown, vue, hugo, mdbook, myst, docfx}: Syntax,
): string[] {
  const pattern =
    (pythonMarkdown && PYTHON) ||
    (vue && VUE) ||
    (hugo && HUGO) ||
    (mdbook && MDBOOK) ||
    (myst && MYST) ||
    (docfx && DOCFX) ||
    (liquid && JEKYLL)
  return pattern ? [...source.matchAll(pattern)].map(([found]) => detached(found.trim())) : []
}

/** The rest of a tag, with text behind it: what stands behind a blank line is a block of its own to CommonMark, too. */
const AND_TEXT = String.raw`[^<>]*>\s*\S`
/** HTML that says that it holds Markdown: kramdown's `markdown="1"`. */
const MARKED = new RegExp(String.raw`<[a-z][\w-]*\s[^<>]*\bmarkdown=["']?(?:1|block|span)\b${AND_TEXT}`)
/** HTML that holds Markdown where all of it does. */
const ANY = new RegExp(String.raw`^\s*<(?!script\b|style\b|pre\b|textarea\b)[a-z][\w-]*\b${AND_TEXT}`)

/** Does a block of HTML hold Markdown that CommonMark does not see? */
export const holdsMarkdown = (html: string, {liquid, markdownInHtml}: Syntax): boolean =>
  markdownInHtml ? ANY.test(html) : liquid && html.includes('markdown=') && MARKED.test(html)
