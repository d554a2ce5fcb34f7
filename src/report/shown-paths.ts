import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import {safe} from '../text/safe.ts'
import type {Report} from './report.ts'

/**
 * The files of a report for reporters that name them relative to the working directory: the messages, too, name other files
 * in this way. In the report itself they name them by their paths from the root, which fingerprints and baselines rely on.
 */
export const filesAsShown = ({files, display}: Pick<Report, 'files' | 'display'>): VFile[] =>
  files.map((file) => {
    const messages = file.messages.map((message) => messageAsShown(message, display))
    return messages.every((message, index) => message === file.messages[index])
      ? file
      : copyOf(file, {messages})
  })

/** A message that names files relative to the working directory; the same one if that makes no difference. */
export function messageAsShown(message: VFileMessage, display: Report['display']): VFileMessage {
  const {reason, paths, change, changePaths, target} = message
  const cause = change === undefined ? '' : ` (${change})`
  const own = reason.endsWith(cause) ? reason.slice(0, reason.length - cause.length) : reason
  const shownChange = change && replacePaths(change, changePaths, display)
  const shownReason = replacePaths(own, paths, display) + (own === reason ? '' : ` (${shownChange})`)
  const file = target?.file === undefined ? undefined : display(target.file)
  if (shownReason === reason && file === target?.file) return message
  return copyOf(message, {
    reason: shownReason,
    message: shownReason,
    ...(shownChange !== undefined && {change: shownChange}),
    ...(file !== undefined && {target: {...target, file}}),
  })
}

/** @param paths The paths from the root that a text names, in order of appearance. */
function replacePaths(text: string, paths: readonly string[] = [], display: Report['display']): string {
  let out = ''
  let done = 0
  for (const path of paths) {
    const shown = safe(path)
    const start = indexOfPath(text, shown, done)
    // A long message is cut.
    if (start < 0) break
    out += text.slice(done, start) + safe(display(path))
    done = start + shown.length
  }
  return out + text.slice(done)
}

/** The index of a path in a text, where it is not part of a longer path, a URL or a fragment. */
function indexOfPath(text: string, path: string, from: number): number {
  for (let at = text.indexOf(path, from); at >= 0; at = text.indexOf(path, at + 1))
    if (!/[\w/.#-]/.test(text[at - 1] ?? ' ') && !/[\w/-]/.test(text[at + path.length] ?? ' ')) return at
  return -1
}

/** A copy of an object with its prototype, and with other values of some properties. */
const copyOf = <T extends object>(object: T, values: Partial<T>): T =>
  Object.assign(
    Object.create(Object.getPrototypeOf(object), Object.getOwnPropertyDescriptors(object)),
    values,
  )
