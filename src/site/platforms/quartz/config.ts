import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {readData, record, records, strings} from '../../shared/data.ts'
import {readCode} from '../../shared/javascript/read.ts'
import {CallValue, ObjectValue, UNKNOWN, type Value} from '../../shared/javascript/values.ts'
import type {LinkStrategy, SlugOptions} from './slugs.ts'

/** The settings of a Quartz site that determine URLs, links and ids. */
export interface QuartzConfig extends SlugOptions {
  /** The folder of pages, from the tree's root. */
  content: string
  /** The URL of the published site, if it is known. */
  home: string | undefined
  /** The path of the site on its host, without a trailing slash. */
  base: string
  /** Files of the content folder that are not read. */
  ignored: Globs
  /** How links are resolved; undefined if that is computed. */
  strategy: LinkStrategy | undefined
  /** Wikilinks to pages that do not exist are shown as text. */
  hidesBroken: boolean
  /** The options of the plugin for the Markdown of Obsidian; undefined without the plugin. */
  obsidian: ObsidianOptions | undefined
  /** Smart punctuation changes the text of headings. */
  smart: boolean
  /** Headings get ids. */
  hasHeadingIds: boolean
  /** Only pages with `publish: true` are published; otherwise all but drafts, or all. */
  publishes: 'marked' | 'no-drafts' | 'all'
  /** Folders and tags have pages of their own. */
  lists: {folders: boolean; tags: boolean}
  /** The values of `aliases` and `permalink` are redirects. */
  hasAliases: boolean
  /** The reasons why there may be more pages and ids. */
  doubts: readonly Doubt[]
}

/** Which constructs of Obsidian are read. */
export interface ObsidianOptions {
  wikilinks: boolean
  comments: boolean
  blockIds: boolean
  /** Arrows such as `->` become single characters. */
  arrows: boolean
}

/** A plugin with its options; undefined if they are computed. */
type Plugins = ReadonlyMap<string, Options | undefined>
type Options = ReadonlyMap<string, Value>

/** Plugins of Quartz 4 whose names in Quartz 5 differ in more than spelling. */
const RENAMED: Readonly<Record<string, string>> = {
  'remove-drafts': 'remove-draft',
  frontmatter: 'front-matter',
}

/** The repositories of Quartz's own plugins. */
const OWN_PLUGIN = /^(?:github:quartz-community\/|@quartz-community\/)([\w-]+)/

/** Read the configuration of Quartz 5, which is data, or of Quartz 4, which is code and is never run. */
export async function readQuartz(ctx: SiteContext): Promise<QuartzConfig> {
  const {tree, lookup, marker} = ctx
  const data = joinPath(marker.root, 'quartz.config.yaml')
  const found = lookup.isFile(data)
    ? {version: 5 as const, ...ofData(await readData(ctx, data))}
    : {version: 4 as const, ...ofCode(await codeOf(ctx, joinPath(marker.root, 'quartz.config.ts')))}
  const manifest = joinPath(marker.root, 'package.json')
  const scripts = lookup.isFile(manifest) ? await tree.read(manifest).catch(() => '') : ''
  return {...settingsOf(found), content: joinPath(marker.root, contentIn(ctx, scripts))}
}

const codeOf = async ({tree}: SiteContext, file: string) => readCode(await tree.read(file).catch(() => ''))

/** The content folder: `content`, unless that is missing and a script names another one. */
function contentIn({lookup, marker: {root}}: SiteContext, scripts: string): string {
  const named = /\bquartz build[^"&|;]*?\s(?:-d|--directory)[ =]([\w./-]+)/.exec(scripts)?.[1]
  return named !== undefined && !lookup.isFolder(joinPath(root, 'content')) ? trimBoth(named, '/') : 'content'
}

interface Found extends SlugOptions {
  configuration: Options
  plugins: Plugins
  doubts: readonly Doubt[]
}

function settingsOf({version, configuration, plugins, doubts}: Found): Omit<QuartzConfig, 'content'> {
  const ignored = globsIn(configuration.get('ignorePatterns'))
  const crawl = plugins.get('crawl-links')
  const markdown = plugins.get('github-flavored-markdown')
  const isOn = (options: Options | undefined, name: string, otherwise = true) =>
    options?.has(name) ? options.get(name) === true : otherwise
  const obsidian = plugins.get('obsidian-flavored-markdown')
  const home = homeOf(configuration.get('baseUrl'))
  return {
    version,
    home,
    base: home === undefined ? '' : new URL(home).pathname.replace(/\/$/, ''),
    ignored: ignored ?? {test: () => false},
    strategy: strategyOf(crawl),
    hidesBroken:
      isOn(crawl, 'disableBrokenWikilinks', false) || isOn(obsidian, 'disableBrokenWikilinks', false),
    obsidian: plugins.has('obsidian-flavored-markdown')
      ? {
          wikilinks: isOn(obsidian, 'wikilinks'),
          comments: isOn(obsidian, 'comments'),
          blockIds: isOn(obsidian, 'parseBlockReferences'),
          arrows: isOn(obsidian, 'parseArrows'),
        }
      : undefined,
    smart: plugins.has('github-flavored-markdown') && isOn(markdown, 'enableSmartyPants'),
    hasHeadingIds: plugins.has('github-flavored-markdown') && isOn(markdown, 'linkHeadings'),
    publishes: plugins.has('explicit-publish') ? 'marked' : plugins.has('remove-draft') ? 'no-drafts' : 'all',
    lists: {folders: plugins.has('folder-page'), tags: plugins.has('tag-page')},
    hasAliases: plugins.has('alias-redirects'),
    doubts: [...doubts, ...(ignored ? [] : [doubt('computed-setting', '`ignorePatterns`')])],
  }
}

function strategyOf(options: Options | undefined): LinkStrategy | undefined {
  const value = options?.get('markdownLinkResolution') ?? 'absolute'
  return value === 'absolute' || value === 'relative' || value === 'shortest' ? value : undefined
}

/** The globs that are ignored, each with all that is below a folder of that name; undefined if they are computed. */
function globsIn(value: Value): Globs | undefined {
  if (value === undefined) return {test: () => false}
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return
  return globsOf(
    value.flatMap((each) => [each, `${trimBoth(each, '/')}/**`]),
    'picomatch-dot',
  )
}

/** `docs.example.org/notes` → `https://docs.example.org/notes`. */
function homeOf(value: Value): string | undefined {
  if (typeof value !== 'string' || !/^[\w.-]+\.[a-z]+(?::\d+)?(?:\/|$)/i.test(value)) return
  const home = `https://${trimBoth(value, '/')}`
  return URL.canParse(home) ? home : undefined
}

function ofData({configuration, plugins}: Record<string, unknown>): Omit<Found, 'version'> {
  const enabled = records(plugins).filter((plugin) => plugin.enabled !== false)
  const named = enabled.map(({source, options}) => ({
    name: typeof source === 'string' ? (OWN_PLUGIN.exec(source)?.[1] ?? source) : 'a local plugin',
    isOwn: typeof source === 'string' && OWN_PLUGIN.test(source),
    options: new Map(Object.entries(record(options)) as [string, Value][]),
  }))
  return {
    configuration: new Map(
      Object.entries(record(configuration)).map(([key, value]): [string, Value] => [
        key,
        Array.isArray(value) ? strings(value) : (value as Value),
      ]),
    ),
    plugins: new Map(named.flatMap(({name, isOwn, options}) => (isOwn ? [[name, options]] : []))),
    doubts: doubtsAbout(named.flatMap(({name, isOwn}) => (isOwn ? [] : [name]))),
  }
}

function ofCode(exported: Value): Omit<Found, 'version'> {
  const field = (value: Value, name: string) => (value instanceof ObjectValue ? value.get(name) : UNKNOWN)
  const lists = ['transformers', 'filters', 'emitters'].map((name) => field(field(exported, 'plugins'), name))
  const calls = lists.flatMap((list): readonly Value[] => (Array.isArray(list) ? list : [UNKNOWN]))
  const own = calls.flatMap((call) => {
    const name = call instanceof CallValue ? /^Plugin\.(\w+)$/.exec(call.name)?.[1] : undefined
    return name === undefined
      ? []
      : [{name: kebabCase(name), options: optionsOf((call as CallValue).args[0])}]
  })
  const configuration = field(exported, 'configuration')
  return {
    configuration: configuration instanceof ObjectValue ? configuration.values : new Map(),
    plugins: new Map(own.map(({name, options}) => [RENAMED[name] ?? name, options])),
    doubts: doubtsAbout(own.length < calls.length ? ['a plugin of `quartz.config.ts`'] : []),
  }
}

const optionsOf = (value: Value): Options | undefined =>
  value === undefined ? new Map() : value instanceof ObjectValue ? value.values : undefined

/** `GitHubFlavoredMarkdown` → `github-flavored-markdown`. */
const kebabCase = (name: string) =>
  name
    .replace('GitHub', 'Github')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()

const doubtsAbout = (names: readonly string[]): Doubt[] => names.map((name) => doubt('plugin-pages', name))
