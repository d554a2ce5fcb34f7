import type {VFile} from 'vfile'
import type {VFileMessage} from 'vfile-message'
import type {CheckResult} from '../engine/types.ts'
import type {Link, Page} from '../page/types.ts'
import {foldersAbove} from '../text/paths.ts'
import {safe} from '../text/safe.ts'
import {withoutQuery} from '../text/urls.ts'
import type {Changes} from '../tree/changes.ts'

/** What a run found: its pages, and for each of them the messages that are to be reported. */
export interface Told {
  result: CheckResult
  files: readonly VFile[]
}

/** What a comparison of two runs came to. */
export interface Compared {
  /** Messages of before that are there still, and are not told. */
  known: number
  /** Errors and warnings of before that are there no more. */
  fixed: number
}

/**
 * Take away the messages of a run that an earlier run had, too, and name in the others what of the change brought them
 * about. Messages are matched by rule, page and target through renames, not by lines or words.
 *
 * @param isOwn Pages on which everything is told.
 */
export function compare(
  now: Told,
  before: Told,
  changes: Changes,
  isOwn: (path: string) => boolean = () => false,
): Compared {
  const today = (path: string) => changes.renamed.get(path) ?? path
  const moved = new Set(changes.renamed.values())
  const checked = new Set(now.result.pages.map(({path}) => path))
  const formers: Former[] = []
  const byKey = new Map<string, Former[]>()
  for (const [index, {path, page}] of before.result.pages.entries()) {
    const place = today(path)
    // What became of the messages of a page that is there still, but was not asked for, is not known.
    if (!checked.has(place) && !changes.deleted.has(path)) continue
    for (const message of before.files[index]!.messages) {
      const former = {weighs: message.fatal !== null, isLeft: false}
      formers.push(former)
      for (const key of keysOf(message, place, moved.has(place) ? page : undefined, today)) {
        if (!byKey.has(key)) byKey.set(key, [])
        byKey.get(key)!.push(former)
      }
    }
  }
  const present = now.result.pages.flatMap(({path, page}, index) =>
    now.files[index]!.messages.map((message) => ({
      message,
      keys: keysOf(message, path, moved.has(path) ? page : undefined, (target) => target),
    })),
  )
  const old = new Set<VFileMessage>()
  // The surest key of all of them first, or one would take what is another's.
  for (const nth of [0, 1, 2])
    for (const {message, keys} of present) {
      const same = keys[nth] !== undefined && !old.has(message) ? byKey.get(keys[nth]) : undefined
      let former = same?.pop()
      while (former?.isLeft) former = same!.pop()
      if (!former) continue
      former.isLeft = true
      old.add(message)
    }
  const earlier = new Map(before.result.pages.map(({path, page}) => [today(path), page]))
  let known = 0
  for (const [index, {path, page}] of now.result.pages.entries()) {
    const file = now.files[index]!
    file.messages = file.messages.filter((message) => {
      if (old.has(message)) {
        if (isOwn(path)) return true
        known++
        return false
      }
      const change =
        page && changeBehind(message, page, earlier.get(path), now.result, before.result, changes)
      if (change !== undefined) {
        message.change = safe(change)
        message.reason = message.message = `${message.reason} (${message.change})`
      }
      return true
    })
  }
  return {known, fixed: formers.filter(({weighs, isLeft}) => weighs && !isLeft).length}
}

/** A message of before. */
interface Former {
  /** It is an error or a warning. */
  weighs: boolean
  /** It is among those of now. */
  isLeft: boolean
}

/**
 * What makes two messages one, the surest first.
 *
 * @param path The page's path of today.
 * @param moved The page, if it was moved: its links are known by how they are written, too, as those that were left as
 * they are lead elsewhere.
 * @param today Where a target of then is now.
 */
function keysOf(
  {ruleId, source, target, reason, place}: VFileMessage,
  path: string,
  moved: Page | undefined,
  today: (path: string) => string,
): string[] {
  const link = moved && linkAt(moved, place)
  const about = target ? [target.file === undefined ? null : today(target.file), target.name] : [reason]
  const keyOf = (...parts: unknown[]) => JSON.stringify([source, ruleId, path, ...parts])
  const byTarget = keyOf(about)
  return link ? [keyOf(about, link.url), byTarget, keyOf(link.url)] : [byTarget]
}

function linkAt(page: Page, place: VFileMessage['place']): Link | undefined {
  const offset = place && 'start' in place ? place.start.offset : undefined
  return offset === undefined ? undefined : linksOf(page).byPlace.get(offset)
}

/** The first link of a page at each place, and of each URL. */
interface Links {
  byPlace: ReadonlyMap<number, Link>
  byUrl: ReadonlyMap<string, Link>
}

const known = new WeakMap<Page, Links>()

function linksOf(page: Page): Links {
  let found = known.get(page)
  if (!found) {
    // Of several with one key a map keeps the last.
    const links = page.links.toReversed()
    found = {
      byPlace: new Map(links.map((link) => [link.target.start, link])),
      byUrl: new Map(links.map((link) => [link.url, link])),
    }
    known.set(page, found)
  }
  return found
}

/**
 * What of a change brought a message about: what happened to the file that the link led to before.
 *
 * @param former The page as it was; nothing for a new one.
 */
function changeBehind(
  {target, place}: VFileMessage,
  page: Page,
  former: Page | undefined,
  now: CheckResult,
  before: CheckResult,
  changes: Changes,
): string | undefined {
  if (target?.file === undefined) return
  const link = linkAt(page, place)
  const same = link && former && linksOf(former).byUrl.get(link.url)
  const found = same && before.view(former!).resolve(same)
  const wasThere = found?.to === 'page' || found?.to === 'file'
  const file = wasThere ? found.path : target.file
  const gone = disappearance(file, changes)
  if (gone !== undefined) return gone
  if (!same) return
  // Somebody who wrote the link in this change may have meant another heading.
  if (target.name !== undefined && changes.changed.has(file) && !changes.changed.has(page.path))
    return `${file} lost #${target.name} in this change`
  // From a page that moved, the same link leads elsewhere.
  const left = wasThere && former!.path === page.path ? now.view(page).resolve(link) : undefined
  if (left?.to !== 'missing') return
  const cause = left.why === 'index' ? undefined : folderDisappearance(file, changes)
  if (cause !== undefined) return cause
  if (changes.changed.has(file)) return `${file} is no longer at ${withoutQuery(same.url)} since this change`
}

/** How a change took away a file, or the symlink or submodule that leads to it. */
function disappearance(file: string, {renamed, deleted}: Changes): string | undefined {
  for (const path of [file, ...foldersAbove(file)]) {
    const now = renamed.get(path)
    if (now !== undefined) return `${path} was renamed to ${now} in this change`
    if (deleted.has(path)) return `${path} was deleted in this change`
  }
}

/** How a change took away a folder that is there no more: a folder has no entry in git. */
function folderDisappearance(folder: string, changes: Changes): string | undefined {
  let gone = goneFolders.get(changes)
  if (!gone) goneFolders.set(changes, (gone = foldersOf(changes)))
  const places = gone.get(folder)
  if (!places) return
  const [place] = places
  if (place !== undefined && places.size === 1) return `${folder} was renamed to ${place} in this change`
  return `${folder} was deleted in this change`
}

const goneFolders = new WeakMap<Changes, ReadonlyMap<string, ReadonlySet<string | undefined>>>()

/** By folder where its files are now; an empty set where they are deleted, undefined where one has another name. */
function foldersOf({renamed, deleted}: Changes): Map<string, Set<string | undefined>> {
  const folders = new Map<string, Set<string | undefined>>()
  const note = (file: string, add: (places: Set<string | undefined>, rest: string) => void) => {
    for (const folder of foldersAbove(file)) {
      const places = folders.get(folder) ?? new Set()
      folders.set(folder, places)
      add(places, file.slice(folder.length))
    }
  }
  for (const [file, now] of renamed)
    note(file, (places, rest) => places.add(now.endsWith(rest) ? now.slice(0, -rest.length) : undefined))
  for (const file of deleted) note(file, () => {})
  return folders
}
