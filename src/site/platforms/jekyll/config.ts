import {nameOf} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {record, strings} from '../../shared/data.ts'
import {type FrontMatterDefaults, readDefaults} from './defaults.ts'
import {Entries} from './entries.ts'
import {type KramdownOptions, readKramdownOptions} from './heading-ids.ts'

/** The part of `_config.yml` that determines URLs and ids. */
export interface JekyllConfig {
  /** The URL of the published site, without a trailing slash, if it is known. */
  home: string | undefined
  /** With a leading and no trailing slash; empty at the root of a host. */
  baseurl: string
  permalink: string
  collections: Record<string, {output: boolean; permalink?: string}>
  /** The folder of the folders of collections, from the site's root; empty for the root itself. */
  collectionsFolder: string
  entries: Entries
  /** The folder of included files, from the site's root. */
  includes: string
  /** Front matter defaults, in order. */
  defaults: FrontMatterDefaults[]
  /** The name of a theme gem, which may publish files that are not in the tree. */
  theme: string | undefined
  /** URL patterns of lists that plugins generate, such as `/blog/page:num/`. */
  lists: string[]
  /** The ids are kramdown's, for GFM input. */
  gfm: boolean
  /** The ids are kramdown's, for its own input format. */
  kramdown?: KramdownOptions
  /** kramdown parses Markdown in HTML blocks. */
  markdownInHtml: boolean
  /** `image` in front matter is shown where a page is shared. */
  showsImages: boolean
  /** `redirect_to` in front matter makes a page a redirect. */
  redirectsPages: boolean
}

/** Read a parsed `_config.yml`. */
export function readJekyllConfig(config: Record<string, unknown>): JekyllConfig {
  const baseurl = typeof config.baseurl === 'string' ? trimBoth(config.baseurl, '/') : ''
  const plugins = [...strings(config.plugins), ...strings(config.gems)]
  const hasPlugin = (name: string) => plugins.includes(name)
  return {
    home: readHome(config),
    baseurl: baseurl && `/${baseurl}`,
    permalink: typeof config.permalink === 'string' ? config.permalink : 'date',
    collections: readCollections(config.collections),
    collectionsFolder:
      typeof config.collections_dir === 'string' ? trimBoth(config.collections_dir, '/') : '',
    includes: typeof config.includes_dir === 'string' ? trimBoth(config.includes_dir, '/') : '_includes',
    entries: new Entries(strings(config.include), strings(config.exclude)),
    defaults: readDefaults(config.defaults),
    theme: nameOfTheme(strings([config.theme, config.remote_theme])[0]),
    lists: readLists(config),
    redirectsPages: hasPlugin('jekyll-redirect-from'),
    showsImages: hasPlugin('jekyll-seo-tag'),
    ...readMarkup(config),
  }
}

function readHome({url, baseurl = ''}: Record<string, unknown>): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url) || typeof baseurl !== 'string') return
  return trimEnd(`${url}/${baseurl}`.replace(/(?<!:)\/{2,}/g, '/'), '/')
}

/** `pages-themes/jekyll-theme-cayman@v0.2.0` → `cayman` */
const nameOfTheme = (theme: string | undefined) => theme && nameOf(theme).replace(/^jekyll-theme-|@.*$/g, '')

/** The permalinks of jekyll-archives, and the path of jekyll-paginate. */
function readLists({
  paginate_path: paginated,
  'jekyll-archives': archives,
}: Record<string, unknown>): string[] {
  return [...strings(paginated), ...strings(Object.values(record(record(archives).permalinks)))]
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
