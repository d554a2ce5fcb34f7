import {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {builtIn} from '../../rules/index.ts'
import {whyUnreadable} from '../engine/read-texts.ts'
import type {PageResult} from '../engine/types.ts'
import {DEFAULT_LIMIT_MS, eachLimited} from '../errors/time-limit.ts'
import {lineStarts} from '../text/lines.ts'
import {safe, shortened, withoutCredentials} from '../text/safe.ts'
import type {LintCommentOptions} from './apply-lint-comments.ts'
import {RULE_SOURCE} from './disable-directives.ts'
import {addFinding} from './finding-message.ts'
import {ruleUrl} from './package-info.ts'

/** How messages are made from results. */
export interface MessageOptions extends LintCommentOptions {
  /** A path of the tree as the user would type it. */
  display(path: string): string
  /** Milliseconds of CPU that the comments of one page may take; left out: as long as the page itself. */
  limit?: number
}

/**
 * Turn what was found on one page into a file with messages, sorted, harmless, and without those that a comment on
 * the page switches off.
 */
export async function toVFile(result: PageResult, options: MessageOptions): Promise<VFile> {
  const file = new VFile({path: safe(options.display(result.path))})
  if (result.unreadable !== undefined) addFault(file, result.unreadable, 'unreadable')
  for (const words of result.unchecked ?? []) addFault(file, words, 'unchecked')
  const lines = result.page?.lines ?? lineStarts('')
  for (const finding of result.findings)
    addFinding(file, lines, finding, builtIn.has(finding.rule) ? ruleUrl(finding.rule) : finding.ruleUrl)
  for (const message of result.pluginMessages) file.messages.push(message)
  if (result.text !== undefined && result.page) {
    const {applyLintComments} = await import('./apply-lint-comments.ts')
    const page = {text: result.text, lines, isMdx: result.page.hasLintComments === 'mdx'}
    const limit = {limit: options.limit ?? DEFAULT_LIMIT_MS, cpu: true}
    eachLimited(
      [page],
      () => applyLintComments(file, page, options),
      limit,
      (_, error) => {
        // Which messages its comments switch off is not known.
        file.messages.length = 0
        addFault(file, whyUnreadable(error), 'unreadable')
      },
    )
  }
  for (const message of file.messages) disarm(message, file.path)
  file.messages.sort(
    (a, b) =>
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compare(a.ruleId, b.ruleId) ||
      compare(a.reason, b.reason),
  )
  return file
}

/** Say of a whole page that it, or some of it, could not be checked. */
function addFault(file: VFile, words: string, ruleId: 'unreadable' | 'unchecked'): void {
  file.message(words, {ruleId, source: 'doccheck'}).fatal = true
}

const compare = (a: string | undefined, b: string | undefined) =>
  (a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1

/** In UTF-16 units; nobody reads a longer message to its end. */
const LONGEST = 1000

/** Nothing of a page's or server's text reaches a reporter as it was. */
function disarm(message: VFileMessage, path: string): void {
  // A table is as wide as its longest cell, in every row.
  message.reason = safe(shortened(message.reason, LONGEST))
  message.message = message.reason
  message.file = path
  message.name = message.name.replace(/^[\s\S]*?(?=:?\d|$)/, `${path}:`).replace(/:$/, '')
  if (message.ruleId) message.ruleId = safe(message.ruleId)
  if (message.source) message.source = message.source === RULE_SOURCE ? 'doccheck' : safe(message.source)
  if (message.note) message.note = safe(message.note)
  if (message.url) message.url = safe(message.url)
  for (const part of ['file', 'name'] as const)
    if (message.target?.[part] !== undefined)
      message.target = {...message.target, [part]: withoutCredentials(message.target[part])}
  if (message.actual) message.actual = safe(message.actual)
  if (message.expected) message.expected = message.expected.map(safe)
  if (message.cause) delete message.cause
  message.stack = ''
}
