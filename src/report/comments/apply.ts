import type {VFile} from 'vfile'
import {parse} from '../../page/parser.ts'
import {pointAt} from '../../text/lines.ts'
import {nearest} from '../../text/nearest.ts'
import type {Span} from '../../text/span.ts'
import {type Directive, messageFilter, RULE_SOURCE} from './directives.ts'
import {KEYWORDS, type LintComment, lintComments, type Word} from './parse.ts'
import {markUsed} from './unused-directives.ts'

/** The settings for checking the `lint` comments of a page. */
export interface LintCommentOptions {
  /** Report directives that suppress nothing, or enable what is enabled anyway, with this severity. */
  unusedDisables?: 'warn' | 'error'
  /** The names of all rules; absent if other linters may run, so that any other name may be valid. */
  rules?: ReadonlySet<string>
  /** The names of the rules that ran on all of the page: only their directives are known to be unused. */
  complete?: ReadonlySet<string>
}

/** A text with `lint` comments. */
export interface CommentedText {
  text: string
  lines: Uint32Array
  isMdx: boolean
}

/**
 * Remove the messages that `<!-- lint disable … -->` and `<!-- lint ignore … -->` comments suppress, and report malformed
 * comments.
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
  const directives = comments.flatMap((comment) => directivesOf(comment, options.rules, report))
  const before = [...file.messages]
  const isEnabled = messageFilter(directives, lines)
  file.messages = file.messages.filter((message) => message.source !== RULE_SOURCE || isEnabled(message))
  if (!options.unusedDisables) return
  const kept = new Set(file.messages)
  markUsed(
    directives,
    before.filter((message) => !kept.has(message)),
  )
  for (const directive of directives)
    if (!directive.used && isKnownUnused(directive, options))
      reportUnused(directive, options.unusedDisables, report)
}

type Report = (span: Span, message: string, ruleId: string, fatal: boolean, expected?: string) => void

/** The directives of a comment; reports a malformed one. */
function directivesOf(comment: LintComment, rules: LintCommentOptions['rules'], report: Report): Directive[] {
  const [keyword, ...names] = comment.words
  if (!isWellFormed(comment, keyword, report)) return []
  const directive = {comment, keyword: keyword.text, used: false}
  if (names.length === 0) return [{...directive, rule: undefined}]
  if (rules) for (const name of names) if (!rules.has(name.text)) reportUnknownRule(name, rules, report)
  return names.filter(({text}) => !rules || rules.has(text)).map((rule) => ({...directive, rule}))
}

const ANY_KEYWORD = '`disable`, `enable` or `ignore`'

/** Has a comment the form `<!-- lint keyword … -->`? Reports why not. */
function isWellFormed(comment: LintComment, keyword: Word | undefined, report: Report): keyword is Word {
  const {marker, isUnclosed, isMdx} = comment
  const reportForm = (span: Span, message: string, fatal: boolean, expected?: string) =>
    report(span, message, 'lint-comment', fatal, expected)
  if (marker.text !== 'lint') {
    const expected = `lint ${KEYWORDS.find((word) => marker.text.endsWith(word))}`
    reportForm(marker, `Unexpected \`${marker.text}\` comment, expected \`${expected}\``, false, expected)
  } else if (isUnclosed) {
    const expected = isMdx ? '*/}' : '-->'
    reportForm(comment, `Unexpected unclosed \`lint\` comment, expected \`${expected}\``, true)
  } else if (!keyword)
    reportForm(comment, `Unexpected \`lint\` comment without a keyword, expected ${ANY_KEYWORD}`, false)
  else if (!KEYWORDS.includes(keyword.text)) {
    const near = nearestKeyword(keyword.text)
    const expected = near === undefined ? ANY_KEYWORD : `\`${near}\``
    const message = `Unexpected keyword \`${keyword.text}\` in a \`lint\` comment, expected ${expected}`
    reportForm(keyword, message, near !== undefined, near)
  } else return true
  return false
}

/** Report a misspelled rule. A name unlike all of doccheck's belongs to remark-lint, which uses the same comments. */
function reportUnknownRule({text, start, end}: Word, rules: ReadonlySet<string>, report: Report): void {
  const near = nearest(text, rules)
  if (near === undefined) return
  const message = `Unexpected rule \`${text}\` in a \`lint\` comment, expected \`${near}\``
  report({start, end}, message, 'lint-comment', false, near)
}

/** Other linters have a keyword for the next line. */
const nearestKeyword = (word: string) =>
  /^(?:disable|ignore)-(?:next-)?line$/.test(word) ? 'ignore' : nearest(word, KEYWORDS, 2)

/**
 * Is it certain that a directive without effect is unused? A message may still come from a rule that did not run; the
 * effect of `enable` depends on other directives only.
 */
function isKnownUnused({keyword, rule}: Directive, {rules, complete}: LintCommentOptions): boolean {
  if (!complete || keyword === 'enable') return true
  return rule
    ? complete.has(rule.text)
    : rules !== undefined && [...rules].every((name) => complete.has(name))
}

function reportUnused({comment, keyword, rule}: Directive, severity: 'warn' | 'error', report: Report): void {
  // A comment that names a single rule is reported as a whole.
  const name = comment.words.length > 2 ? rule : undefined
  const message = name
    ? `Unexpected unused rule \`${name.text}\` in a \`lint ${keyword}\` comment`
    : `Unexpected unused \`lint ${keyword}\` comment`
  report(name ?? comment, message, 'unused-disable', severity === 'error')
}
