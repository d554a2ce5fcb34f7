import {globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {isHttpUrl} from '../../../text/urls.ts'
import {record, strings} from '../../shared/data.ts'

/** The part of `_config.yml` that determines URLs and ids. */
export interface HexoConfig {
  /** The folder of pages and posts, from the tree's root. */
  source: string
  /** The path of the site on its host, with a leading and no trailing slash; empty at the top. */
  base: string
  /** The URL of the published site, without a trailing slash, if it is known. */
  home: string | undefined
  permalink: string
  permalinkDefaults: Record<string, unknown>
  newPostName: string
  /** The folder beside a post, of the same name, has files that are published with it. */
  hasPostAssets: boolean
  rendersDrafts: boolean
  /** The minutes by which the dates in URLs may differ from those of posts: the setting `timezone` shifts them. */
  shifts: readonly number[]
  defaultCategory: string
  categoryMap: Record<string, unknown>
  /** Slugs of categories: 0 as they are, 1 in lower case, 2 in upper case. */
  letterCase: unknown
  /** The folders of generated lists. */
  lists: readonly string[]
  /** The folder of pages of lists: `page/2/`. */
  pagination: string
  theme: string | undefined
  /** URLs that redirect. */
  aliases: Record<string, unknown>
  /** Options of hexo-renderer-marked. */
  marked: Record<string, unknown>
  /** Options of hexo-renderer-markdown-it. */
  markdown: Record<string, unknown>
  /** Patterns of files, by their paths in the folder of pages. */
  skipRender: Matcher
  include: Matcher
  exclude: Matcher
  /** The folder of code that `{% include_code %}` shows. */
  codeFolder: string
}

/** Does a pattern match a path? */
type Matcher = (path: string) => boolean

/** The URLs in the default configuration, and in its comments. */
const EXAMPLE = /^https?:\/\/(?:example\.com|yoursite\.com)(?:\/|$)/

/**
 * Read a parsed `_config.yml`.
 *
 * @param root The site's folder, from the tree's root.
 */
export function readHexoConfig(data: Record<string, unknown>, root: string): HexoConfig {
  const text = (key: string, standard: string) => (typeof data[key] === 'string' ? data[key] : standard)
  const url = text('url', '')
  const home = isHttpUrl(url) && !EXAMPLE.test(url) ? new URL(url) : undefined
  const path = text('root', home?.pathname ?? '/')
  const base = trimBoth(path, '/')
  return {
    source: joinPath(root, trimBoth(text('source_dir', 'source'), '/')),
    base: base && `/${base}`,
    home: home && trimEnd(`${home.origin}/${base}`, '/'),
    permalink: text('permalink', ':year/:month/:day/:title/'),
    permalinkDefaults: record(data.permalink_defaults),
    newPostName: text('new_post_name', ':title.md'),
    hasPostAssets: Boolean(data.post_asset_folder),
    rendersDrafts: data.render_drafts === true,
    shifts: shiftsOf(data.timezone),
    defaultCategory: text('default_category', 'uncategorized'),
    categoryMap: record(data.category_map),
    letterCase: data.filename_case,
    lists: ['archive', 'category', 'tag'].flatMap((name) => {
      const folder = trimBoth(text(`${name}_dir`, FOLDERS[name]!), '/')
      return folder === '' ? [] : [folder]
    }),
    pagination: trimBoth(text('pagination_dir', 'page'), '/'),
    theme: typeof data.theme === 'string' && data.theme !== '' ? data.theme : undefined,
    aliases: record(data.alias ?? data.aliases),
    marked: record(data.marked),
    markdown: record(data.markdown),
    skipRender: matcherOf(data.skip_render),
    include: matcherOf(data.include),
    exclude: matcherOf(data.exclude),
    codeFolder: trimBoth(text('code_dir', 'downloads/code'), '/'),
  }
}

/** The time zones of machines that build sites, in minutes ahead of UTC: UTC itself, and those furthest from it. */
const MACHINES = [0, -12 * 60, 14 * 60]

/** Hexo takes dates for ones of this time zone, and writes them in that of the machine that builds the site. */
function shiftsOf(timezone: unknown): number[] {
  if (typeof timezone !== 'string' || timezone === '') return []
  const offsets = ['2020-01-01', '2020-07-01'].map((day) => offsetOf(timezone, new Date(day)))
  return [...new Set(offsets.flatMap((offset) => MACHINES.map((machine) => machine - offset)))]
}

/** The minutes by which a time zone is ahead of UTC: 480 for `Asia/Taipei`; 0 for an unknown one. */
function offsetOf(timeZone: string, at: Date): number {
  try {
    const shown = new Intl.DateTimeFormat('en', {timeZone, timeZoneName: 'longOffset'}).format(at)
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{1,2}):?(\d{2})?/.exec(shown) ?? []
    return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  } catch {
    return 0
  }
}

const FOLDERS: Record<string, string> = {archive: 'archives', category: 'categories', tag: 'tags'}

/** Create the test of whether a path matches one of some patterns; those that may mean something else match nothing. */
function matcherOf(patterns: unknown): Matcher {
  const all = strings(patterns).flatMap((pattern) => globsOf([pattern], 'picomatch') ?? [])
  return (path) => all.some((each) => each.test(path))
}
