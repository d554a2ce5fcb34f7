import {copyString} from './copy-string.ts'
import {coverMdx} from './mdx.ts'
import {Arena} from './parser.ts'
import {refuseCostlyText} from './parser-cost.ts'
import {type Mask, mask} from './template/mask.ts'
import type {Page, Syntax} from './types.ts'

/** A text as its parser sees it: code that is not Markdown covered, every offset as before. */
export interface ParsedText {
  text: string
  masks: Mask[]
  arena: Arena
  /** For MDX: what each name is imported from. */
  imports?: ReadonlyMap<string, string>
}

/** Templates are covered, and so is JSON front matter, which the parser does not know. */
export function parseMarkdown(page: Page, source: string, syntax: Syntax, unlimited: boolean): ParsedText {
  const masked = mask(source, syntax)
  const {masks} = masked
  const hasShortcodes = syntax.templating === 'shortcodes'
  let {text} = masked
  const end = page.frontMatter?.kind === 'json' ? page.frontMatter.end : 0
  if (end > 0) text = source.slice(0, end).replace(/[^\r\n]/g, ' ') + text.slice(end)
  for (const {start, end, blank} of masks)
    if (hasShortcodes ? source[start] === '{' : blank || source[start + 1] === '%')
      page.opaqueContent.push(copyString(source.slice(start, end)))
  if (!unlimited) refuseCostlyText(text, false)
  return {text, masks, arena: new Arena(text)}
}

/** The parser of MDX takes time with the square of these: some hundred milliseconds for so many, hours for a million. */
const MOST_TAGS = 10_000
const TAG_OR_BRACE = /[<{]/

/** What is no MDX, though it should be, is read as Markdown, and what else may be on the page is not known. */
export function parseMdx(page: Page, source: string, unlimited: boolean): ParsedText | undefined {
  const covered = coverMdx(source, page.frontMatter?.end ?? 0)
  if (covered && !unlimited) refuseCostlyText(covered.text, true)
  try {
    if (covered && source.split(TAG_OR_BRACE, MOST_TAGS).length < MOST_TAGS) {
      for (const code of covered.opaque) page.opaqueContent.push(code)
      return {text: covered.text, masks: [], arena: new Arena(covered.text, true), imports: covered.imports}
    }
  } catch {}
  page.opaqueContent.push('MDX that cannot be read')
  return
}
