import {withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {nameOf} from '../../../text/paths.ts'
import {doubt} from '../../doubts.ts'
import {splitUrl, type UrlParts} from '../../shared/local-url.ts'
import type {Resolution} from '../../types.ts'

/** What a link names: the name or path of a file, and a place in it. */
export type Target = Pick<UrlParts, 'path' | 'fragment'>

/** An address elsewhere: `https://e.org`, `obsidian://open`, `mailto:a@e.org`. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:\/\/|mailto:)/i
/** Code of templates, `{{title}}`, `<% tp.file.title %>`, `${name}`, and what no name may contain: `<name>`, `*.jpg`. */
const PLACEHOLDER = /\{\{|\$\{|[<>*]/

/**
 * The target of a wikilink, which is not encoded: `Note#A#B` → `Note` and `A#B`.
 *
 * @returns its resolution if it is the address of something elsewhere, or not known
 */
export function targetOf(url: string): Target | Resolution {
  const parts = ADDRESS.test(url) ? splitUrl(url) : undefined
  if (parts && 'to' in parts) return parts
  if (PLACEHOLDER.test(url)) return {to: 'unknown', doubt: doubt('placeholder')}
  const hash = url.indexOf('#')
  return hash < 0 ? {path: url} : {path: url.slice(0, hash).trim(), fragment: url.slice(hash + 1).trim()}
}

/** Files that Obsidian shows, but never creates. */
const ATTACHMENT =
  /\.(?:avif|bmp|gif|jpe?g|png|svg|webp|3gp|flac|m4a|mp3|ogg|opus|wav|mkv|mov|mp4|ogv|webm|pdf|canvas|base)$/i
/** Notes about days, weeks, months and years. */
const DATE = /^\d{4}(?:[-_. ]?(?:\d{1,2}|W\d{1,2}|Q[1-4])(?:[-_. ]?\d{1,2})?)?$/i

/** May a name be that of a note? */
export const mayBeNote = (path: string): boolean => !ATTACHMENT.test(path)

/** Does a name belong to a note about a day or another time, which is written when that has come? */
export const isDated = (path: string): boolean => DATE.test(withoutMarkdownExtension(nameOf(path)))
