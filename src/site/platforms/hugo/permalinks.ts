import {joinPath} from '../../../text/paths.ts'
import type {HugoConfig} from './config.ts'
import type {Data} from './config-files.ts'
import {type ContentPlace, contentBaseName, parentOf, slugIn, topFolder, urlize} from './urls.ts'

/** A token of a permalink, such as `:slug` or `:sections[1:]`. */
export const TOKEN = /:\w+(?:\[[^\]]*\])?/g

/** A page's URL, from the root of its language; unsupported tokens are kept, with their `:`. */
export function pageUrl(place: ContentPlace, front: Data, config: HugoConfig): string {
  const {folder, name} = place
  if (name === '_index' && folder === '') return '/'
  if (typeof front.url === 'string') {
    const url = `/${front.url.replace(/^\//, '')}`
    return /\/$|\.\w+$/.test(url) ? url : `${url}/`
  }
  if (name === '_index') return `/${urlize(folder, config)}/`
  const pattern = permalinkFor(place, config)
  if (pattern !== undefined) return permalink(pattern, place, front, config)
  const path = joinPath(
    urlize(parentOf(place), config),
    urlize(slugIn(front) ?? contentBaseName(place), config),
  )
  return path === '' ? '/' : `/${path}${config.uglyUrls ? '.html' : '/'}`
}

function permalinkFor(place: ContentPlace, {permalinks}: HugoConfig): string | undefined {
  const section = topFolder(place)
  return permalinks[section.toLowerCase()] ?? (section === '' ? permalinks['/'] : undefined)
}

/** The URL that a permalink gives a page; unsupported tokens are kept, with their `:`. */
function permalink(pattern: string, place: ContentPlace, front: Data, config: HugoConfig): string {
  const values = tokenValues(place, front)
  const path = pattern.replace(TOKEN, (token) => {
    const value = values[token.toLowerCase()] ?? sliceOfSections(token, place)
    return value === undefined ? token : urlize(value, config)
  })
  const url = `/${joinPath('', path)}`
  if (!config.uglyUrls && !/\.\w+$/.test(pattern)) return `${url}/`
  return /\.\w+$/.test(url) ? url : `${url}${config.uglyUrls ? '.html' : '/'}`
}

/** The values of permalink tokens: https://gohugo.io/configuration/permalinks/#tokens */
function tokenValues(place: ContentPlace, front: Data): Record<string, string | undefined> {
  const title = typeof front.title === 'string' ? front.title.replaceAll('/', '-') : undefined
  const slug = slugIn(front)
  const baseName = contentBaseName(place)
  return {
    ...dateValues(front.date),
    ':section': topFolder(place),
    ':sections': place.section,
    ':title': title,
    ':slug': slug ?? title,
    ':slugorfilename': slug ?? baseName,
    ':slugorcontentbasename': slug ?? baseName,
    ':filename': baseName,
    ':contentbasename': baseName,
  }
}

function dateValues(date: unknown): Record<string, string> {
  const text = date instanceof Date ? date.toISOString() : String(date ?? '')
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? []
  if (year === undefined) return {}
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const weekday = new Date(time).getUTCDay()
  return {
    ':year': year,
    ':month': month!,
    ':monthname': MONTHS[Number(month) - 1] ?? '',
    ':day': day!,
    ':weekday': String(weekday),
    ':weekdayname': WEEKDAYS[weekday]!,
    ':yearday': String((time - Date.UTC(Number(year), 0, 0)) / MS_PER_DAY),
  }
}

const MS_PER_DAY = 86_400_000
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

/** `:sections[1:]` → `guide/install` for a page in `docs/guide/install`; undefined for another token. */
function sliceOfSections(token: string, {section}: ContentPlace): string | undefined {
  const [, from, colon, to] = /^:sections\[(\d+|last)?(?:(:)(\d+|last)?)?\]$/i.exec(token) ?? []
  const folders = section === '' ? [] : section.split('/')
  const at = (text: string) => (text.toLowerCase() === 'last' ? folders.length - 1 : Number(text))
  if (colon === undefined) return from === undefined ? undefined : (folders[at(from)] ?? '')
  return folders.slice(from === undefined ? 0 : at(from), to === undefined ? undefined : at(to)).join('/')
}
