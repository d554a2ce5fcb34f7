import type {VFileMessage} from 'vfile-message'
import type {CheckResult} from '../engine/types.ts'
import type {Page} from '../page/types.ts'
import type {Resolution} from '../site/types.ts'
import {foldersAbove} from '../text/paths.ts'
import {withoutQuery} from '../text/urls.ts'
import type {Changes} from '../tree/changes.ts'
import {linkAt, linkTo} from './links.ts'

/** Two runs, and the change between them. */
export interface ChangedRuns {
  now: CheckResult
  before: CheckResult
  changes: Changes
}

/** The part of a change that caused a message, as text. */
export interface Cause {
  text: string
  /** The files that the text names, by their paths from the root, in order of appearance. */
  paths: readonly string[]
}

/**
 * The part of a change that caused a message: the change of the file that the link led to before.
 *
 * @param former The page before the change; undefined for a new one.
 * @returns undefined if no part of the change explains the message
 */
export function causeOf(
  {target, place}: VFileMessage,
  page: Page,
  former: Page | undefined,
  {now, before, changes}: ChangedRuns,
): Cause | undefined {
  if (target?.file === undefined) return
  const link = linkAt(page, place)
  const formerLink = link && former && linkTo(former, link.url)
  const formerTarget = formerLink && pathOf(before.view(former!).resolve(formerLink))
  const file = formerTarget ?? target.file
  const gone = disappearanceOf(file, changes)
  if (gone !== undefined || !formerLink) return gone
  // The author of a link written in this change may have meant another heading.
  if (target.name !== undefined && changes.changed.has(file) && !changes.changed.has(page.path))
    return {text: `${file} lost #${target.name} in this change`, paths: [file]}
  // On a page that moved, the same link leads elsewhere.
  if (formerTarget === undefined || former!.path !== page.path) return
  const resolution = now.view(page).resolve(link)
  return resolution.to === 'missing' ? unpublishingOf(file, link.url, resolution.why, changes) : undefined
}

const pathOf = (found: Resolution): string | undefined =>
  found.to === 'page' || found.to === 'file' ? found.path : undefined

/** The change that unpublished a file at the URL that links use, or a folder with all its files. */
function unpublishingOf(
  file: string,
  url: string,
  why: (Resolution & {to: 'missing'})['why'],
  changes: Changes,
): Cause | undefined {
  const cause = why === 'index' ? undefined : folderDisappearanceOf(file, changes)
  if (cause !== undefined) return cause
  if (changes.changed.has(file))
    return {text: `${file} is no longer at ${withoutQuery(url)} since this change`, paths: [file]}
}

/** The change that removed a file, or the symlink or submodule that contains it. */
function disappearanceOf(file: string, {renamed, deleted}: Changes): Cause | undefined {
  for (const path of [file, ...foldersAbove(file)]) {
    const now = renamed.get(path)
    if (now !== undefined) return renaming(path, now)
    if (deleted.has(path)) return deletion(path)
  }
}

/** The change that removed a folder, which has no entry of its own in Git. */
function folderDisappearanceOf(folder: string, changes: Changes): Cause | undefined {
  let folders = goneFolders.get(changes)
  if (!folders) goneFolders.set(changes, (folders = goneFoldersOf(changes)))
  const places = folders.get(folder)
  if (!places) return
  const [place] = places
  return place !== undefined && places.size === 1 ? renaming(folder, place) : deletion(folder)
}

const renaming = (path: string, now: string): Cause => ({
  text: `${path} was renamed to ${now} in this change`,
  paths: [path, now],
})

const deletion = (path: string): Cause => ({text: `${path} was deleted in this change`, paths: [path]})

/** For each folder that lost files, the folders that now contain them; undefined for files whose names changed, too. */
type GoneFolders = Map<string, Set<string | undefined>>

const goneFolders = new WeakMap<Changes, GoneFolders>()

function goneFoldersOf({renamed, deleted}: Changes): GoneFolders {
  const folders: GoneFolders = new Map()
  const placesOf = (folder: string) => {
    const places = folders.get(folder) ?? new Set()
    folders.set(folder, places)
    return places
  }
  for (const [file, now] of renamed)
    for (const folder of foldersAbove(file)) {
      const rest = file.slice(folder.length)
      placesOf(folder).add(now.endsWith(rest) ? now.slice(0, -rest.length) : undefined)
    }
  for (const file of deleted) for (const folder of foldersAbove(file)) placesOf(folder)
  return folders
}
