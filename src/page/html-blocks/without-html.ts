import type {Syntax} from '../syntax.ts'
import {blanked, blankedAsHtml} from './blanked.ts'
import {kramdownHtml} from './kramdown.ts'
import {pythonHtml} from './python-markdown.ts'
import type {HtmlBlocks} from './types.ts'

/** A text in which CommonMark finds the Markdown of another dialect; offsets are unchanged. */
export interface WithoutHtml extends Readonly<HtmlBlocks> {
  text: string
}

/**
 * Take blocks of HTML out of a text as the dialect delimits them: CommonMark ends one at a blank line, kramdown and
 * Python-Markdown at the end tag of its element. What the attribute `markdown` makes Markdown remains.
 *
 * ```text
 * <div markdown="1">
 * [a](b.md)           →  [a](b.md)
 * </div>
 * ```
 */
export function withoutHtml(text: string, syntax: Syntax): WithoutHtml {
  const delimit = hasBlocks(text) ? delimiterOf(syntax) : undefined
  if (!delimit) return {text, html: [], elements: []}
  const {html, elements} = delimit(text, syntax)
  const blank = syntax.dialect === 'python-markdown' ? blankedAsHtml : blanked
  let rest = ''
  let done = 0
  for (const span of html) {
    rest += text.slice(done, span.start) + blank(text, span)
    done = span.end
  }
  return {text: rest + text.slice(done), html, elements}
}

/** The function that finds the blocks of a dialect, if they are not those of CommonMark. */
function delimiterOf({dialect}: Syntax): ((text: string, syntax: Syntax) => HtmlBlocks) | undefined {
  if (dialect === 'kramdown' || dialect === 'kramdown-gfm') return kramdownHtml
  return dialect === 'python-markdown' ? pythonHtml : undefined
}

/** Does a line begin with a tag? Faster than an expression that looks at each line. */
function hasBlocks(text: string): boolean {
  for (const {index} of text.matchAll(/<[a-zA-Z]/g))
    if (/(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, index - 4), index))) return true
  return false
}
