import type {VFile} from 'vfile'
import {parse} from '../page/parser.ts'
import {pointAt} from '../text/lines.ts'
import {nearest} from '../text/nearest.ts'
import type {Span} from '../text/span.ts'
import {type Directive, enabledBy, RULE_SOURCE} from './disable-directives.ts'
import {KEYWORDS, type LintComment, lintComments} from './lint-comments.ts'

/** How the comments of a page are judged. */
export interface LintCommentOptions {
  /** Report comments that switch nothing off, or nothing on again, with this weight. */
  unusedDisables?: 'warn' | 'error'
  /** The names of all rules; left out where others may run beside doccheck, so that no name is known to be wrong. */
  rules?: ReadonlySet<string>
  /** The names of the rules whose messages are all there: a comment for another one is not known to be unused. */
  complete?: ReadonlySet<string>
}

/** A text in which there are comments. */
export interface CommentedText {
  text: string
  lines: Uint32Array
  isMdx: boolean
}

/**
 * Take away the messages that `<!-- lint disable … -->` and `<!-- lint ignore … -->` comments switch off, and report
 * comments with a mistake in them.
 */
export function applyLintComments(
  file: VFile,
  {text, lines, isMdx}: CommentedText,
  options: LintCommentOptions,
): void {
  const report: Report = ({start, end}, message, ruleId, fatal, expected) => {
    const place = {start: pointAt(lines, start), end: pointAt(lines, end)}
    const added = file.message(message, {place, ruleId, source: 'doccheck'})
    added.fatal = fatal
    if (expected !== undefined) added.expected = [expected]
  }
  const comments = lintComments(text, parse(text), isMdx)
  const entries = comments.flatMap((comment) => entriesOf(comment, options.rules, report))
  const before = [...file.messages]
  const isOn = enabledBy(entries, lines)
  file.messages = file.messages.filter((message) => message.source !== RULE_SOURCE || isOn(message))
  if (options.unusedDisables) {
    const left = new Set(file.messages)
    const gone = before.filter((message) => !left.has(message))
    markUsed(entries, gone)
    reportUnused(
      entries.filter((entry) => !entry.used && isJudged(entry, options)),
      options,
      report,
    )
  }
}

type Report = (span: Span, message: string, ruleId: string, fatal: boolean, expected?: string) => void

const ANY_KEYWORD = '`disable`, `enable` or `ignore`'

/** What a comment switches; reports what is wrong with it. */
function entriesOf(comment: LintComment, rules: LintCommentOptions['rules'], report: Report): Directive[] {
  const {marker, words, isUnclosed} = comment
  const say = (span: Span, message: string, fatal: boolean, expected?: string) =>
    report(span, message, 'lint-comment', fatal, expected)
  const [keyword, ...names] = words
  if (marker.text !== 'lint') {
    const right = `lint ${KEYWORDS.find((word) => marker.text.endsWith(word))}`
    say(marker, `Unexpected \`${marker.text}\` comment, expected \`${right}\``, false, right)
    return []
  }
  if (isUnclosed) {
    const end = comment.isMdx ? '*/}' : '-->'
    say(comment, `Unexpected \`lint\` comment that never ends, expected \`${end}\``, true)
    return []
  }
  if (!keyword) {
    say(comment, `Unexpected \`lint\` comment without a keyword, expected ${ANY_KEYWORD}`, false)
    return []
  }
  if (!KEYWORDS.includes(keyword.text)) {
    const near = nearestKeyword(keyword.text)
    const expected = near === undefined ? ANY_KEYWORD : `\`${near}\``
    const message = `Unexpected keyword \`${keyword.text}\` in a \`lint\` comment, expected ${expected}`
    say(keyword, message, near !== undefined, near)
    return []
  }
  const entry = {comment, keyword: keyword.text, used: false}
  if (names.length === 0) return [{...entry, rule: undefined}]
  const right = rules ? names.filter(({text}) => rules.has(text)) : names
  for (const {text, start, end} of names) {
    const near = rules && !rules.has(text) ? nearest(text, rules) : undefined
    // A name that is like no rule here is one of another linter: remark-lint's comments are the same.
    if (near === undefined) continue
    const message = `Unexpected rule \`${text}\` in a \`lint\` comment, expected \`${near}\``
    say({start, end}, message, false, near)
  }
  return right.map((rule) => ({...entry, rule}))
}

/** Other linters have a keyword for the next line. */
const nearestKeyword = (word: string) =>
  /^(?:disable|ignore)-(?:next-)?line$/.test(word) ? 'ignore' : nearest(word, KEYWORDS, 2)

/** Whether a comment is of use is known of rules that ran, and of all that switch on again what other comments switch off. */
function isJudged({keyword, rule}: Directive, {rules, complete}: LintCommentOptions): boolean {
  if (!complete || keyword === 'enable') return true
  return rule
    ? complete.has(rule.text)
    : rules !== undefined && [...rules].every((name) => complete.has(name))
}

/** Report names that switch nothing: no message of the rule went away, or the rule was not off. */
function reportUnused(unused: Directive[], {unusedDisables}: LintCommentOptions, report: Report): void {
  for (const {comment, keyword, rule} of unused) {
    const nothing = keyword === 'enable' ? 'nothing on' : 'nothing off'
    const message =
      rule && comment.words.length > 2
        ? `Unexpected \`${rule.text}\` in a \`lint ${keyword}\` comment, it switches ${nothing}`
        : `Unexpected \`lint ${keyword}\` comment that switches ${nothing}`
    report(
      rule && comment.words.length > 2 ? rule : comment,
      message,
      'unused-disable',
      unusedDisables === 'error',
    )
  }
}

function markUsed(entries: Directive[], gone: VFile['messages']): void {
  const off = new Set<string | undefined>()
  for (const entry of entries) {
    const name = entry.rule?.text
    if (entry.keyword === 'disable') off.add(name)
    if (entry.keyword !== 'enable') continue
    entry.used = name === undefined ? off.size > 0 : off.has(name) || off.has(undefined)
    if (name === undefined) off.clear()
    else off.delete(name)
  }
  // The last comment before each message, for its rule or for all.
  const found = gone.map(({place, ruleId}) => ({
    ruleId,
    at: (place && ('start' in place ? place.start : place).offset) ?? 0,
  }))
  const last = new Map<string | undefined, number>()
  let next = 0
  for (const {ruleId, at} of found.sort((one, other) => one.at - other.at)) {
    for (; next < entries.length && entries[next]!.comment.start <= at; next++)
      if (entries[next]!.keyword !== 'enable') last.set(entries[next]!.rule?.text, next)
    const index = Math.max(last.get(undefined) ?? -1, last.get(ruleId) ?? -1)
    if (index >= 0) entries[index]!.used = true
  }
}
