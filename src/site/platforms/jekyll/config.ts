import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {isBelow, joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {record, records, strings} from '../../shared/data.ts'
import {type KramdownOptions, readKramdownOptions} from './heading-ids.ts'

/** The part of `_config.yml` that decides URLs and ids. */
export interface JekyllConfig {
  /** The full URL at which the site is published, without a slash at the end, if that is known. */
  home: string | undefined
  /** Begins with a slash and does not end in one; empty at the root of a host. */
  baseurl: string
  permalink: string
  collections: Record<string, {output: boolean; permalink?: string}>
  /** Hidden files and folders that are published all the same. */
  include: ReadonlySet<string>
  /** Files and folders that are left out, and those that globs match; undefined for globs that are not understood. */
  exclude: {names: ReadonlySet<string>; globs: Globs | undefined}
  /** Front matter defaults, in order. */
  defaults: FrontMatterDefaults[]
  /** A theme gem may publish files that the tree does not hold. */
  theme: boolean
  /** Plugins of the site's own may publish anything. */
  plugins: boolean
  /** kramdown makes the ids, reading GFM. */
  gfm: boolean
  /** kramdown makes the ids, reading its own format. */
  kramdown?: KramdownOptions
  /** kramdown reads Markdown in blocks of HTML. */
  markdownInHtml: boolean
}

/** Front matter of all files in a scope: https://jekyllrb.com/docs/configuration/front-matter-defaults/ */
interface FrontMatterDefaults {
  path: string
  type: string
  values: Record<string, unknown>
}

/** More defaults than any site has. */
const MOST_DEFAULTS = 500

/** Jekyll's own `exclude`, which that of a site adds to. */
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

/** Settings of Hexo, whose configuration has the same name. */
const HEXO = ['source_dir', 'public_dir', 'archive_dir', 'new_post_name', 'skip_render', 'default_layout']

/** Whether a `_config.yml` is Hexo's. */
export const isHexo = (config: Record<string, unknown>): boolean => HEXO.some((key) => key in config)

/** Read a parsed `_config.yml`. */
export function readJekyllConfig(config: Record<string, unknown>, tree: Tree, root: string): JekyllConfig {
  const baseurl = typeof config.baseurl === 'string' ? trimBoth(config.baseurl, '/') : ''
  const pluginFolder = joinPath(root, '_plugins')
  return {
    home: readHome(config),
    baseurl: baseurl && `/${baseurl}`,
    permalink: typeof config.permalink === 'string' ? config.permalink : 'date',
    collections: readCollections(config.collections),
    include: new Set(strings(config.include)),
    exclude: readExclude([...ALWAYS_EXCLUDED, ...strings(config.exclude)]),
    defaults: readDefaults(config.defaults),
    theme: typeof config.theme === 'string' || typeof config.remote_theme === 'string',
    plugins: [...tree.files].some((file) => isBelow(file, pluginFolder) && file.endsWith('.rb')),
    ...readMarkup(config),
  }
}

function readHome({url, baseurl = ''}: Record<string, unknown>): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url) || typeof baseurl !== 'string') return
  return trimEnd(`${url}/${baseurl}`.replace(/(?<!:)\/{2,}/g, '/'), '/')
}

function readCollections(given: unknown): JekyllConfig['collections'] {
  const collections: JekyllConfig['collections'] = {}
  for (const name of Array.isArray(given) ? strings(given) : Object.keys(record(given))) {
    const {output, permalink} = record(record(given)[name])
    collections[name] = {output: output === true, ...(typeof permalink === 'string' && {permalink})}
  }
  collections.posts = {...collections.posts, output: true}
  return collections
}

function readExclude(patterns: readonly string[]): JekyllConfig['exclude'] {
  const names = patterns.map((name) => name.replace(/^\/|\/$/g, ''))
  const globs = names.filter((name) => /[*?[]/.test(name))
  return {names: new Set(names), globs: globsOf(globs, 'jekyll')}
}

const readDefaults = (defaults: unknown): FrontMatterDefaults[] =>
  records(defaults)
    .slice(0, MOST_DEFAULTS)
    .map(({scope, values}) => ({
      path: String(record(scope).path ?? ''),
      type: String(record(scope).type ?? ''),
      values: record(values),
    }))

function readMarkup(
  config: Record<string, unknown>,
): Pick<JekyllConfig, 'gfm' | 'kramdown' | 'markdownInHtml'> {
  const options = record(config.kramdown)
  const isKramdown = config.markdown === undefined || config.markdown === 'kramdown'
  const kramdown = isKramdown ? readKramdownOptions(options) : undefined
  return {
    gfm:
      isKramdown &&
      (options.input === undefined || options.input === 'GFM') &&
      options.auto_ids !== false &&
      options.auto_id_prefix === undefined,
    ...(kramdown && {kramdown}),
    markdownInHtml: options.parse_block_html === true,
  }
}
