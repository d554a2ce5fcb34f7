import {createHash} from 'node:crypto'
import type {VFileMessage} from 'vfile-message'
import type {Report} from './report.ts'

/**
 * A name for each message that stays the same while lines move and words change: a hash of the rule, the page, and what
 * the finding is about, with a number where a page has several of them.
 *
 * @returns 32 hexadecimal digits by message
 */
export function fingerprintMessages({pages, files}: Report): Map<VFileMessage, string> {
  const found = new Map<VFileMessage, string>()
  const times = new Map<string, number>()
  for (const [index, {messages}] of files.entries())
    for (const message of messages) {
      const {ruleId, source, target, reason} = message
      const about = target ? [target.file, target.name] : [reason]
      const words = JSON.stringify([ruleId, source, pages[index]!.path, ...about])
      const time = (times.get(words) ?? 0) + 1
      times.set(words, time)
      const hash = createHash('sha256').update(`${words}${time}`).digest('hex')
      found.set(message, hash.slice(0, 32))
    }
  return found
}
