import type {VFileMessage} from 'vfile-message'
import {safeHtml, shortened} from '../../text/safe.ts'
import {severityOf} from '../finding-message.ts'
import {reasonInGroup} from '../groups.ts'
import {messageHtml, ruleHtml} from './escape.ts'

/** Longer texts are cut, in UTF-16 units. */
const MAX_LENGTH = 600

/** What the document knows about a finding besides its message. */
export interface ItemFacts {
  id: string
  /** The indices of its rule, and of the missing target that it is about. */
  rule: number
  target: number | undefined
  /** The heading of its group names the rule. */
  isUnderRule: boolean
  /** The lines that it is about, as HTML. */
  frame: string
  /** The URL of its line on the host of the repository. */
  source?: string | undefined
}

/** The name of the rule, plugin or part of doccheck that reported a message. */
export const ruleOf = ({ruleId, source}: VFileMessage): string => ruleId ?? source ?? 'other'

/** A finding as an item of a list. */
export function findingItem(message: VFileMessage, facts: ItemFacts): string {
  const {note, url, likely, fix} = message
  const {id, rule, target, isUnderRule, frame} = facts
  const severity = severityOf(message)
  const data = [
    `data-rule="${rule}"`,
    target !== undefined && `data-to="${target}"`,
    fix && `data-fix="${fix.safe ? 'safe' : 'unsafe'}"`,
    likely !== undefined && 'data-likely',
  ]
  const paragraphs = [
    likely !== undefined && ['note', `Likely: ${messageHtml(shortened(likely, MAX_LENGTH))}`],
    note && ['note', messageHtml(shortened(note, MAX_LENGTH))],
    ['hint', hintsOf(message).join(' <span aria-hidden="true">·</span> ')],
  ].filter((each): each is string[] => Array.isArray(each) && each[1] !== '')
  return (
    `<li class="${severity}" id="f-${id}" ${data.filter(Boolean).join(' ')}><p class="what"><span class="severity">${severity}</span> ${positionHtml(message, facts)}` +
    `<span class="reason">${messageHtml(shortened(shownReason(message), MAX_LENGTH))}</span> ${isUnderRule ? '' : `${ruleHtml(ruleOf(message), url)} `}` +
    `<a class="self" href="#f-${id}" title="Link to this finding">#</a></p>${frame}` +
    `${paragraphs.map(([name, html]) => `<p class="${name}">${html}</p>`).join('')}</li>`
  )
}

/** `12:5`, as a link to the line on the host of the repository if that is known. */
function positionHtml({line, column}: VFileMessage, {source}: ItemFacts): string {
  if (line == null) return ''
  const text = `${line}:${column ?? 1}`
  return source === undefined
    ? `<span class="at">${text}</span> `
    : `<a class="at" href="${safeHtml(source)}">${text}</a> `
}

/** The reason without the expected text, which the hint states in full. */
function shownReason(message: VFileMessage): string {
  const reason = reasonInGroup(message)
  return message.expected?.length ? reason.replace(/, expected `[^`]*`$/, '') : reason
}

/** The expected texts and the option that fixes a finding. */
function hintsOf({expected, fix}: VFileMessage): string[] {
  const hints: string[] = []
  if (expected?.length)
    hints.push(
      `Expected ${expected.map((text) => `<code>${safeHtml(shortened(text, MAX_LENGTH))}</code>`).join(' or ')}`,
    )
  if (fix) hints.push(`<span class="fix">${fix.safe ? '--fix' : '--fix --unsafe'}</span> fixes it`)
  return hints
}
