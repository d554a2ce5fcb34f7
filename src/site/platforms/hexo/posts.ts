import escapeStringRegexp from 'escape-string-regexp'
import {ownValue} from '../../shared/data.ts'
import {hexoSlug} from '../../shared/hexo-slug.ts'
import type {HexoConfig} from './config.ts'

/** A parameter in a permalink: `:title`. */
const PARAMETER = /:(\w*[^_\W])/g
/** The parameters in the name of a post that its front matter does not get. */
const OF_NAME = new Set(['title', 'year', 'month', 'day', 'i_month', 'i_day', 'hash'])
/** The form of a parameter in the name of a post. */
const FORMS: ReadonlyMap<string, string> = new Map([
  ['year', String.raw`(\d{4})`],
  ['month', String.raw`(\d{2})`],
  ['day', String.raw`(\d{2})`],
  ['i_month', String.raw`(\d{1,2})`],
  ['i_day', String.raw`(\d{1,2})`],
  ['hash', '([0-9a-f]{12})'],
])

/** Stands for a value that is not known before the build. */
export const UNKNOWN = '\uFFFF'

/** A post, and what its permalink is made of. */
export interface Post {
  /** The name by which `{% post_link %}` finds it. */
  slug: string
  title: string | undefined
  /** The URL path, without a leading slash; it has {@link UNKNOWN} in place of what is not known. */
  url: string
  /** Where it may be published instead, if its date is shifted by a time zone. */
  otherUrls: readonly string[]
}

/** A path without its extension: `a/b.md` → `a/b` */
export const withoutExtension = (path: string): string => path.replace(/\.[^./]*$/, '')

/**
 * The values in the name of a post, as the setting `new_post_name` has it: `2024-01-31-news` → `year`, `title` and so on.
 *
 * @param path From the folder of posts.
 */
export function valuesOfName(path: string, {newPostName}: HexoConfig): Record<string, string> {
  const name = withoutExtension(path)
  const form = withoutExtension(newPostName)
  const values = name.length > LONGEST_NAME ? undefined : valuesIn(name, form)
  return {...values, title: values?.title ?? hexoSlug(name)}
}

const LONGEST_NAME = 500

function valuesIn(name: string, form: string): Record<string, string> | undefined {
  // Literal text and parameters take turns.
  const parts = form.split(PARAMETER)
  const names = parts.filter((_, at) => at % 2 === 1)
  // Each further parameter of any length would multiply the time.
  if (names.filter((each) => !FORMS.has(each)).length > 2) return
  const source = parts.map((part, at) =>
    at % 2 === 1 ? (FORMS.get(part) ?? '(.+?)') : escapeStringRegexp(part),
  )
  const found = new RegExp(`^${source.join('')}$`).exec(name)
  return found ? Object.fromEntries(names.map((each, at) => [each, found[at + 1]!])) : undefined
}

/**
 * A post by its front matter (Hexo's `post_permalink.ts`).
 *
 * @param path From the folder of posts.
 */
export function postAt(path: string, front: Record<string, unknown>, config: HexoConfig): Post {
  const named = valuesOfName(path, config)
  const ofName = Object.entries(named).filter(([key]) => !OF_NAME.has(key))
  const values = {...front, ...Object.fromEntries(ofName)}
  const slug = named.title!
  const title = typeof values.title === 'string' ? values.title : undefined
  const urlWith = (shift: number) => permalinkOf(slug, named, values, config, shift)
  const url = urlWith(0)
  return {slug, title, url, otherUrls: config.shifts.map(urlWith).filter((each) => each !== url)}
}

function permalinkOf(
  slug: string,
  named: Record<string, string>,
  values: Record<string, unknown>,
  config: HexoConfig,
  shift: number,
): string {
  const {permalink, hasPostAssets} = config
  const isFolder = (url: string) => !hasPostAssets || /(?:\/|\.html)$/.test(url)
  const own = values.permalink
  const url =
    typeof own === 'string' && own !== '' ? own : filled(permalink, slug, named, values, config, shift)
  return (isFolder(url) ? url : `${url}/`).replace(/^\/+/, '')
}

function filled(
  permalink: string,
  slug: string,
  named: Record<string, string>,
  values: Record<string, unknown>,
  config: HexoConfig,
  shift: number,
): string {
  const known: Record<string, unknown> = {
    layout: 'post',
    ...config.permalinkDefaults,
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    ...dateValues(values.date, named, shift),
    id: values.id ?? UNKNOWN,
    title: slug,
    name: slug.slice(slug.lastIndexOf('/') + 1),
    post_title: hexoSlug(plainText(values.title)).toLowerCase(),
    hash: UNKNOWN,
    category: categoryOf(values.categories ?? values.category, config),
  }
  return permalink.replace(PARAMETER, (_, name: string) => {
    const value = ownValue(known, name)
    return typeof value === 'object' && value !== null ? UNKNOWN : String(value)
  })
}

const DATE =
  /^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[Tt\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?)?(\s*(?:Z|[+-]\d{1,2}(?::?\d{2})?))?\s*$/

/** The parameters of a date: that of the front matter, which the build reads as local time, or that in the name. */
function dateValues(date: unknown, named: Record<string, string>, shift: number): Record<string, string> {
  const found = DATE.exec(typeof date === 'string' ? date : '')
  const [year, month, day] = [named.year, named.month ?? named.i_month, named.day ?? named.i_day]
  if (found) return partsOf(found.slice(1, 7), found[7], shift)
  if (date === undefined && year && month && day) return partsOf([year, month, day], undefined, shift)
  return Object.fromEntries(PARTS.map((part) => [part, UNKNOWN]))
}

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'i_month', 'i_day', 'timestamp']

/** @param zone The zone of the date, which is then read as universal time. */
function partsOf(
  numbers: readonly (string | undefined)[],
  zone: string | undefined,
  shift: number,
): Record<string, string> {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers.map((each) =>
    Number(each ?? 0),
  )
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?/.exec(zone ?? '') ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute - offset + shift, second))
  const two = (number: number) => String(number).padStart(2, '0')
  return {
    year: String(time.getUTCFullYear()),
    month: two(time.getUTCMonth() + 1),
    day: two(time.getUTCDate()),
    hour: two(time.getUTCHours()),
    minute: two(time.getUTCMinutes()),
    second: two(time.getUTCSeconds()),
    i_month: String(time.getUTCMonth() + 1),
    i_day: String(time.getUTCDate()),
    timestamp: UNKNOWN,
  }
}

/** The slug of the innermost category of a post. */
function categoryOf(given: unknown, config: HexoConfig): string {
  const list = [given].flat(1).filter((each) => each !== undefined && each !== null && each !== '')
  if (list.length === 0) return config.defaultCategory
  const paths: readonly unknown[][] = list.filter(Array.isArray)
  // The order of several paths of categories depends on the other posts.
  if (list.length > 1 && paths.length > 0) return UNKNOWN
  return (paths[0] ?? list).map((name) => categorySlug(plainText(name), config)).join('/')
}

/** A value of YAML as text; {@link UNKNOWN} for a list or a table. */
const plainText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? UNKNOWN : String(value ?? '')

/** The slug of a category: `C# & Go` → `C-Go`. */
function categorySlug(name: string, {categoryMap, letterCase}: HexoConfig): string {
  const slug = hexoSlug(plainText(ownValue(categoryMap, name) ?? name))
  if (letterCase === 1) return slug.toLowerCase()
  return letterCase === 2 ? slug.toUpperCase() : slug
}
