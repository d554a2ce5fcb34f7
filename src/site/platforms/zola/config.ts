import escapeStringRegexp from 'escape-string-regexp'
import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import {record, records, strings} from '../../shared/data.ts'
import {knownStretches, slugCrateSlug} from '../../shared/slug-crate.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'

/** How slugs are made: in ASCII, without the characters that file systems refuse, or not at all. */
export type Slugify = 'on' | 'safe' | 'off'

/** The settings of a `config.toml` that determine URLs and ids: https://www.getzola.org/documentation/getting-started/configuration/ */
export interface ZolaConfig {
  /** The folder of pages, from the tree's root. */
  content: string
  /** The folders of files that are published as they are. */
  statics: readonly string[]
  /** The folders whose style sheets are compiled. */
  sass: readonly string[]
  /** The folders of templates. */
  templates: readonly string[]
  home: string | undefined
  /** The path of the site on its host, without a trailing slash. */
  base: string
  language: string
  otherLanguages: readonly string[]
  paths: Slugify
  keepsDates: boolean
  anchors: Slugify
  smartPunctuation: boolean
  emoji: boolean
  bottomFootnotes: boolean
  /** The names of taxonomies, with which the paths of their lists begin. */
  taxonomies: UrlPatterns
  feeds: readonly string[]
  isIgnored(path: string): boolean
  /** A theme that is not in the tree. */
  missingTheme?: string
}

/** Read the settings of a site. */
export function readZola(data: Record<string, unknown>, root: string, {lookup}: SiteContext): ZolaConfig {
  const {theme} = data
  const slugify = record(data.slugify)
  const markdown = record(data.markdown)
  const url = typeof data.base_url === 'string' ? trimEnd(data.base_url.trim(), '/') : ''
  const folder =
    typeof theme === 'string' && theme !== '' ? joinPath(joinPath(root, 'themes'), theme) : undefined
  const at = (name: string) =>
    [root, ...(folder === undefined ? [] : [folder])].map((each) => joinPath(each, name))
  const language = typeof data.default_language === 'string' ? data.default_language : 'en'
  const languages = record(data.languages)
  const isIgnored = ignored(strings(data.ignored_content))
  return {
    content: joinPath(root, 'content'),
    statics: at('static'),
    sass: at('sass'),
    templates: at('templates'),
    home: /^https?:\/\//.test(url) ? url : undefined,
    base: url.replace(/^(?:https?:)?\/\/[^/]*/, ''),
    language,
    otherLanguages: Object.keys(languages).filter((code) => code !== language),
    paths: strategy(slugify.paths),
    keepsDates: slugify.paths_keep_dates === true,
    anchors: strategy(slugify.anchors),
    smartPunctuation: markdown.smart_punctuation === true,
    emoji: markdown.render_emoji === true,
    bottomFootnotes: markdown.bottom_footnotes === true,
    taxonomies: taxonomiesOf(data, strategy(slugify.taxonomies)),
    feeds: ['atom.xml', 'rss.xml', ...[data, ...Object.values(languages)].flatMap(feedsOf)],
    isIgnored,
    ...(folder !== undefined && !lookup.isFolder(folder) && {missingTheme: String(theme)}),
  }
}

const strategy = (value: unknown): Slugify => (value === 'safe' || value === 'off' ? value : 'on')

const feedsOf = (settings: unknown): string[] =>
  [record(settings).feed_filenames, record(settings).feed_filename].flatMap(strings)

/** The names of taxonomies in any language, as they are in URLs. */
function taxonomiesOf(data: Record<string, unknown>, slugs: Slugify): UrlPatterns {
  const root = typeof data.taxonomy_root === 'string' ? [data.taxonomy_root] : []
  const all = [data, ...Object.values(record(data.languages)).map(record)]
  const names = all.flatMap(({taxonomies}) => records(taxonomies).flatMap(({name}) => strings(name)))
  const patterns = new UrlPatterns()
  for (const name of [...root, ...names.map((each) => slugPath(each, slugs))])
    patterns.add(`^/${pathPattern(name)}$`, '/')
  return patterns
}

/** An expression for a path that may have {@link UNKNOWN} in its slugs. */
export const pathPattern = (path: string): string =>
  path
    .split(/\uffff+/)
    .map(escapeStringRegexp)
    .join('[a-z\\d-]*')

function ignored(globs: readonly string[]): (path: string) => boolean {
  const compiled = globsOf(globs, 'globset') satisfies Globs | undefined
  // Zola matches the absolute path of a file.
  return (path) => compiled?.test(`/${path}`) ?? false
}

/** Stands for a part of a slug that is not known: other scripts than Latin, Greek and Cyrillic are written in ASCII. */
export const UNKNOWN = '\uFFFF'

/**
 * A name as part of a URL: `My page` → `my-page`, or less `<>:"/\|?*` and dots and spaces at its end.
 *
 * @returns the slug with {@link UNKNOWN} in place of what is not known
 */
export function slugPath(name: string, slugs: Slugify): string {
  if (slugs === 'on') return knownStretches(name).map(slugCrateSlug).join(UNKNOWN)
  return slugs === 'off' ? name : trimEnd(name, ' .').replace(/[<>:"/\\|?*]/g, '')
}
