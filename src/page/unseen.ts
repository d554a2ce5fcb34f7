import {copyString} from './copy-string.ts'
import type {Syntax} from './types.ts'

/** Includes, documentation strings, admonitions, and headings that CommonMark has not: indented, or without a space. */
const PYTHON =
  /^[ \t]*(?:[-;]*8<-+.*|::: ?[\w.]+|(?:!!!|\?\?\?\+?|===[!+]?) .*)|^(?: {4,}|\t+)#{1,6}[ \t].*|^#{1,6}[^#\s!].*/gm
/** Includes, and components that stand on their own. */
const VUE = /^<!--\s*@include:.*|^[ \t]*<(?:[A-Z][\w.]*|[a-z]+-[\w-]+)\b.*/gm
/** Includes, wherever they stand, and definitions below their terms. */
const MDBOOK = /\{\{ *#(?:include|playground|rustdoc_include) [^{}\n]*\}\}|^ {0,3}:[ \t].*/gm
/** Directives, their names, targets, and comments. */
const MYST =
  /^[ \t>]*(?:[-*+][ \t]+)?(?:(?:`{3,}|~{3,}|:{3,})\{[^}\n]+\}.*|\([^()\n]+\)=[ \t]*$|:name:[ \t].*)/gm
/** Includes of Docfx, among other text, too. */
const DOCFX = /\[!include\s*\[[^[\]\n]*\]\([^()]*\)\]/gi

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
  return pattern ? [...source.matchAll(pattern)].map(([found]) => copyString(found.trim())) : []
}

/** A tag, and HTML that says that it holds Markdown: kramdown's `markdown="1"`. */
const TAG = /<[a-z][\w-]*\s[^<>]*>/g
const MARKED = /\bmarkdown=["']?(?:1|block|span)\b/
/** A tag at the beginning of HTML that may hold Markdown where all of it does. */
const ANY = /^\s*<(?!script\b|style\b|pre\b|textarea\b)[a-z][^<>]*>/

/** Does a block of HTML hold Markdown that CommonMark does not see: a tag with text behind it? */
export function holdsMarkdown(html: string, {liquid, markdownInHtml}: Syntax): boolean {
  // What stands behind a blank line is a block of its own to CommonMark, too.
  const end = html.trimEnd().length
  if (markdownInHtml) return (ANY.exec(html)?.[0].length ?? end) < end
  if (!liquid || !html.includes('markdown=')) return false
  for (const {0: tag, index} of html.matchAll(TAG))
    if (index + tag.length < end && MARKED.test(tag)) return true
  return false
}
