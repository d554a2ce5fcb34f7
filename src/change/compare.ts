import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {CheckResult, PageResult} from '../engine/types.ts'
import type {Page} from '../page/types.ts'
import type {Target} from '../rule/types.ts'
import {safe} from '../text/safe.ts'
import type {Changes} from '../tree/changes.ts'
import {type Cause, causeOf} from './cause.ts'
import {linkAt} from './links.ts'

/** A run, and the VFile with the messages to report for each of its pages. */
export interface ReportedRun {
  result: CheckResult
  files: readonly VFile[]
}

/** The numbers of messages of an earlier run that remain and that are gone. */
export interface Comparison {
  /** Messages that remain, and are not shown. */
  known: number
  /** Errors and warnings that are gone. */
  fixed: number
}

/**
 * Remove the messages of a run that an earlier run had, too, and add to the others the part of the change that caused
 * them. Messages are matched by rule, page and target, through renames, and not by line or wording.
 *
 * @param showsAll Whether all messages of a page are shown, known ones included.
 */
export function compare(
  now: ReportedRun,
  before: ReportedRun,
  changes: Changes,
  showsAll: (path: string) => boolean = () => false,
): Comparison {
  const former = formerMessages(before, now, changes)
  const known = matchMessages(now, former, changes)
  matchSkipped(now, former)
  const runs = {now: now.result, before: before.result, changes}
  const todayOf = pathToday(changes)
  const formerPages = new Map(before.result.pages.map(({path, page}) => [todayOf(path), page]))
  let hidden = 0
  for (const [index, {path, page}] of now.result.pages.entries()) {
    const file = now.files[index]!
    if (!showsAll(path)) {
      const all = file.messages.length
      file.messages = file.messages.filter((message) => !known.has(message))
      hidden += all - file.messages.length
    }
    if (!page) continue
    for (const message of file.messages)
      if (!known.has(message)) addCause(message, causeOf(message, page, formerPages.get(path), runs))
  }
  return {known: hidden, fixed: former.all.filter(({isProblem, isMatched}) => isProblem && !isMatched).length}
}

function addCause(message: VFileMessage, cause: Cause | undefined): void {
  if (!cause) return
  message.change = safe(cause.text)
  message.changePaths = cause.paths
  message.reason = message.message = `${message.reason} (${message.change})`
}

/** A message of the earlier run. */
interface FormerMessage {
  /** It is an error or a warning. */
  isProblem: boolean
  /** It matches a current message. */
  isMatched: boolean
}

interface FormerMessages {
  all: readonly FormerMessage[]
  byKey: ReadonlyMap<string, FormerMessage[]>
}

/** The current path of a file from before the change. */
const pathToday =
  ({renamed}: Changes) =>
  (path: string) =>
    renamed.get(path) ?? path

function formerMessages(before: ReportedRun, now: ReportedRun, changes: Changes): FormerMessages {
  const todayOf = pathToday(changes)
  const moved = new Set(changes.renamed.values())
  const checked = new Set(now.result.pages.map(({path}) => path))
  const all: FormerMessage[] = []
  const byKey = new Map<string, FormerMessage[]>()
  const add = (former: FormerMessage, keys: readonly string[]) => {
    all.push(former)
    for (const key of keys) {
      const same = byKey.get(key)
      if (same) same.push(former)
      else byKey.set(key, [former])
    }
  }
  for (const [index, {path, page}] of before.result.pages.entries()) {
    const today = todayOf(path)
    // The current messages of a page that exists, but was not to be checked, are unknown.
    if (!checked.has(today) && !changes.deleted.has(path)) continue
    for (const message of before.files[index]!.messages) {
      const former = {isProblem: message.fatal !== null, isMatched: false}
      add(former, keysOf(message, today, moved.has(today) ? page : undefined, todayOf))
    }
    for (const key of keysOfSkipped(before.result.pages[index]!, today, todayOf))
      add({isProblem: false, isMatched: false}, [key])
  }
  return {all, byKey}
}

/** The current messages that the earlier run had, each matched with one of its own. */
function matchMessages(now: ReportedRun, {byKey}: FormerMessages, changes: Changes): Set<VFileMessage> {
  const moved = new Set(changes.renamed.values())
  const today = now.result.pages.flatMap(({path, page}, index) =>
    now.files[index]!.messages.map((message) => ({
      message,
      keys: keysOf(message, path, moved.has(path) ? page : undefined, (target) => target),
    })),
  )
  const matched = new Set<VFileMessage>()
  // All messages by their most specific key first: with a looser one, a message could take another one's match.
  for (const nth of [0, 1, 2])
    for (const {message, keys} of today) {
      const key = matched.has(message) ? undefined : keys[nth]
      const former = key === undefined ? undefined : takeUnmatched(byKey.get(key))
      if (!former) continue
      former.isMatched = true
      matched.add(message)
    }
  return matched
}

/** Likely findings of the earlier run whose links can no longer be judged are not fixed. */
function matchSkipped(now: ReportedRun, {byKey}: FormerMessages): void {
  for (const page of now.result.pages)
    for (const key of keysOfSkipped(page, page.path, (target) => target)) {
      const former = takeUnmatched(byKey.get(key))
      if (former) former.isMatched = true
    }
}

function takeUnmatched(formers: FormerMessage[] = []): FormerMessage | undefined {
  let former = formers.pop()
  while (former?.isMatched) former = formers.pop()
  return former
}

/**
 * The keys that match messages, most specific first.
 *
 * @param path The current path of the page.
 * @param moved The page, if it was moved: unchanged links then lead elsewhere, so they are matched by URL as well.
 * @param todayOf Maps a target to its current path.
 */
function keysOf(
  {ruleId, source, target, reason, place, likely}: VFileMessage,
  path: string,
  moved: Page | undefined,
  todayOf: (path: string) => string,
): string[] {
  const link = moved && linkAt(moved, place)
  const about = target ? [target.file === undefined ? null : todayOf(target.file), target.name] : [reason]
  const keyOf = (...parts: unknown[]) => JSON.stringify([source, ruleId, path, ...parts])
  const byTarget = keyOf(about)
  if (likely !== undefined && target && ruleId) return [byTarget, likelyKey(ruleId, path, target, todayOf)]
  return link ? [keyOf(about, link.url), byTarget, keyOf(link.url)] : [byTarget]
}

/**
 * The keys of the links of a page that could not be judged: if they are likely broken now, since evidence changes with the
 * tree, the change did not break them.
 */
const keysOfSkipped = (
  {skipped = []}: PageResult,
  path: string,
  todayOf: (path: string) => string,
): string[] => skipped.flatMap(({rule, target}) => (target ? [likelyKey(rule, path, target, todayOf)] : []))

/** The key that matches a likely finding with a link that could not be judged. */
const likelyKey = (rule: string, path: string, {file, name}: Target, todayOf: (path: string) => string) =>
  JSON.stringify(['likely', rule, path, file === undefined ? null : todayOf(file), name])
