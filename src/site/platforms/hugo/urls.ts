import {folderOf, isBelow, nameOf} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {HugoConfig, Language} from './config.ts'
import type {Data} from './config-files.ts'

/** Normalize a content path, so that paths of the same page are equal: `/My Page/` → `/my-page`. */
export const pathKey = (path: string) => trimEnd(path.toLowerCase().replaceAll(' ', '-'), '/')

/** The language whose prefix a URL begins with: `de` for `/de/a`. */
export const languageOfUrl = (
  url: string,
  {languages}: Pick<HugoConfig, 'languages'>,
): Language | undefined => languages.find(({prefix}) => prefix !== '' && isBelow(url, prefix))

/** Convert a path to a part of a URL: `My Page!` → `my-page`. */
export function urlize(path: string, {lowerCase, removeAccents}: HugoConfig): string {
  const kept = (removeAccents ? withoutAccents(path) : path)
    .replace(/[^\p{L}\p{Nd}\p{M}\s./\\_#+~@%-]|%(?![\da-f]{2})/giu, '')
    .trim()
    .replace(/\s+/g, '-')
  return lowerCase ? [...kept].map((letter) => letter.toLowerCase()).join('') : kept
}

/** Remove accents and other combining marks: `naïve` → `naive`. */
export const withoutAccents = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')

/** The position of a file in the content. */
export interface ContentPlace {
  /** From the content root. */
  folder: string
  /** The file's name without language and extension. */
  name: string
  /** The nearest folder above with a page of its own, or else the one at the top. */
  section: string
}

type Place = Pick<ContentPlace, 'folder' | 'name'>

/** Is a page the index of a leaf bundle? https://gohugo.io/content-management/page-bundles/ */
const isLeafBundle = ({name}: Place) => name === 'index'

export const parentOf = (place: Place) => (isLeafBundle(place) ? folderOf(place.folder) : place.folder)

export const contentBaseName = (place: Place) => (isLeafBundle(place) ? nameOf(place.folder) : place.name)

/** The top-level folder of a page; empty for a page, or a bundle, at the content root. */
export const topFolder = (place: Place) =>
  isLeafBundle(place) && parentOf(place) === '' ? '' : place.folder.split('/')[0]!

export const slugIn = ({slug}: Data) => (typeof slug === 'string' && slug !== '' ? slug : undefined)
