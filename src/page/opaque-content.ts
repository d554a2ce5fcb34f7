import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {compile} from './pattern.ts'
import type {Syntax} from './syntax.ts'
import type {Page} from './types.ts'

/**
 * The starts of constructs that the platform renders and CommonMark does not recognize, each without surrounding white
 * space.
 */
export function opaqueBlocks(source: string, {opaque = [], opaqueOutsideCode}: Syntax): string[] {
  const text = withoutRawText(opaqueOutsideCode ? withoutFencedCode(source) : source)
  return opaque.flatMap((pattern) =>
    [...text.matchAll(compile(pattern.source, pattern.flags))].map(([found]) => copyString(found.trim())),
  )
}

/**
 * Blank the marks of templates in raw text, where they are none: `{% raw %}{{ a }}{% endraw %}`. Offsets are unchanged.
 */
export function withoutRawText(source: string): string {
  if (!RAW.test(source)) return source
  return source
    .split(/(?=\{%-?\s*endraw\b)/)
    .map((part) => {
      const {0: open = '', index = part.length} = RAW.exec(part) ?? {}
      const from = index + open.length
      return part.slice(0, from) + part.slice(from).replace(/\{[{%]/g, '  ')
    })
    .join('')
}

const RAW = /\{%-?\s*raw\s*-?%\}/

/** A paragraph that shows a file: `!!!include(docs/lamps.md)!!!`, or a mark before a link to it, `:[Lamps](lamps.md)`. */
const INCLUDE = /^(?:!!!\s?include\s?\([^()\s]+\)!!!|[:+@]{1,2}\[[^[\]]*\]\([^()\s]+\.(?:md|markdown)\))$/
const LONGEST_INCLUDE = 500

/** A directive, such as those of Lightbend's Paradox: `@api[Lamp](lamps.Lamp)`, `@ref:[Set up](setup.md)`, `@@snip [a](/a.x)`. */
const DIRECTIVE = /(?<![\w.@])(?:@[a-z]+:?|@@[a-z]+:? ?)$/
const LONGEST_DIRECTIVE = 30

/** Is what looks like a link the argument of a directive, whose program reads it? Paths of pages are paths for all of them. */
export function isOfDirective(text: string, start: number, url: string): boolean {
  const before = text.slice(Math.max(0, start - LONGEST_DIRECTIVE), start)
  return before.includes('@') && DIRECTIVE.test(before) && !/^https?:|\.(?:md|markdown)(?:#|$)/i.test(url)
}

/** Add a paragraph that consists of an include which CommonMark does not recognize. */
export function addInclude({opaqueContent}: Page, text: string, {start, end}: Span): void {
  if (end - start > LONGEST_INCLUDE || !'!:+@'.includes(text[start]!)) return
  const code = text.slice(start, end)
  if (INCLUDE.test(code)) opaqueContent.push(copyString(code))
}

/** A line that may begin or end fenced code: no other backticks may follow an opening fence of backticks. */
const FENCE = /^[ \t>]*(?:(`{3,})([^`]*)|(~{3,})((?:[^~].*)?))$/s

/**
 * Blank the lines of fenced code, which ends at a fence of at least the same length without an info string; offsets are
 * unchanged.
 */
export function withoutFencedCode(source: string): string {
  let open: string | undefined
  return source
    .split('\n')
    .map((line) => {
      const [, backticks, code, fence = backticks, info = code] = FENCE.exec(line) ?? []
      const isCode = open !== undefined || fence !== undefined
      if (open === undefined) open = fence
      else if (fence?.startsWith(open) && info?.trim() === '') open = undefined
      return isCode ? ' '.repeat(line.length) : line
    })
    .join('\n')
}

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
