import {folderOf, nameOf} from '../../../text/paths.ts'
import {strings} from '../../shared/data.ts'
import type {JekyllConfig} from './config.ts'

/** The named permalink styles (Jekyll's `configuration.rb` and `document.rb`). */
const STYLES: Record<string, string> = {
  none: '/:categories/:title:output_ext',
  date: '/:categories/:year/:month/:day/:title:output_ext',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
}

const MARKDOWN = /\.(?:md|markdown|mkdown|mkdn|mkd)$/i

/** Does Jekyll convert a file from Markdown by default (`markdown_ext`)? */
export const isMarkdown = (path: string): boolean => MARKDOWN.test(path)

/** A file, and the front matter that determines its URL. */
export interface Document {
  /** From the site's root. */
  path: string
  /** Empty for a page. */
  collection: string
  /** The file's front matter over the defaults of the configuration. */
  values: Record<string, unknown>
}

/**
 * The URL of a document: `_posts/2024-01-31-news.md` → `/2024/01/31/news.html`.
 *
 * @returns a URL that still contains a `:` for each unsupported placeholder
 */
export const urlOf = (document: Document, config: JekyllConfig): string =>
  filled(templateFor(document, config), document)

/** The permalink that applies to a document: https://jekyllrb.com/docs/permalinks/ */
function templateFor({path, collection, values}: Document, config: JekyllConfig): string {
  if (typeof values.permalink === 'string') return values.permalink
  const style = config.permalink
  const own = config.collections[collection]?.permalink
  if (collection === 'posts') return own ?? STYLES[style] ?? style
  const end = style === 'pretty' || style.endsWith('/') ? '/' : ':output_ext'
  if (collection) return own ?? `/:collection/:path${end}`
  const folder = folderOf(path)
  const name = withoutExtension(nameOf(path))
  // A README has this URL, besides that of its folder if jekyll-readme-index runs.
  return name === 'index' ? `/${folder}/` : `/${folder}/${name}${end}`
}

/** Expand a permalink (Jekyll's `drops/url_drop.rb`); unsupported placeholders are kept, with their `:`. */
function filled(template: string, document: Document): string {
  const values = placeholderValues(document)
  const url = template.replace(/:([a-z_]+)/g, (placeholder, name: string) => values[name] ?? placeholder)
  return url.startsWith('/') ? url : `/${url}`
}

function placeholderValues({path, collection, values}: Document): Record<string, string | undefined> {
  const file = nameOf(path)
  const name = withoutExtension(file)
  const post = /^(\d{4})-(\d{1,2})-(\d{1,2})-(.*)$/.exec(name)
  const title = typeof values.slug === 'string' ? slugify(values.slug) : (post?.[4] ?? name)
  const inCollection = collection && collection !== 'posts' ? path.slice(collection.length + 2) : path
  return {
    ...dateValues(/^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(String(values.date ?? '')) ?? post),
    output_ext: isMarkdown(path) ? '.html' : (/\.[^.]*$/.exec(file)?.[0] ?? ''),
    collection,
    path: withoutExtension(inCollection),
    basename: name,
    name: slugify(name),
    title,
    slug: slugify(title),
    categories: categoriesOf(path, values).join('/'),
  }
}

/** The categories of a post: the folders above `_posts`, and those in its front matter. */
function categoriesOf(path: string, {categories, category}: Document['values']): string[] {
  const folders = folderOf(path.slice(0, Math.max(0, path.indexOf('_posts/')))).split('/')
  const named = categories ?? category
  const all = [...folders, ...(typeof named === 'string' ? named.split(' ') : strings(named))]
  return [...new Set(all.filter(Boolean).map(slugify))]
}

function dateValues(date: RegExpExecArray | null): Record<string, string> {
  const [, year = '', month = '', day = ''] = date ?? []
  if (!date) return {}
  return {
    year,
    month: month.padStart(2, '0'),
    day: day.padStart(2, '0'),
    i_month: String(Number(month)),
    i_day: String(Number(day)),
    short_year: year.slice(2),
    y_day: dayOfYear(Number(year), Number(month), Number(day)),
  }
}

/** The day of the year, in three digits: `032` for 1 February. */
const dayOfYear = (year: number, month: number, day: number) =>
  String((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 0)) / 86_400_000).padStart(3, '0')

const withoutExtension = (path: string) => path.replace(/\.[^.]*$/, '')

const slugify = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '')
