import {firstNot} from '../text/sorted.ts'
import {forwardSearchEnd} from './forward-search.ts'
import {withoutFencedCode} from './opaque-content.ts'
import {spansOf} from './template/spans.ts'

/** Where a construct stands that programs find in the text of a page before it is parsed. */
export interface Surroundings {
  /** Is it in fenced code? */
  inFence(offset: number): boolean
  /** Is it in a code span, or inside a comment rather than at its start? */
  inSpanOrComment(offset: number): boolean
}

/** A line is looked at up to this length. */
const LONGEST_LINE = 2000

/** Find the code and the comments of a page. */
export function surroundingsIn(source: string): Surroundings {
  const text = withoutFencedCode(source)
  const comments = spansOf(source, /<!--/g, forwardSearchEnd(source, /-->/g))
  return {
    inFence: (offset) => {
      const at = offset + Math.max(0, source.slice(offset, offset + 200).search(/\S/))
      return text[at] === ' ' && source[at] !== ' '
    },
    inSpanOrComment: (offset) => {
      const next = firstNot(comments, ({end}) => end <= offset)
      return (next < comments.length && comments[next]!.start < offset) || isInCodeSpan(source, offset)
    },
  }
}

/** Does an odd number of backticks stand before an offset on its line? */
function isInCodeSpan(source: string, offset: number): boolean {
  const before = source.slice(Math.max(0, offset - LONGEST_LINE), offset)
  return before.slice(before.lastIndexOf('\n') + 1).split('`').length % 2 === 0
}
