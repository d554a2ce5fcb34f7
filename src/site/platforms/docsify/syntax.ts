import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'
import type {Syntax} from '../../../page/syntax.ts'

/** A Markdown file that is a part of the page. */
const MARKDOWN =
  /\[[^[\]\n]{0,200}\]\([ \t]{0,9}(?<names>[^\s()<>:]{1,300}\.(?:md|markdown))[ \t]{1,9}(?:'[^'\n]{0,200}:include(?![\w-])[^'\n]{0,200}'|"[^"\n]{0,200}:include(?![\w-])[^"\n]{0,200}")[ \t]{0,9}\)/dg
/** Another file, that is shown as code or in a frame. */
const OTHER =
  /\[[^[\]\n]{0,200}\]\([ \t]{0,9}(?<names>[^\s()<>:]{1,300}(?<!\.md|\.markdown))[ \t]{1,9}(?:'[^'\n]{0,200}:include(?![\w-])[^'\n]{0,200}'|"[^"\n]{0,200}:include(?![\w-])[^"\n]{0,200}")[ \t]{0,9}\)/dg

const INCLUDES: readonly IncludePattern[] = [
  {...patternOf(MARKDOWN), sign: ':include', within: 'text'},
  {...patternOf(OTHER), sign: ':include', within: 'text', as: 'code'},
]

/** The syntax of Docsify: titles of links hold attributes. */
export const docsifySyntax: Syntax = {
  attributesInTitles: true,
  headingSource: true,
  keepsReferences: true,
  includes: INCLUDES,
}
