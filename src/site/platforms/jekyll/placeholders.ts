import {folderOf, nameOf} from '../../../text/paths.ts'

/** A file, and the front matter that determines its URL. */
export interface Document {
  /** From the site's root, or from the folder of collections. */
  path: string
  /** Empty for a page. */
  collection: string
  /** The file's front matter over the defaults of the configuration. */
  values: Record<string, unknown>
  /** The categories of these defaults, which the file's are added to. */
  defaultCategories?: unknown
}

export const withoutExtension = (path: string): string => path.replace(/\.[^./]*$/, '')

const MARKDOWN = /\.(?:md|markdown|mkdown|mkdn|mkd)$/i

/** Does Jekyll convert a file from Markdown by default (`markdown_ext`)? */
export const isMarkdown = (path: string): boolean => MARKDOWN.test(path)

/** The extension of the file that a source with front matter becomes: that of its permalink, or `a.scss` → `.css`. */
export function outputExtension({path, values: {permalink}}: Document): string {
  const own = typeof permalink === 'string' ? EXTENSION.exec(permalink)?.[0] : undefined
  if (own !== undefined) return own
  if (isMarkdown(path)) return '.html'
  const extension = EXTENSION.exec(path)?.[0] ?? ''
  return CONVERTED[extension] ?? extension
}

/** The extension of a name that does not begin with it. */
const EXTENSION = /(?<=[^/])\.[^./]+$/

const CONVERTED: Record<string, string> = {'.scss': '.css', '.sass': '.css', '.coffee': '.js'}

/** The date in the name of a post, and the rest of the name. */
const DATED = /^(\d{2,4})-(\d{1,2})-(\d{1,2})-(.*)$/

/** Does the name of a file in `_posts` make it a post? */
export const isPost = (path: string): boolean => DATED.test(withoutExtension(nameOf(path)))

/** The values of a document's placeholders in a permalink (Jekyll's `drops/url_drop.rb`). */
export function placeholdersOf(document: Document): Record<string, string | undefined> {
  const {path, collection, values} = document
  const name = withoutExtension(nameOf(path))
  if (collection === '') return {path: folderOf(path), basename: name, output_ext: outputExtension(document)}
  const dated = DATED.exec(name)
  const slug = typeof values.slug === 'string' ? values.slug : (dated?.[4] ?? name).replace(/\.+$/, '')
  const categories = categoriesOf(document)
  return {
    ...dateValues(/^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(String(values.date ?? '')) ?? dated),
    output_ext: outputExtension(document),
    collection,
    path: withoutExtension(collection === 'posts' ? path : path.slice(collection.length + 2)),
    name: slugify(name),
    title: prettySlug(slug),
    slug: slugify(slug),
    categories: [...new Set(categories.map((each) => each.toLowerCase()))].join('/'),
    slugified_categories: [...new Set(categories.map(slugify))].join('/'),
  }
}

/** The categories of a post: the folders above `_posts`, and those in its front matter. */
function categoriesOf({path, values, defaultCategories}: Document): string[] {
  const folders = folderOf(path.slice(0, Math.max(0, path.indexOf('_posts/')))).split('/')
  const named = [defaultCategories, values.categories].flatMap(words)
  const all = [...folders, ...named, ...[values.category].flat().filter(isNamed).map(String)]
  return [...new Set(all.filter(Boolean))]
}

const isNamed = (value: unknown) => typeof value === 'string' || typeof value === 'number'

/** The categories in a list, or the words of a text. */
const words = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(/\s+/) : [value].flat().filter(isNamed).map(String)

function dateValues(date: RegExpExecArray | null): Record<string, string> {
  if (!date) return {}
  const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])]
  const time = Date.UTC(year, month - 1, day)
  const weekday = new Date(time).getUTCDay()
  const week = isoWeek(time)
  const [longMonth, longDay] = [MONTHS[month - 1] ?? '', DAYS[weekday]!]
  return {
    year: String(year),
    month: digits(month, 2),
    day: digits(day, 2),
    i_month: String(month),
    i_day: String(day),
    short_month: longMonth.slice(0, 3),
    long_month: longMonth,
    short_year: String(year).slice(-2),
    w_year: String(week.year),
    week: digits(week.number, 2),
    w_day: String(weekday || 7),
    short_day: longDay.slice(0, 3),
    long_day: longDay,
    // 032 for 1 February.
    y_day: digits((time - Date.UTC(year, 0, 0)) / MS_PER_DAY, 3),
  }
}

const MS_PER_DAY = 86_400_000
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

const digits = (number: number, length: number) => String(number).padStart(length, '0')

/** The ISO week of a day: it belongs to the year that its Thursday is in. */
function isoWeek(time: number): {year: number; number: number} {
  const weekday = new Date(time).getUTCDay() || 7
  const thursday = time + (4 - weekday) * MS_PER_DAY
  const year = new Date(thursday).getUTCFullYear()
  return {year, number: Math.floor((thursday - Date.UTC(year, 0, 1)) / MS_PER_DAY / 7) + 1}
}

/** `What's New?` → `what-s-new`. */
const slugify = (text: string) =>
  text
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()

/** `What's New?` → `What's-New`. */
const prettySlug = (text: string) =>
  text.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu, '-').replace(/^-|-$/g, '')
