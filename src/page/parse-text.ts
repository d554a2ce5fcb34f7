import type {Span} from '../text/span.ts'
import {copyString} from './copy-string.ts'
import {withoutHtml} from './html-blocks/without-html.ts'
import {withoutImageSizes} from './image-sizes.ts'
import {readMdc} from './mdc/read-mdc.ts'
import {type CoveredMdx, coverMdx} from './mdx.ts'
import {attemptMdx, mdxProblem} from './mdx-problem.ts'
import {readDirectives} from './myst/read-directives.ts'
import {withoutRawText} from './opaque-content.ts'
import {Arena} from './parser.ts'
import {refuseCostlyText} from './parser-cost.ts'
import {withoutPercentComments} from './percent-comments.ts'
import {type Block, type WithBlocks, withBlocks} from './python-markdown/blocks.ts'
import type {Syntax} from './syntax.ts'
import {type Mask, mask} from './template/mask.ts'
import type {Link, Page} from './types.ts'
import {withCoveredDividers} from './wikilinks.ts'

/** The result of parsing a page. */
export interface ParsedText {
  /** The source with template code or JavaScript masked and blocks rewritten; offsets are unchanged. */
  text: string
  masks: Mask[]
  arena: Arena
  /** The blocks whose titles the arena has as headings, by their offsets. */
  blocks?: ReadonlyMap<number, Block>
  /** The HTML that was taken out of the text, and the text with it. */
  html?: {text: string; spans: readonly Span[]; elements: readonly Span[]} | undefined
  /** For MDX: the module that each name is imported from. */
  imports?: ReadonlyMap<string, string>
  /** For MDX: the imported modules that are files. */
  modules?: readonly Link[]
  /** For MDX that could not be parsed, and was read as Markdown: its text with its JavaScript covered. */
  unparsed?: CoveredMdx
}

/**
 * Parse a page as Markdown, with template code masked.
 */
export function parseMarkdown(page: Page, source: string, syntax: Syntax, unlimited: boolean): ParsedText {
  const masked = mask(source, syntax)
  const {masks} = masked
  const hasShortcodes = syntax.templating === 'shortcodes' || syntax.templating === 'tera'
  const live = withoutRawText(source)
  let {text} = masked
  text = withoutForeignFrontMatter(page, text)
  if (syntax.percentComments) text = withoutPercentComments(text, page.frontMatter?.end ?? 0)
  text = withCoveredDividers(text, syntax.wikilinks)
  if (syntax.imageSizes) text = withoutImageSizes(text)
  for (const {start, end, blank} of masks)
    if (live[start] === '{' && (hasShortcodes || blank || live[start + 1] === '%'))
      page.opaqueContent.push(copyString(source.slice(start, end)))
  if (syntax.dialect === 'myst') text = readDirectives(page, text, syntax)
  if (syntax.dialect === 'mdc') text = readMdc(page, text, page.frontMatter?.end ?? 0)
  const {html, elements, ...markdown} = withoutHtml(text, syntax)
  const {blocks, tags, ...rewritten} = blocksOf(page, markdown.text, syntax)
  const spans = [...html, ...tags].sort((a, b) => a.start - b.start)
  if (!unlimited) refuseCostlyText(rewritten.text, false)
  return {
    text: rewritten.text,
    masks,
    blocks,
    html: spans.length > 0 ? {text, spans, elements} : undefined,
    arena: new Arena(withReadableTags(withJoinedTags(rewritten.text, syntax))),
  }
}

function blocksOf({frontMatter}: Page, text: string, {dialect, blocks = []}: Syntax): WithBlocks {
  if (dialect !== 'python-markdown') return {text, blocks: new Map(), tags: []}
  return withBlocks(text, frontMatter?.end ?? 0, blocks)
}

/** A tag on one line; in headings, the parser's text is needed as it is. */
const TAG = /^ {0,3}#.*|<[a-z][\w-]*[ \t][^<>\r\n]*>/gim
/** An attribute value without quotes. */
const UNQUOTED = /=[^\s"'=<>`]+/g
/** One with a slash, which few pages have. */
const WITH_SLASH = /=[^\s"'=<>`/]*\/./

/** The parser takes tags for text in which an unquoted value contains a slash: `<a href=/b/c>` → `<a href=.b.c>`. */
const withReadableTags = (text: string): string =>
  WITH_SLASH.test(text)
    ? text.replace(TAG, (tag) =>
        tag.startsWith('<') ? tag.replace(UNQUOTED, (value) => value.replace(/\/(?!$)/g, '.')) : tag,
      )
    : text

/** The line ending before the `>` of a tag that stands on a line of its own. */
const BEFORE_END_ALONE = /(^[ \t]*[\w:@.-]+(?:=(?:"[^"\n]*"|'[^'\n]*'))?[ \t]*)\r?\n(?=[ \t]*>[ \t]*\r?$)/gm

/**
 * Keep the parser from taking a line that consists of the `>` of a tag for a block quote, as VitePress does for components.
 */
const withJoinedTags = (text: string, {vueComponents}: Syntax): string =>
  vueComponents ? text.replace(BEFORE_END_ALONE, (found, tag: string) => tag.padEnd(found.length)) : text

/** Blank front matter that the parser does not recognize, such as JSON; offsets are unchanged. */
function withoutForeignFrontMatter({frontMatter}: Page, text: string): string {
  if (!frontMatter?.isForeign) return text
  return text.slice(0, frontMatter.end).replace(/[^\r\n]/g, ' ') + text.slice(frontMatter.end)
}

/**
 * The MDX parser takes time quadratic in their number: a few hundred milliseconds for this many, hours for a million.
 */
const MOST_TAGS_OR_BRACES = 10_000
const TAG_OR_BRACE = /[<{]/

/** The line ending between the last attribute of a tag and its `>`, with content behind that. */
const BEFORE_TAG_END =
  /(^[ \t]*(?:[\w:-]+(?:=(?:"[^"\n]*"|'[^'\n]*'|\{[^}\n]*\}))?|\})[ \t]*)\r?\n(?=[ \t]*>\S)/gm

/**
 * Parse MDX; a line that begins with the `>` of a tag looks like a block quote to the parser.
 *
 * @returns the parser's error for invalid MDX
 */
function parseTags(text: string): Arena | Error {
  const parsed = attemptMdx(text)
  if (parsed instanceof Arena) return parsed
  const joined = text.replace(BEFORE_TAG_END, (found, tag: string) => tag.padEnd(found.length))
  return joined === text ? parsed : attemptMdx(joined)
}

/** Parse a page as MDX; invalid MDX is parsed as Markdown without its code. */
export function parseMdx(page: Page, source: string, syntax: Syntax, unlimited: boolean): ParsedText {
  const text = withoutForeignFrontMatter(page, source)
  const covered = coverMdx(text, page.frontMatter?.end ?? 0)
  if (!unlimited) refuseCostlyText(covered.text, true)
  if (source.split(TAG_OR_BRACE, MOST_TAGS_OR_BRACES).length < MOST_TAGS_OR_BRACES) {
    const parsed = covered.unclosed === undefined ? parseTags(covered.text) : undefined
    const problem = mdxProblem({page, source: text, covered, parsed}, syntax)
    if (problem) page.mdxProblem = problem
    if (parsed instanceof Arena) {
      for (const code of covered.opaque) page.opaqueContent.push(code)
      if (syntax.exports) addExports(page, text, covered)
      return {
        text: covered.text,
        masks: [],
        arena: parsed,
        imports: covered.imports,
        modules: covered.modules,
      }
    }
  }
  const rest = text.slice(covered.text.length).replace(CODE_ON_LINE, (code) => ' '.repeat(code.length))
  const markdown = withHeadings(covered.text + rest, text)
  return {...parseMarkdown(page, markdown, syntax, unlimited), unparsed: covered}
}

/** Add the code of the statements that export something, such as a component. */
function addExports(page: Page, text: string, {statements}: CoveredMdx): void {
  const code = statements
    .map(({start, end}) => text.slice(start, end))
    .filter((each) => /^export\b/m.test(each))
  if (code.length > 0) page.exports = copyString(code.join('\n'))
}

/** Uncover headings: where the page is not MDX after all, what stands in their braces is text, or gives them ids. */
const withHeadings = (covered: string, source: string): string =>
  covered.replace(/^ {0,3}#{1,6}[ \t].*$/gm, (line, offset: number) =>
    source.slice(offset, offset + line.length),
  )

/** Code behind a brace that is never closed. */
const CODE_ON_LINE = /\{[^{}\n]*\}/g
