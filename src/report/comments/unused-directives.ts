import type {VFileMessage} from 'vfile-message'
import type {Directive} from './directives.ts'

/**
 * Mark the directives that have an effect: an `enable` that ends a `disable`, and the last directive before each
 * suppressed message that concerns its rule.
 */
export function markUsed(directives: readonly Directive[], suppressed: readonly VFileMessage[]): void {
  markEnables(directives)
  const messages = suppressed
    .map(({place, ruleId}) => ({
      ruleId,
      offset: (place && ('start' in place ? place.start : place).offset) ?? 0,
    }))
    .sort((one, other) => one.offset - other.offset)
  /** The index of the last directive for each rule; undefined stands for all rules. */
  const last = new Map<string | undefined, number>()
  let next = 0
  for (const {ruleId, offset} of messages) {
    for (; next < directives.length && directives[next]!.comment.start <= offset; next++)
      if (directives[next]!.keyword !== 'enable') last.set(directives[next]!.rule?.text, next)
    const index = Math.max(last.get(undefined) ?? -1, last.get(ruleId) ?? -1)
    if (index >= 0) directives[index]!.used = true
  }
}

function markEnables(directives: readonly Directive[]): void {
  const disabled = new Set<string | undefined>()
  for (const directive of directives) {
    const name = directive.rule?.text
    if (directive.keyword === 'disable') disabled.add(name)
    if (directive.keyword !== 'enable') continue
    directive.used = name === undefined ? disabled.size > 0 : disabled.has(name) || disabled.has(undefined)
    if (name === undefined) disabled.clear()
    else disabled.delete(name)
  }
}
