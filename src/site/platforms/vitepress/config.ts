import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import {ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import {ListedPages} from '../../shared/listed-pages.ts'
import {type IgnoredLinks, readIgnored} from '../../shared/vue/ignored-links.ts'
import {mayChangePages} from '../../shared/vue/markdown-plugins.ts'
import {listedIn, withoutComments} from '../../shared/vue/navigation.ts'
import {NO_REWRITES, type Rewrites, readRewrites} from './rewrites.ts'

/** The settings of a `.vitepress/config.*` that determine URLs, links and ids. */
export interface VitepressConfig {
  /** The folder of pages, from the tree's root. */
  source: string
  /** The base path of the site, with a leading and a trailing slash. */
  base: string
  /** The URL of the published site, if it is known. */
  home: string | undefined
  /** The paths of pages that are not published at their own. */
  rewrites: Rewrites
  /** Pages that are excluded from the site. */
  excluded: Globs
  /** The reason why pages may be published elsewhere, or be generated. */
  otherRoutes: Doubt | undefined
  /** The reason why there may be published files that are not in the tree. */
  moreFiles: Doubt | undefined
  /** The places of the pages that the code links to, without extension. */
  listed: ListedPages
  /** The host serves pages without `.html`, so that links do not get it; also if that is computed. */
  cleanUrls: boolean
  /** Other extensions than those that VitePress knows are those of files, too. */
  hasOwnExtensions: boolean
  /** Links that the author knows to lead elsewhere. */
  ignored: IgnoredLinks
  /** The delimiters of attributes, if they are not braces. */
  attributeDelimiters: readonly [open: string, close: string] | undefined
  /** Which headings get ids, by their depth. */
  hasId(depth: number): boolean
  /** The reason why headings may have other slugs than the default ones. */
  otherSlugs: Doubt | undefined
  /** The reasons why pages may have other ids. */
  otherIds: readonly Doubt[]
  /** The reason why a plugin may read code snippets in another way. */
  otherSnippets?: Doubt | undefined
}

/**
 * Read a configuration, which is code and is never run.
 *
 * @param exported The exported value, evaluated statically.
 * @param root The folder that contains `.vitepress`, from the tree's root.
 * @param parts All code in the configuration's folder: settings that it does not mention are not configured.
 * @param bundler The code of `vite.config.*`, whose plugins may change pages, and the variables in `.env`.
 */
export function readVitepress(exported: Value, root: string, parts: string, bundler = ''): VitepressConfig {
  const text = withoutComments(parts)
  const field = (name: string): Value => {
    const value = exported instanceof ObjectValue ? exported.get(name) : UNKNOWN
    return value === UNKNOWN && !new RegExp(`\\b${name}\\b`).test(text) ? undefined : value
  }
  const source = field('srcDir')
  const base = field('base')
  const rewrites = readRewrites(field('rewrites'))
  const excluded = readExcluded(field('srcExclude'))
  const path = typeof base === 'string' ? `/${trimBoth(base, '/')}/`.replace('//', '/') : '/'
  return {
    source: joinPath(root, typeof source === 'string' ? source : ''),
    base: path,
    home: base === UNKNOWN ? undefined : homeOf(field('sitemap'), path),
    rewrites: rewrites ?? NO_REWRITES,
    excluded: excluded ?? {test: () => false},
    otherRoutes: whyOtherRoutes(rewrites, source, base),
    moreFiles: whyMoreFiles(text + withoutComments(bundler), excluded),
    listed: new ListedPages(listedIn(text)),
    cleanUrls: field('cleanUrls') !== undefined && field('cleanUrls') !== false,
    hasOwnExtensions: (parts + bundler).includes('VITE_EXTRA_EXTENSIONS'),
    ignored: readIgnored(field('ignoreDeadLinks')),
    attributeDelimiters: readDelimiters(field('markdown')),
    ...readAnchor(field('markdown'), text, bundler),
  }
}

/** @returns undefined if the globs are computed */
function readExcluded(value: Value): Globs | undefined {
  if (value === undefined) return globsOf([], 'picomatch-dot')
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? globsOf(value, 'picomatch-dot')
    : undefined
}

function homeOf(sitemap: Value, path: string): string | undefined {
  const host = sitemap instanceof ObjectValue ? sitemap.get('hostname') : undefined
  return typeof host === 'string' && URL.canParse(host) ? trimEnd(new URL(path, host).href, '/') : undefined
}

function whyOtherRoutes(rewrites: Rewrites | undefined, source: Value, base: Value): Doubt | undefined {
  const isComputed = (value: Value) => value !== undefined && typeof value !== 'string'
  if (rewrites === undefined) return doubt('computed-setting', 'where pages are published')
  if (isComputed(source)) return doubt('computed-setting', 'the folder of pages')
  return isComputed(base) ? doubt('computed-setting', 'the base of the site') : undefined
}

function whyMoreFiles(text: string, excluded: Globs | undefined): Doubt | undefined {
  if (/\b(?:buildEnd|plugins)\b/.test(text)) return doubt('plugin-pages', 'a plugin')
  return excluded === undefined ? doubt('computed-setting', 'srcExclude') : undefined
}

/** The options of markdown-it-attrs, which replaces only those that are given. */
function readDelimiters(markdown: Value): VitepressConfig['attributeDelimiters'] {
  const attrs = markdown instanceof ObjectValue ? markdown.get('attrs') : undefined
  if (!(attrs instanceof ObjectValue)) return
  const [left, right] = [attrs.get('leftDelimiter') ?? '{', attrs.get('rightDelimiter') ?? '}']
  return typeof left === 'string' && typeof right === 'string' && left && right ? [left, right] : undefined
}

/** The options of `markdown.anchor` that determine ids: which headings get one, and how. */
function readAnchor(
  markdown: Value,
  text: string,
  bundler: string,
): Pick<VitepressConfig, 'hasId' | 'otherSlugs' | 'otherIds'> {
  const anchor = markdown instanceof ObjectValue ? markdown.get('anchor') : markdown
  const level = anchor instanceof ObjectValue ? anchor.get('level') : undefined
  const hasOther =
    anchor === UNKNOWN
      ? /\banchor\b/.test(text)
      : anchor instanceof ObjectValue
        ? anchor.hasUnknownKeys || ID_OPTIONS.some((key) => anchor.get(key) !== undefined)
        : anchor !== undefined
  const isReplaced = /\.use\(\s*\w*(?:anchor|slug)/i.test(text)
  return {
    hasId: isHeadingLevel(level),
    otherSlugs: hasOther || isReplaced || !isLevel(level) ? doubt('id-setting') : undefined,
    otherIds: mayChangePages(bundler) ? [doubt('plugin-ids', 'a Vite plugin')] : [],
  }
}

const ID_OPTIONS = ['slugify', 'slugifyWithState', 'uniqueSlugStartIndex', 'getTokensText']

const isLevel = (value: Value) =>
  value === undefined || typeof value === 'number' || (Array.isArray(value) && !value.includes(UNKNOWN))

/** The depths of headings with ids: all from a number, or those in a list. */
const isHeadingLevel =
  (level: Value) =>
  (depth: number): boolean =>
    typeof level === 'number' ? depth >= level : Array.isArray(level) ? level.includes(depth) : true
