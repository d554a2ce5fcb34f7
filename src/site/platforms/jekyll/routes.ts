import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {folderOf} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {record, strings} from '../../shared/data.ts'
import {type KramdownOptions, readKramdownOptions} from './anchors.ts'

/** What of `_config.yml` decides URLs. */
export interface JekyllConfig {
  /** Begins with a slash and does not end in one; empty at the root of a host. */
  baseurl: string
  permalink: string
  collections: Record<string, {output: boolean; permalink?: string}>
  include: ReadonlySet<string>
  /** Files and folders that are left out, and those that globs fit; nothing for globs that are not understood. */
  exclude: {names: ReadonlySet<string>; globs: Globs | undefined}
  defaults: {path: string; type: string; values: Record<string, unknown>}[]
  /** Files may come from a theme gem or from plugins, which the tree does not show. */
  theme: boolean
  plugins: boolean
  /** kramdown with its GFM input makes the ids. */
  gfm: boolean
  /** kramdown with its own input makes the ids. */
  kramdown?: KramdownOptions
  /** kramdown reads what stands in blocks of HTML. */
  markdownInHtml: boolean
}

/** More defaults than any site has. */
const MOST_DEFAULTS = 500

const ALWAYS_EXCLUDED = [
  'Gemfile',
  'Gemfile.lock',
  'gemfiles',
  'node_modules',
  'vendor/bundle',
  'vendor/cache',
  'vendor/gems',
  'vendor/ruby',
]
/** Permalink styles with names (Jekyll's `configuration.rb` and `document.rb`). */
const STYLES: Record<string, string> = {
  none: '/:categories/:title:output_ext',
  date: '/:categories/:year/:month/:day/:title:output_ext',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
}
const MARKDOWN = /\.(?:md|markdown|mkdown|mkdn|mkd)$/i

/** Take from a parsed `_config.yml` what decides URLs. */
export function readConfig(data: unknown, tree: Tree, root: string): JekyllConfig {
  const config = record(data)
  const collections: JekyllConfig['collections'] = {}
  const given = config.collections
  for (const name of Array.isArray(given) ? strings(given) : Object.keys(record(given))) {
    const own = record(record(given)[name])
    collections[name] = {output: own.output === true}
    if (typeof own.permalink === 'string') collections[name].permalink = own.permalink
  }
  collections.posts = {...collections.posts, output: true}
  const baseurl = typeof config.baseurl === 'string' ? trimBoth(config.baseurl, '/') : ''
  const prefix = root ? `${root}/` : ''
  const kramdown = record(config.kramdown)
  const byKramdown = config.markdown === undefined || config.markdown === 'kramdown'
  const plain = byKramdown ? readKramdownOptions(kramdown) : undefined
  return {
    baseurl: baseurl && `/${baseurl}`,
    permalink: typeof config.permalink === 'string' ? config.permalink : 'date',
    collections,
    include: new Set(strings(config.include)),
    exclude: readExclude([...ALWAYS_EXCLUDED, ...strings(config.exclude)]),
    defaults: (Array.isArray(config.defaults) ? config.defaults : []).slice(0, MOST_DEFAULTS).map((item) => {
      const scope = record(record(item).scope)
      return {
        path: String(scope.path ?? ''),
        type: String(scope.type ?? ''),
        values: record(record(item).values),
      }
    }),
    theme: typeof config.theme === 'string' || typeof config.remote_theme === 'string',
    plugins: [...tree.files].some((file) => file.startsWith(`${prefix}_plugins/`) && file.endsWith('.rb')),
    gfm:
      byKramdown &&
      (kramdown.input === undefined || kramdown.input === 'GFM') &&
      kramdown.auto_ids !== false &&
      kramdown.auto_id_prefix === undefined,
    ...(plain && {kramdown: plain}),
    markdownInHtml: kramdown.parse_block_html === true,
  }
}

/**
 * The URLs at which Jekyll publishes a file, the main one first, without `baseurl`.
 *
 * @param path From the site's root.
 * @param frontMatter The file's front matter; nothing for a file without any.
 * @returns nothing for what Jekyll does not publish; `unknown` where the configuration says more than is understood.
 */
export function publishedAt(
  path: string,
  frontMatter: Record<string, unknown> | undefined,
  config: JekyllConfig,
): string[] | 'unknown' {
  const segments = path.split('/')
  const collection = collectionOf(segments)
  if (collection === '' || !config.collections[collection]) {
    if (segments.some((segment) => isHidden(segment) && !config.include.has(segment))) return []
  } else if (!config.collections[collection].output) return []
  if (isExcluded(segments, config)) return []
  const markdown = MARKDOWN.test(path)
  // Without front matter Markdown is copied as it is; where an optional-front-matter plugin runs it is a page.
  if (!frontMatter && !markdown) return [`/${path}`]
  const values = {...defaultsFor(path, collection || 'pages', config), ...frontMatter}
  if (values.published === false) return []
  const urls =
    typeof values.permalink === 'string'
      ? [fill(values.permalink, path, values, collection)]
      : [ownUrl(path, values, collection, config)]
  if (urls.some((url) => url.includes(':'))) return 'unknown'
  if (!frontMatter) urls.unshift(`/${path}`)
  return urls.map((url) => url.replace(/\/{2,}/g, '/'))
}

/** The URLs that redirect to a page (jekyll-redirect-from); its own links are not read from there. */
export function redirectsTo(
  path: string,
  frontMatter: Record<string, unknown> | undefined,
  config: JekyllConfig,
): string[] {
  const values = {...defaultsFor(path, collectionOf(path.split('/')) || 'pages', config), ...frontMatter}
  return strings(values.redirect_from).map((url) => `/${url}`.replace(/\/{2,}/g, '/'))
}

/** The collection that a file is in by its path; empty for a page. */
const collectionOf = (segments: readonly string[]) =>
  segments.includes('_posts') ? 'posts' : segments[0]!.startsWith('_') ? segments[0]!.slice(1) : ''

const isHidden = (segment: string) => /^[_.#~]|~$/.test(segment)

function readExclude(patterns: readonly string[]): JekyllConfig['exclude'] {
  const names = patterns.map((name) => name.replace(/^\/|\/$/g, ''))
  return {
    names: new Set(names),
    globs: globsOf(
      names.filter((name) => /[*?[]/.test(name)),
      'jekyll',
    ),
  }
}

/** Is a file left out, or one of the folders that it is in? */
function isExcluded(segments: readonly string[], {exclude: {names, globs}}: JekyllConfig): boolean {
  let path = ''
  for (const segment of segments) {
    path += path === '' ? segment : `/${segment}`
    if (names.has(path) || globs?.test(path)) return true
  }
  return false
}

function defaultsFor(path: string, type: string, {defaults}: JekyllConfig): Record<string, unknown> {
  let values: Record<string, unknown> = {}
  for (const scope of defaults) {
    const folder = scope.path.replace(/\/$/, '')
    if (folder && path !== folder && !path.startsWith(`${folder}/`)) continue
    if (scope.type && scope.type !== type && `${scope.type}s` !== type) continue
    values = {...values, ...scope.values}
  }
  return values
}

function ownUrl(
  path: string,
  values: Record<string, unknown>,
  collection: string,
  config: JekyllConfig,
): string {
  const style = config.permalink
  if (collection === 'posts')
    return fill(config.collections.posts?.permalink ?? STYLES[style] ?? style, path, values, collection)
  const ends = style === 'pretty' || style.endsWith('/') ? '/' : ':output_ext'
  if (collection)
    return fill(
      config.collections[collection]?.permalink ?? `/:collection/:path${ends}`,
      path,
      values,
      collection,
    )
  const folder = folderOf(path)
  const name = path.slice(folder ? folder.length + 1 : 0).replace(/\.[^.]*$/, '')
  if (name === 'index') return `/${folder}/`
  // README is its folder's page where jekyll-readme-index runs (GitHub Pages); both URLs count.
  return fill(`/${folder}/${name}${ends}`, path, values, '')
}

/** Fill in a permalink template (Jekyll's `drops/url_drop.rb`); what is not understood stays, with its colon. */
function fill(template: string, path: string, values: Record<string, unknown>, collection: string): string {
  const within = collection && collection !== 'posts' ? path.slice(collection.length + 2) : path
  const file = path.slice(path.lastIndexOf('/') + 1)
  const base = file.replace(/\.[^.]*$/, '')
  const post = /^(\d{4})-(\d{1,2})-(\d{1,2})-(.*)$/.exec(base)
  const dated = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(String(values.date ?? '')) ?? post
  const title = typeof values.slug === 'string' ? slugify(values.slug) : (post?.[4] ?? base)
  const above = folderOf(path.slice(0, Math.max(0, path.indexOf('_posts/'))))
  const named = values.categories ?? values.category
  const categories = [...above.split('/'), ...(typeof named === 'string' ? named.split(' ') : strings(named))]
  const words: Record<string, string | undefined> = {
    output_ext: MARKDOWN.test(path) ? '.html' : (/\.[^.]*$/.exec(file)?.[0] ?? ''),
    collection,
    path: within.replace(/\.[^.]*$/, ''),
    basename: base,
    name: slugify(base),
    title,
    slug: slugify(title),
    categories: [...new Set(categories.filter(Boolean).map(slugify))].join('/'),
    year: dated?.[1],
    month: dated?.[2]?.padStart(2, '0'),
    day: dated?.[3]?.padStart(2, '0'),
    i_month: dated ? String(Number(dated[2])) : undefined,
    i_day: dated ? String(Number(dated[3])) : undefined,
    short_year: dated?.[1]?.slice(2),
    y_day: dated ? dayOfYear(dated) : undefined,
  }
  const url = template.replace(/:([a-z_]+)/g, (whole, word: string) => words[word] ?? whole)
  return url.startsWith('/') ? url : `/${url}`
}

const slugify = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '')

const dayOfYear = (date: RegExpExecArray) =>
  String(
    (Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) - Date.UTC(Number(date[1]), 0, 0)) /
      86_400_000,
  ).padStart(3, '0')
