import type {VFileMessage} from 'vfile-message'
import {firstNot} from '../text/sorted.ts'
import type {LintComment, Word} from './lint-comments.ts'

/** Comments act on messages of this source, as in remark-lint. */
export const RULE_SOURCE = 'remark-lint'

/** One name in a comment, or the whole comment where it names no rule. */
export interface Directive {
  comment: LintComment
  keyword: string
  rule: Word | undefined
  used: boolean
}

/** From an offset on, messages are on or off, until the next mark. */
interface Mark {
  at: number
  isOn: boolean
}

/**
 * Tell which messages comments leave on, in linear time.
 *
 * A message is on if its rule is and all rules together are, as unified-message-control has it for remark-lint. Other than
 * there, `lint disable` for all rules takes away nothing that stands before it.
 *
 * @param entries In the order of the text.
 * @param lines Where each line starts.
 */
export function enabledBy(
  entries: readonly Directive[],
  lines: Uint32Array,
): (message: Pick<VFileMessage, 'line' | 'column' | 'ruleId'>) => boolean {
  const known = new Map<string | undefined, Mark[]>()
  const isOn = (rule: string | undefined, at: number) => {
    let marks = known.get(rule)
    if (!marks) known.set(rule, (marks = marksOf(entries, rule)))
    return marks[firstNot(marks, (mark) => mark.at <= at) - 1]?.isOn ?? true
  }
  return ({line, column, ruleId}) => {
    const at = (lines[(line ?? 1) - 1] ?? 0) + (column ?? 1) - 1
    return isOn(undefined, at) && (ruleId === undefined || isOn(ruleId, at))
  }
}

/**
 * The marks for one rule, or for all together. Of each message the last one counts that stands before it: those that a
 * later one stands before are left out, so that the others are in order.
 */
function marksOf(entries: readonly Directive[], rule: string | undefined): Mark[] {
  const marks: Mark[] = []
  let last: boolean | undefined
  let areAllOn = true
  // A comment for all rules also sets a mark for each rule that an earlier comment named.
  let isNamed = rule === undefined
  const turn = (at: number, isOn: boolean) => {
    if ((last ?? areAllOn) === isOn) return
    last = isOn
    while (marks.length > 0 && marks.at(-1)!.at >= at) marks.pop()
    marks.push({at, isOn})
  }
  for (const {comment, keyword, rule: word} of entries) {
    if (word && word.text !== rule) continue
    if (word) isNamed = true
    if (isNamed) turn(comment.start, keyword === 'enable')
    if (isNamed && keyword === 'ignore') turn(comment.scopeEnd ?? comment.end, true)
    if (!word && keyword !== 'ignore') areAllOn = keyword === 'enable'
  }
  return marks
}
