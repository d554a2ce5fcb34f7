import {joinPath, pathBelow} from '../../../text/paths.ts'
import {ownValue} from '../../shared/data.ts'
import type {JekyllConfig} from './config.ts'
import {isPost} from './placeholders.ts'

/** The place of a file that is published. */
export interface Place {
  /** The collection that it belongs to; empty for a page. */
  collection: string
  /** From the folder of collections, or for a page from the site's root. */
  path: string
}

/**
 * Determine whether a file is a page, or part of a collection (Jekyll's `reader.rb` and `collection.rb`).
 *
 * @param path From the site's root.
 * @returns undefined for a file that Jekyll does not publish
 */
export function placeOf(path: string, config: JekyllConfig): Place | undefined {
  const {collectionsFolder, entries} = config
  const inside = collectionsFolder === '' ? path : pathBelow(path, collectionsFolder)
  const found =
    inside === undefined ? 'page' : (placeOfPost(inside, config) ?? placeInCollection(inside, config))
  if (found === 'page') return entries.reads(path) ? {collection: '', path} : undefined
  return found === 'unread' ? undefined : found
}

/** @returns undefined for a file that is not a post */
function placeOfPost(path: string, {collectionsFolder, entries}: JekyllConfig): Place | 'unread' | undefined {
  const [above, entry] = splitAt(`/${path}`, '/_posts/')
  const folder = joinPath(collectionsFolder, above.slice(1))
  if (entry === undefined || !isPost(path) || !entries.readsFolder(folder)) return
  const isRead = entries.readsEntry(entry, joinPath(folder, '_posts'), false)
  return isRead ? {collection: 'posts', path} : 'unread'
}

function placeInCollection(path: string, {collections, entries}: JekyllConfig): Place | 'unread' | 'page' {
  const [folder, entry] = splitAt(path, '/')
  const name = folder.slice(1)
  const collection = folder.startsWith('_') && name !== 'posts' ? ownValue(collections, name) : undefined
  if (entry === undefined || !collection) return 'page'
  const isRead = collection.output && entries.readsEntry(entry, folder, false)
  return isRead ? {collection: name, path} : 'unread'
}

/** Split a text at the first of a separator; without any, the second part is undefined. */
function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)]
}
