import {folderOf, isBelow, joinPath, nameOf} from '../../../text/paths.ts'
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
}

/** A token of a permalink, such as `:slug` or `:sections[1:]`. */
export const TOKEN = /:\w+(?:\[[^\]]*\])?/g

/** A page's URL, from the root of its language; unsupported tokens are kept, with their `:`. */
export function pageUrl(place: ContentPlace, front: Data, config: HugoConfig): string {
  const {folder, name} = place
  if (typeof front.url === 'string') {
    const url = `/${front.url.replace(/^\//, '')}`
    return /\/$|\.\w+$/.test(url) ? url : `${url}/`
  }
  if (name === '_index') return folder === '' ? '/' : `/${urlize(folder, config)}/`
  const pattern = permalinkFor(place, config)
  if (pattern !== undefined) return filledUrl(pattern, place, front, config)
  const path = joinPath(
    urlize(parentOf(place), config),
    urlize(slugIn(front) ?? contentBaseName(place), config),
  )
  return path === '' ? '/' : `/${path}${config.uglyUrls ? '.html' : '/'}`
}

/** Is a page the index of a leaf bundle? https://gohugo.io/content-management/page-bundles/ */
const isLeafBundle = ({name}: ContentPlace) => name === 'index'

const parentOf = (place: ContentPlace) => (isLeafBundle(place) ? folderOf(place.folder) : place.folder)

const contentBaseName = (place: ContentPlace) => (isLeafBundle(place) ? nameOf(place.folder) : place.name)

/** The top-level folder of a page; empty for a page, or a bundle, at the content root. */
const topFolder = (place: ContentPlace) =>
  isLeafBundle(place) && parentOf(place) === '' ? '' : place.folder.split('/')[0]!

const slugIn = ({slug}: Data) => (typeof slug === 'string' && slug !== '' ? slug : undefined)

function permalinkFor(place: ContentPlace, {permalinks}: HugoConfig): string | undefined {
  const section = topFolder(place)
  return permalinks[section.toLowerCase()] ?? (section === '' ? permalinks['/'] : undefined)
}

function filledUrl(pattern: string, place: ContentPlace, front: Data, config: HugoConfig): string {
  const values = tokenValues(place, front)
  const path = pattern.replace(TOKEN, (token) => {
    const value = values[token.toLowerCase()]
    return value === undefined ? token : urlize(value, config)
  })
  const url = `/${joinPath('', path)}`
  if (!config.uglyUrls && !/\.\w+$/.test(pattern)) return `${url}/`
  return /\.\w+$/.test(url) ? url : `${url}${config.uglyUrls ? '.html' : '/'}`
}

/** The values of permalink tokens: https://gohugo.io/configuration/permalinks/#tokens */
function tokenValues(place: ContentPlace, front: Data): Record<string, string | undefined> {
  const title = typeof front.title === 'string' ? front.title.replaceAll('/', '-') : undefined
  const date = front.date instanceof Date ? front.date.toISOString() : String(front.date ?? '')
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? []
  const slug = slugIn(front)
  const baseName = contentBaseName(place)
  return {
    ':year': year,
    ':month': month,
    ':day': day,
    ':section': topFolder(place),
    ':sections': parentOf(place),
    ':title': title,
    ':slug': slug ?? title,
    ':slugorfilename': slug ?? baseName,
    ':slugorcontentbasename': slug ?? baseName,
    ':filename': baseName,
    ':contentbasename': baseName,
  }
}
