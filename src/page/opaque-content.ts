import {copyString} from './copy-string.ts'
import {compile} from './pattern.ts'
import type {Syntax} from './types.ts'

/**
 * The starts of constructs that the platform renders and CommonMark does not recognize, each without surrounding white
 * space.
 */
export const opaqueBlocks = (source: string, {opaque = []}: Syntax): string[] =>
  opaque.flatMap((pattern) =>
    [...source.matchAll(compile(pattern.source, pattern.flags))].map(([found]) => copyString(found.trim())),
  )

/** Does a dialect support the `markdown` attribute, which marks HTML that contains Markdown? */
const hasMarkdownAttribute = ({dialect}: Syntax) => dialect === 'kramdown' || dialect === 'kramdown-gfm'

/** May blocks of raw HTML contain Markdown at all? */
export const mayHoldMarkdown = (syntax: Syntax) =>
  syntax.markdownInHtml === true || hasMarkdownAttribute(syntax)

const TAG = /<[a-z][\w-]*\s[^<>]*>/g
/** kramdown's attribute for HTML that contains Markdown. */
const MARKED = /\bmarkdown=["']?(?:1|block|span)\b/
/** A tag at the start of HTML whose content may be Markdown. */
const OPENING_TAG = /^\s*<(?!script\b|style\b|pre\b|textarea\b)[a-z][^<>]*>/

/** Does an HTML block contain Markdown that CommonMark does not recognize, that is text after a tag? */
export function holdsMarkdown(html: string, syntax: Syntax): boolean {
  // After a blank line, CommonMark begins a new block, too.
  const end = html.trimEnd().length
  if (syntax.markdownInHtml) return (OPENING_TAG.exec(html)?.[0].length ?? end) < end
  if (!hasMarkdownAttribute(syntax) || !html.includes('markdown=')) return false
  for (const {0: tag, index} of html.matchAll(TAG))
    if (index + tag.length < end && MARKED.test(tag)) return true
  return false
}
