import {linear, type Pattern} from '../../../pattern/linear.ts'
import {trimEnd} from '../../../text/trim.ts'
import type {SiteContext} from '../../platform.ts'
import {record, strings} from '../../shared/data.ts'
import type {Data} from './config-files.ts'
import {type Mounts, readMounts} from './mounts.ts'
import type {Theme} from './themes.ts'

/** A language of a site. */
export interface Language {
  name: string
  /** The prefix of its URLs: empty, or such as `/de`. */
  prefix: string
}

/** The part of Hugo's configuration that determines URLs and ids. */
export interface HugoConfig extends Mounts {
  /** The URL of the published site, without a trailing slash. */
  home: string | undefined
  /** The path of that URL, without a trailing slash. */
  base: string
  languages: Language[]
  defaultLanguage: string
  uglyUrls: boolean
  lowerCase: boolean
  removeAccents: boolean
  /** Permalink patterns, by section. */
  permalinks: Record<string, string>
  /** URL folders in which lists of pages are generated from front matter. */
  taxonomies: string[]
  /** A section without an index page gets a generated list. */
  hasSections: boolean
  /** Are drafts, future and expired pages published? */
  builds: {drafts: boolean; future: boolean; expired: boolean}
  /** `github`, `github-ascii` or `blackfriday`; undefined if headings get no ids. */
  idType: string | undefined
  /** `{#id}` after a heading sets its id. */
  titleAttributes: boolean
  /** `{#id}` below a block sets its id. */
  blockAttributes: boolean
  /** Terms of definition lists get ids. */
  termIds: boolean
  /**
   * Ids are generated from the plain text of headings, as of Hugo 0.145, not from their source; undefined if the
   * version is unknown.
   */
  plainIds?: boolean
  /** Raw HTML on pages is rendered. */
  unsafe: boolean
  /** Matches excluded files. */
  ignored: Pattern | undefined
  /** Front matter that pages inherit, as written. */
  cascade: unknown
  /** The delimiters of text that passes through unchanged. */
  passthrough: [open: string, close: string][]
}

/** More languages than any site has. */
const MOST_LANGUAGES = 200

/**
 * Read a merged configuration.
 *
 * @param root The site's folder, from the tree's root.
 * @param themes The themes in the tree, by name.
 */
export function readHugo(
  data: Data,
  root: string,
  {tree}: SiteContext,
  themes: ReadonlyMap<string, Theme>,
): HugoConfig {
  const {languages, defaultLanguage} = readLanguages(data)
  const names = languages.map(({name}) => name)
  const disabled = strings(data.disablekinds).map((kind) => kind.toLowerCase())
  return {
    ...readMounts(data, root, names, tree, themes),
    ...readAddress(data.baseurl),
    ...readMarkup(record(record(data.markup).goldmark)),
    languages,
    defaultLanguage,
    uglyUrls: data.uglyurls === true || Object.keys(record(data.uglyurls)).length > 0,
    lowerCase: data.disablepathtolower !== true,
    removeAccents: data.removepathaccents === true,
    permalinks: readPermalinks(data.permalinks),
    taxonomies: readTaxonomies(data.taxonomies, disabled),
    hasSections: !disabled.includes('section'),
    builds: {
      drafts: data.builddrafts === true,
      future: data.buildfuture === true,
      expired: data.buildexpired === true,
    },
    cascade: data.cascade,
    ignored: readIgnored(strings(data.ignorefiles)),
  }
}

function readAddress(baseUrl: unknown): Pick<HugoConfig, 'home' | 'base'> {
  const [home, path = ''] = /^https?:\/\/[^/]+(\/.*)?$/.exec(typeof baseUrl === 'string' ? baseUrl : '') ?? []
  return {home: home === undefined ? undefined : trimEnd(home, '/'), base: trimEnd(path, '/')}
}

type Markup = Pick<
  HugoConfig,
  'idType' | 'titleAttributes' | 'blockAttributes' | 'termIds' | 'unsafe' | 'passthrough'
>

function readMarkup(goldmark: Data): Markup {
  const parser = record(goldmark.parser)
  const attribute = record(parser.attribute)
  const idType = parser.autoidtype ?? parser.autoheadingidtype
  return {
    idType: parser.autoheadingid === false ? undefined : typeof idType === 'string' ? idType : 'github',
    titleAttributes: attribute.title !== false && parser.attribute !== false,
    blockAttributes: attribute.block === true,
    termIds: parser.autodefinitiontermid === true,
    unsafe: record(goldmark.renderer).unsafe === true,
    passthrough: readPassthrough(goldmark),
  }
}

/** Go's regular expressions, which use RE2 syntax; invalid ones match nothing. */
const readIgnored = (patterns: readonly string[]): Pattern | undefined =>
  patterns.length === 0
    ? undefined
    : linear(
        patterns
          .filter((pattern) => linear(pattern))
          .map((pattern) => `(?-s:${pattern})`)
          .join('|') || '$^',
      )

function readPassthrough(goldmark: Data): HugoConfig['passthrough'] {
  const {enable, delimiters} = record(record(goldmark.extensions).passthrough)
  if (enable !== true) return []
  return Object.values(record(delimiters))
    .flatMap((pairs) => (Array.isArray(pairs) ? pairs : []))
    .map(strings)
    .flatMap(([open, close]) => (open && close ? [[open, close] as [string, string]] : []))
}

function readLanguages(data: Data): {languages: Language[]; defaultLanguage: string} {
  const defaultLanguage = String(data.defaultcontentlanguage ?? 'en').toLowerCase()
  const names = Object.keys(record(data.languages)).slice(0, MOST_LANGUAGES)
  if (names.length === 0) names.push(defaultLanguage)
  const isInSubdir = data.defaultcontentlanguageinsubdir === true
  return {
    defaultLanguage: names.includes(defaultLanguage) ? defaultLanguage : names[0]!,
    languages: names.map((name) => ({
      name,
      prefix: (name === defaultLanguage || names.length === 1) && !isInSubdir ? '' : `/${name}`,
    })),
  }
}

/** Read both forms: by section, and by kind and section. */
function readPermalinks(value: unknown): Record<string, string> {
  const patterns: Record<string, string> = {}
  for (const level of [record(value), record(record(value).page)])
    for (const [section, pattern] of Object.entries(level))
      if (typeof pattern === 'string') patterns[section.replace(/^\/(?=.)/, '')] = pattern
  return patterns
}

function readTaxonomies(value: unknown, disabled: readonly string[]): string[] {
  if (disabled.includes('taxonomy') && disabled.includes('term')) return []
  return value === undefined ? ['tags', 'categories'] : strings(Object.values(record(value)))
}
