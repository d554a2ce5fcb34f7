import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {CallValue, ObjectValue, PathValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import {ListedPages} from '../../shared/listed-pages.ts'
import {type IgnoredLinks, readIgnored} from '../../shared/vue/ignored-links.ts'
import {listedIn, withoutComments} from '../../shared/vue/navigation.ts'
import {type More, moreOf} from './more-pages.ts'
import {readRedirects} from './redirects.ts'
import type {Version} from './versions.ts'

/** The settings of a `.vuepress/config.*` that determine URLs, links and ids. */
export interface VuepressConfig {
  /** The folder of pages, from the tree's root. */
  source: string
  /** The folder of files that are published as they are. */
  public: string
  /** The versions that may build the site; of what differs, both are right. */
  versions: readonly Version[]
  /** The base path of the site, with a leading and a trailing slash. */
  base: string
  /** The URL of the published site, if it is known. */
  home: string | undefined
  /** The folders of languages, as they stand in URLs. */
  locales: readonly string[]
  /** Is a file a page, by its path from the source folder? */
  isPage(path: string): boolean
  /** The pattern of the URLs of pages whose front matter has none. */
  permalink: string | undefined
  /** The reason why pages may have other URLs than these settings give. */
  otherRoutes: Doubt | undefined
  more: More
  /** Destinations by the URL path that leads there; undefined for one that is computed. */
  redirects: ReadonlyMap<string, string | undefined>
  /** The pages that the code links to. */
  listed: ListedPages
  /** Links that the author knows to lead elsewhere. */
  ignored: IgnoredLinks
  /** Does `{#id}` set the id of a heading? Undefined if that is not known. */
  attributes: boolean | undefined
  /** Comments show other pages. */
  includesPages: boolean
  /** `!!!include(part.md)!!!` shows another page, by the default options of markdown-it-include, or by others. */
  marks: 'default' | 'other' | undefined
  /** The components of vuepress-plugin-components are there. */
  hasComponents: boolean
  /** Which headings get ids, by their depth. */
  hasId(depth: number): boolean
  /** The reason why headings may have other slugs than the default ones. */
  otherSlugs: Doubt | undefined
}

/** The code of a configuration, which is never run. */
export interface ConfigCode {
  /** All code in the folder of the configuration. */
  text: string
  versions: readonly Version[]
  /** The names of the packages that the site depends on. */
  dependencies: readonly string[]
}

/** Themes and plugins with attributes at the end of headings, if so configured. */
const MAY_HAVE_ATTRIBUTES = /vuepress-theme-(?:hope|plume)|md-enhance|markdown-stylize/
const HAS_ATTRIBUTES = /markdown-it-attrs|@mdit\/plugin-attrs|\battrs\s*:\s*(?!false|undefined)|theme-plume/
/** The plugin with cards, and the theme that has it. */
const HAS_COMPONENTS = /vuepress-(?:theme-hope|plugin-components)/
/** Themes and plugins that show other pages. */
const INCLUDES_PAGES =
  /vuepress-theme-(?:hope|plume)|md-enhance|plugin-markdown-include|@mdit\/plugin-include|markdownIncludePlugin/

/**
 * Read a configuration.
 *
 * @param exported The exported value, evaluated statically.
 * @param root The folder that contains `.vuepress`, from the tree's root.
 */
export function readVuepress(
  exported: Value,
  root: string,
  {text: code, versions, dependencies}: ConfigCode,
): VuepressConfig {
  const text = withoutComments(code)
  const redirects = readRedirects(text, exported)
  const packages = [text, ...dependencies].join('\n')
  const field = (name: string): Value => {
    const value = exported instanceof ObjectValue ? exported.get(name) : UNKNOWN
    return value === UNKNOWN && !new RegExp(`\\b${name}\\b`).test(text) ? undefined : value
  }
  const base = field('base')
  const path = typeof base === 'string' ? `/${trimBoth(base, '/')}/`.replace('//', '/') : '/'
  const permalink = field(versions[0] === 1 ? 'permalink' : 'permalinkPattern')
  const patterns = readPatterns(field('pagePatterns') ?? field('patterns'))
  const locales = field('locales')
  const markdown = field('markdown')
  return {
    source: root,
    public: publicFolder(field('public'), root),
    versions,
    base: path,
    home: isUnknown(base) ? undefined : homeOf(text, path),
    locales: locales instanceof ObjectValue ? [...locales.values.keys()] : [],
    isPage: patterns ?? (() => true),
    permalink: typeof permalink === 'string' ? permalink : undefined,
    otherRoutes: whyOtherRoutes(base, permalink, patterns),
    more: moreOf(text, exported, dependencies),
    redirects,
    listed: withoutRedirects(listedIn(text), redirects),
    ignored: readIgnored(ignoredIn(exported)),
    attributes: HAS_ATTRIBUTES.test(packages) ? true : MAY_HAVE_ATTRIBUTES.test(packages) ? undefined : false,
    includesPages: INCLUDES_PAGES.test(packages),
    marks: packages.includes('markdown-it-include')
      ? hasDefaultMarks(text)
        ? 'default'
        : 'other'
      : undefined,
    hasComponents: HAS_COMPONENTS.test(packages),
    ...readAnchor(markdown, text),
  }
}

/** Is markdown-it-include used without options? `md.use(require('markdown-it-include'))` */
const hasDefaultMarks = (code: string): boolean =>
  /\buse\(\s*require\(\s*(['"])markdown-it-include\1\s*\)\s*(?:,\s*)?\)/.test(code)

/** Without the destinations of redirects, which navigation does not list. */
function withoutRedirects(listed: ReadonlySet<string>, redirects: VuepressConfig['redirects']): ListedPages {
  const destinations = listedIn([...redirects.values()].map((to) => JSON.stringify(to ?? '')).join())
  return new ListedPages([...listed].filter((each) => !destinations.has(each)))
}

const isUnknown = (value: Value) => value !== undefined && value !== null && typeof value !== 'string'

function publicFolder(value: Value, root: string): string {
  return value instanceof PathValue ? value.path : joinPath(root, '.vuepress/public')
}

/** @returns undefined if the patterns are computed */
function readPatterns(value: Value): ((path: string) => boolean) | undefined {
  if (value === undefined) return () => true
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return
  const isExclusion = (each: string) => each.startsWith('!')
  const included = globsOfPages(value.filter((each) => !isExclusion(each)))
  const excluded = globsOfPages(value.filter(isExclusion).map((each) => each.slice(1)))
  return included && excluded && ((path) => included.test(path) && !excluded.test(path))
}

/** A folder stands for everything in it: `drafts` → `drafts`, `drafts/**`. */
const globsOfPages = (globs: readonly string[]): Globs | undefined =>
  globsOf(
    globs
      .map((each) => each.replace(/^\.?\//, ''))
      .flatMap((each) => (/\.\w+$|\*$/.test(each) ? [each] : [each, `${trimEnd(each, '/')}/**`])),
    'picomatch-dot',
  )

/** The home of the site, if its code has one name of a host. */
function homeOf(text: string, base: string): string | undefined {
  const found = new Set(
    [...text.matchAll(/\bhostname\s*:\s*(['"`])(https?:\/\/[^'"`\s$]+)\1/g)].map(([, , url]) => url!),
  )
  const [host] = found
  return found.size === 1 && URL.canParse(host!) ? trimEnd(new URL(base, host).href, '/') : undefined
}

/** The setting that only absolute URLs depend on. */
export const BASE = 'the base of the site'

function whyOtherRoutes(base: Value, permalink: Value, patterns: unknown): Doubt | undefined {
  if (patterns === undefined) return doubt('computed-setting', 'the list of pages')
  if (isUnknown(permalink)) return doubt('computed-setting', 'where pages are published')
  return isUnknown(base) ? doubt('computed-setting', BASE) : undefined
}

/** The links that the check of a theme leaves out: `themePlugins: {linksCheck: {exclude: […]}}`. */
function ignoredIn(value: Value, depth = 0): Value {
  if (depth > 6) return
  if (value instanceof CallValue)
    return value.args.map((each) => ignoredIn(each, depth + 1)).find((each) => each !== undefined)
  if (!(value instanceof ObjectValue)) return
  const check = value.get('linksCheck')
  if (check instanceof ObjectValue) return check.get('exclude') ?? check.get('ignore')
  for (const key of ['theme', 'themePlugins', 'plugins', 'markdown']) {
    const found = value.has(key) ? ignoredIn(value.get(key), depth + 1) : undefined
    if (found !== undefined) return found
  }
  return
}

/** Options of `markdown.anchor` that change ids. */
const ID_OPTIONS = ['slugify', 'slugifyWithState', 'uniqueSlugStartIndex', 'getTokensText', 'tabIndex']

/** The options that determine ids: which headings get one, and how. */
function readAnchor(markdown: Value, text: string): Pick<VuepressConfig, 'hasId' | 'otherSlugs'> {
  const of = (name: string): Value => (markdown instanceof ObjectValue ? markdown.get(name) : undefined)
  const anchor = of('anchor')
  const level = anchor instanceof ObjectValue ? anchor.get('level') : undefined
  const hasOptions =
    anchor instanceof ObjectValue
      ? anchor.hasUnknownKeys || ID_OPTIONS.slice(0, -1).some((key) => anchor.get(key) !== undefined)
      : anchor !== undefined
  const isComputed = markdown === UNKNOWN && /\b(?:anchor|slugify)\b/.test(text)
  const isReplaced = /\.use\(\s*\w*(?:anchor|slug)/i.test(text) || /\bslugify\b/.test(text)
  const isOther = hasOptions || isComputed || isReplaced || of('slugify') !== undefined
  return {
    hasId: (depth) =>
      typeof level === 'number' ? depth >= level : Array.isArray(level) ? level.includes(depth) : true,
    otherSlugs: isOther ? doubt('id-setting') : undefined,
  }
}
