import {createHash} from 'node:crypto'
import type {VFileMessage} from 'vfile-message'
import {pageMessages, type Report} from './report.ts'

/**
 * A fingerprint of each message that survives moved lines and reworded messages: a hash of the rule, the page and the
 * finding's target, with a counter for several of them on a page.
 *
 * @returns 32 hexadecimal digits by message
 */
export function fingerprintMessages(report: Report): Map<VFileMessage, string> {
  const fingerprints = new Map<VFileMessage, string>()
  const occurrences = new Map<string, number>()
  for (const {message, page} of pageMessages(report)) {
    const {ruleId, source, target, reason} = message
    const identity = target ? [target.file, target.name] : [reason]
    const key = JSON.stringify([ruleId, source, page.path, ...identity])
    const occurrence = (occurrences.get(key) ?? 0) + 1
    occurrences.set(key, occurrence)
    const hash = createHash('sha256').update(`${key}${occurrence}`).digest('hex')
    fingerprints.set(message, hash.slice(0, 32))
  }
  return fingerprints
}
