import {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {builtIn} from '../../rules/index.ts'
import {whyUnreadable} from '../engine/read-texts.ts'
import type {PageResult} from '../engine/types.ts'
import {DEFAULT_LIMIT_MS, eachLimited} from '../errors/time-limit.ts'
import {lineStarts} from '../text/lines.ts'
import {safe, shortened, withoutCredentials} from '../text/safe.ts'
import type {LintCommentOptions} from './comments/apply.ts'
import {RULE_SOURCE} from './comments/directives.ts'
import {addFinding} from './finding-message.ts'
import {ruleUrl} from './package-info.ts'

/** The options of {@link toVFile}. */
export interface MessageOptions extends LintCommentOptions {
  /** A path of the tree, relative to the working directory. */
  display(path: string): string
  /** The CPU time for the comments of one page, in milliseconds; by default that for the page itself. */
  limit?: number
}

/** The messages of one page: sorted, safe to print, and without those that `lint` comments suppress. */
export async function toVFile(result: PageResult, options: MessageOptions): Promise<VFile> {
  const file = new VFile({path: safe(options.display(result.path))})
  if (result.unreadable !== undefined) addPageError(file, result.unreadable, 'unreadable')
  for (const reason of result.unchecked ?? []) addPageError(file, reason, 'unchecked').paths = [result.path]
  const lines = result.page?.lines ?? lineStarts('')
  for (const finding of result.findings)
    addFinding(file, lines, finding, builtIn.has(finding.rule) ? ruleUrl(finding.rule) : finding.ruleUrl)
  for (const message of result.pluginMessages) file.messages.push(message)
  if (result.text !== undefined && result.page) {
    const {applyLintComments} = await import('./comments/apply.ts')
    const page = {text: result.text, lines, isMdx: result.page.hasLintComments === 'mdx'}
    const limit = {limit: options.limit ?? DEFAULT_LIMIT_MS, cpu: true}
    eachLimited(
      [page],
      () => applyLintComments(file, page, options),
      limit,
      (_, error) => {
        // Without its comments, it is unknown which messages are suppressed.
        file.messages.length = 0
        addPageError(file, whyUnreadable(error), 'unreadable')
      },
    )
  }
  for (const message of file.messages) makeSafe(message, file.path)
  file.messages.sort(inOrder)
  return file
}

/** The order of messages: by position, rule and text. */
export const inOrder = (a: VFileMessage, b: VFileMessage): number =>
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  compare(a.ruleId, b.ruleId) ||
  compare(a.reason, b.reason)

/** Report that a page could not be checked, or not completely. */
function addPageError(file: VFile, reason: string, ruleId: 'unreadable' | 'unchecked'): VFileMessage {
  const message = file.message(reason, {ruleId, source: 'doccheck'})
  message.fatal = true
  return message
}

const compare = (a: string | undefined, b: string | undefined) =>
  (a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1

/** The longest message, in UTF-16 units. */
const MAX_LENGTH = 1000

/** Escape control characters and hide credentials in all text of pages, plugins and servers. */
export function makeSafe(message: VFileMessage, path: string): void {
  // vfile-reporter pads every row to the longest message.
  message.reason = safe(shortened(message.reason, MAX_LENGTH))
  message.message = message.reason
  message.file = path
  message.name = message.name.replace(/^[\s\S]*?(?=:?\d|$)/, `${path}:`).replace(/:$/, '')
  if (message.ruleId) message.ruleId = safe(message.ruleId)
  if (message.source) message.source = message.source === RULE_SOURCE ? 'doccheck' : safe(message.source)
  if (message.note) message.note = safe(message.note)
  if (message.likely) message.likely = safe(shortened(message.likely, MAX_LENGTH))
  if (message.seen) message.seen = safe(shortened(message.seen, MAX_LENGTH))
  if (message.url) message.url = safe(message.url)
  for (const part of ['file', 'name'] as const)
    if (message.target?.[part] !== undefined)
      message.target = {...message.target, [part]: withoutCredentials(message.target[part])}
  if (message.actual) message.actual = safe(message.actual)
  if (message.expected) message.expected = message.expected.map(safe)
  if (message.cause) delete message.cause
  message.stack = ''
}
