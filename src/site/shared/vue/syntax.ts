import type {IncludePattern} from '../../../page/include-pattern.ts'
import {patternOf} from '../../../page/pattern.ts'

/** Components on a line of their own. */
export const COMPONENT_LINES = /^[ \t]*<(?:[A-Z][\w.]*|[a-z]+-[\w-]+)\b.*/gm

const INCLUDE = /<!--[ \t]{0,9}@include:[ \t]{0,9}(?<names>[^\s<>](?:[^\n<>]*[^\s<>])?)[ \t]{0,9}-->/dg
/** The name of a page, with a region and a range of lines. */
const PART = /^(?<name>[^\n{}#]+)(?<part>(?:#[\w-]+)?(?:\{[^{}]*\})?)$/

/** A page that is shown as a part of another one; in code, it is likely an example. */
export const INCLUDE_COMMENT: IncludePattern = {
  ...patternOf(INCLUDE),
  sign: '@include:',
  within: 'text',
  name: PART.source,
}
