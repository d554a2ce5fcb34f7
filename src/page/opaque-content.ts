import {copyString} from './copy-string.ts'
import {compile} from './pattern.ts'
import type {Syntax} from './types.ts'

/** Where something begins that the platform renders and CommonMark does not recognise, each without white space around it. */
export const opaqueBlocks = (source: string, {opaque = []}: Syntax): string[] =>
  opaque.flatMap((pattern) =>
    [...source.matchAll(compile(pattern.source, pattern.flags))].map(([found]) => copyString(found.trim())),
  )

/** Does a dialect have the attribute `markdown`, with which HTML says that it holds Markdown? */
const hasMarkdownAttribute = ({dialect}: Syntax) => dialect === 'kramdown' || dialect === 'kramdown-gfm'

/** May blocks of raw HTML hold Markdown at all? */
export const mayHoldMarkdown = (syntax: Syntax) =>
  syntax.markdownInHtml === true || hasMarkdownAttribute(syntax)

const TAG = /<[a-z][\w-]*\s[^<>]*>/g
/** kramdown's attribute for HTML that holds Markdown. */
const MARKED = /\bmarkdown=["']?(?:1|block|span)\b/
/** A tag at the beginning of HTML whose content may be Markdown. */
const OPENING_TAG = /^\s*<(?!script\b|style\b|pre\b|textarea\b)[a-z][^<>]*>/

/** Does a block of HTML hold Markdown that CommonMark does not recognise: text behind a tag? */
export function holdsMarkdown(html: string, syntax: Syntax): boolean {
  // Behind a blank line, CommonMark begins a new block, too.
  const end = html.trimEnd().length
  if (syntax.markdownInHtml) return (OPENING_TAG.exec(html)?.[0].length ?? end) < end
  if (!hasMarkdownAttribute(syntax) || !html.includes('markdown=')) return false
  for (const {0: tag, index} of html.matchAll(TAG))
    if (index + tag.length < end && MARKED.test(tag)) return true
  return false
}
