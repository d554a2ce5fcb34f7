import type {Page} from '../../../page/types.ts'
import {folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import {record} from '../../shared/data.ts'
import {vuepress1Slug} from '../../shared/slugs.ts'
import type {VuepressConfig} from './config.ts'
import type {Version} from './versions.ts'

/** Stands for text of a permalink that is not known. */
export const GAP = '\0'

const DATE = /(\d{4}-\d{1,2}(?:-\d{1,2})?)-(.*)/

/** A source file that is published. */
export interface Source {
  /** Its path from the source folder. */
  path: string
  /** The URL path that follows from that. */
  regular: string
  page: Page | undefined
}

/**
 * The URL path that front matter or the configuration gives a page, with {@link GAP} for what is not known (`getPermalink`
 * of the first version, `resolvePagePermalink` of the second); undefined if it has none.
 */
export function permalinkOf(source: Source, config: VuepressConfig, version: Version): string | undefined {
  const {permalink, permalinkPattern} = record(source.page?.frontMatter?.data)
  const locale = localeOf(source.regular, config.locales)
  if (version === 1) {
    const pattern = typeof permalink === 'string' && permalink !== '' ? permalink : config.permalink
    return pattern && withSlashes(locale + filled(pattern.replace(/^\//, ''), source, version))
  }
  if (permalink === null) return
  if (typeof permalink === 'string') return permalink || undefined
  if (permalinkPattern === null) return
  const pattern = typeof permalinkPattern === 'string' ? permalinkPattern : config.permalink
  return (
    pattern && `/${joinPath('', locale + filled(pattern, source, version))}${/\/$/.test(pattern) ? '/' : ''}`
  )
}

/** `own` → `/own/`, `own.html` → `/own.html` */
const withSlashes = (path: string) => `/${path}${path.endsWith('.html') ? '' : '/'}`.replace(/\/{2,}/g, '/')

/** The folder of the language that a URL path is in: the longest one. */
const localeOf = (path: string, locales: readonly string[]) =>
  locales.filter((each) => path.startsWith(each)).sort((a, b) => b.length - a.length)[0] ?? '/'

const VARIABLE = /:(year|month|i_month|day|i_day|minutes|seconds|slug|regular|raw)\b/g

function filled(pattern: string, source: Source, version: Version): string {
  const [year, month, day] = dateOf(source)
  const values: Record<string, string> = {
    year: year ?? GAP,
    month: month ?? GAP,
    day: day ?? GAP,
    i_month: month?.replace(/^0/, '') ?? GAP,
    i_day: day?.replace(/^0/, '') ?? GAP,
    minutes: GAP,
    seconds: GAP,
    slug: slugOf(source, version),
    regular: source.regular.slice(1),
    raw: source.regular.slice(1),
  }
  return pattern.replace(VARIABLE, (_, name: string) => values[name]!)
}

/** The date in the name of a file; that of front matter, or the time of a commit, counts as unknown. */
function dateOf({path, page}: Source): (string | undefined)[] {
  const {date} = record(page?.frontMatter?.data)
  const found = date === undefined ? DATE.exec(stemOf(path))?.[1] : undefined
  return found === undefined ? [] : found.split('-').map((each) => each.padStart(2, '0'))
}

function slugOf({path}: Source, version: Version): string {
  const name = stripped(stemOf(path))
  if (version === 2) return name
  const isIndex = /^(?:index|readme)$/i.test(name)
  return vuepress1Slug((isIndex && stripped(nameOf(folderOf(path)))) || name)
}

const stripped = (name: string) => DATE.exec(name)?.[2] ?? name

const stemOf = (path: string) => nameOf(path).replace(/\.\w+$/, '')
