import type {VFileMessage} from 'vfile-message'
import {firstNot} from '../../text/sorted.ts'
import type {LintComment, Word} from './parse.ts'

/** Comments concern messages of this source, as in remark-lint. */
export const RULE_SOURCE = 'remark-lint'

/** A keyword with one of the rules in a comment, or with all rules if the comment names none. */
export interface Directive {
  comment: LintComment
  keyword: string
  rule: Word | undefined
  /** It suppresses a message, or ends a `disable`. */
  used: boolean
}

/** From an offset on, messages are enabled or disabled, until the next toggle. */
interface Toggle {
  offset: number
  isEnabled: boolean
}

/**
 * Tells in linear time which messages directives leave enabled.
 *
 * A message is enabled if both its rule and all rules together are, as in unified-message-control, which remark-lint
 * uses. Unlike there, `lint disable` for all rules has no effect on messages before it.
 *
 * @param directives In the order of the text.
 * @param lines The UTF-16 offsets at which the text's lines start.
 */
export function messageFilter(
  directives: readonly Directive[],
  lines: Uint32Array,
): (message: Pick<VFileMessage, 'line' | 'column' | 'ruleId'>) => boolean {
  const known = new Map<string | undefined, Toggle[]>()
  const isEnabled = (rule: string | undefined, offset: number) => {
    let toggles = known.get(rule)
    if (!toggles) known.set(rule, (toggles = togglesOf(directives, rule)))
    return toggles[firstNot(toggles, (toggle) => toggle.offset <= offset) - 1]?.isEnabled ?? true
  }
  return ({line, column, ruleId}) => {
    const offset = (lines[(line ?? 1) - 1] ?? 0) + (column ?? 1) - 1
    return isEnabled(undefined, offset) && (ruleId === undefined || isEnabled(ruleId, offset))
  }
}

/**
 * The toggles of one rule, or of all rules together, by ascending offset. The last directive before a message decides:
 * toggles that a later directive precedes are dropped.
 */
function togglesOf(directives: readonly Directive[], rule: string | undefined): Toggle[] {
  const toggles: Toggle[] = []
  let last: boolean | undefined
  let areAllEnabled = true
  // A directive for all rules also toggles each rule that an earlier directive named.
  let isNamed = rule === undefined
  const toggle = (offset: number, isEnabled: boolean) => {
    if ((last ?? areAllEnabled) === isEnabled) return
    last = isEnabled
    while (toggles.length > 0 && toggles.at(-1)!.offset >= offset) toggles.pop()
    toggles.push({offset, isEnabled})
  }
  for (const {comment, keyword, rule: word} of directives) {
    if (word && word.text !== rule) continue
    if (word) isNamed = true
    if (isNamed) toggle(comment.start, keyword === 'enable')
    if (isNamed && keyword === 'ignore') toggle(comment.scopeEnd ?? comment.end, true)
    if (!word && keyword !== 'ignore') areAllEnabled = keyword === 'enable'
  }
  return toggles
}
