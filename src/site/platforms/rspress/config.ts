import {type Globs, globsOf} from '../../../pattern/globs.ts'
import {joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {DeclaredUrls} from '../../declared-urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {scriptAt} from '../../shared/configured-by.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {ObjectValue, PathValue, settingIn, type Value} from '../../shared/javascript/values.ts'
import {readDependencies} from '../../shared/package-manifest.ts'
import {readPlugins} from './plugins.ts'

/** The settings of a `rspress.config.*` that determine URLs, links and ids. */
export interface RspressConfig {
  /** The folder of pages, from the tree's root. */
  docs: string
  /** The path of the site on its host, without slashes at its ends. */
  base: string
  home: string | undefined
  prefixes: Prefixes
  /** The extensions of pages, with their dots. */
  extensions: readonly string[]
  excluded: Globs
  /** Links in Markdown get the version and language of their page. */
  addsPrefixes: boolean
  /** In version 1, links without a leading dot or slash begin at the root, and dead ones do not stop the build. */
  isVersion1: boolean
  /** The build stops at links to missing pages. */
  stopsAtDeadLinks: boolean
  /** The links that the configuration names as leading elsewhere. */
  ignored: ReadonlySet<string>
  redirects: DeclaredUrls
  /** Why there may be pages that no file shows, or at other URLs. */
  morePages: Doubt | undefined
  /** Why there may be redirects that are not known. */
  moreRedirects: Doubt | undefined
  /** Why links may lead elsewhere. */
  otherLinks: Doubt | undefined
  /** Why pages may have other ids. */
  otherIds: Doubt | undefined
}

/** The first segments of paths: a version, then a language. Without a default one, there are none. */
export interface Prefixes {
  version: string
  versions: readonly string[]
  lang: string
  langs: readonly string[]
}

const EXTENSIONS = ['.js', '.jsx', '.ts', '.tsx', '.md', '.mdx']

/**
 * Read the configuration of a site, which is code and is never run.
 *
 * @returns undefined for one that is computed as a whole, such as by a preset
 */
export async function readRspress(ctx: SiteContext): Promise<RspressConfig | undefined> {
  const {root} = ctx.marker
  const file = scriptAt(ctx, joinPath(root, 'rspress.config'))
  const config = file === undefined ? new ObjectValue(new Map(), false) : await readModule(ctx, file)
  if (!(config instanceof ObjectValue)) return
  const field = (...path: readonly string[]) => settingIn(config, ...path)
  const folder = field('root')
  const excluded = globs(field('route', 'exclude'))
  const plugins = await readPlugins(ctx, field('plugins'))
  const isVersion1 = await hasVersion1(ctx)
  const checks =
    field('markdown', 'link', 'checkDeadLinks') ?? field('markdown', 'checkDeadLinks') ?? !isVersion1
  return {
    docs: folderOf(folder, root),
    base: textOf(field('base')),
    home: homeOf(field('siteOrigin'), textOf(field('base'))),
    prefixes: prefixesOf(config),
    extensions: texts(field('route', 'extensions')) ?? EXTENSIONS,
    excluded: excluded ?? {test: () => false},
    addsPrefixes: field('markdown', 'link', 'autoPrefix') !== false,
    isVersion1,
    ...deadLinks(checks),
    redirects: new DeclaredUrls({root, redirects: plugins.redirects}),
    morePages:
      whyMorePages(config) ?? (excluded ? undefined : computed('route.exclude')) ?? plugins.morePages,
    moreRedirects: plugins.moreRedirects,
    otherLinks:
      field('replaceRules') === undefined ? plugins.otherLinks : doubt('plugin-links', 'replaceRules'),
    otherIds: whyOtherIds(config) ?? plugins.otherIds,
  }
}

/** The settings of a site in a folder whose configuration is computed as a whole, if nothing is set. */
export const unsetConfig = (root: string): RspressConfig => ({
  docs: root,
  base: '',
  home: undefined,
  prefixes: {version: '', versions: [], lang: '', langs: []},
  extensions: EXTENSIONS,
  excluded: {test: () => false},
  addsPrefixes: false,
  isVersion1: false,
  ...deadLinks(true),
  redirects: new DeclaredUrls({root}),
  morePages: undefined,
  moreRedirects: undefined,
  otherLinks: undefined,
  otherIds: undefined,
})

/** Is it version 1 or earlier, by the `package.json` of the site or of the tree? */
async function hasVersion1({tree, marker}: SiteContext): Promise<boolean> {
  for (const file of new Set([joinPath(marker.root, 'package.json'), 'package.json'])) {
    if (!tree.files.has(file)) continue
    const {rspress, '@rspress/core': core} = await readDependencies({tree}, file)
    const version = [rspress, core].find((each) => typeof each === 'string')
    if (version !== undefined) return /^[~^]?[01]\./.test(version)
  }
  return false
}

const computed = (name: string): Doubt => doubt('computed-setting', name)

const textOf = (value: Value): string => (typeof value === 'string' ? trimBoth(value, '/') : '')

/** @returns undefined unless all are texts */
function texts(value: Value): string[] | undefined {
  if (!Array.isArray(value)) return
  const all: readonly Value[] = value
  return all.every((each) => typeof each === 'string') ? [...all] : undefined
}

function folderOf(value: Value, root: string): string {
  if (value instanceof PathValue) return value.path
  return joinPath(root, typeof value === 'string' ? value : 'docs')
}

/** Globs, which also match what is in the folders that they match. */
function globs(value: Value): Globs | undefined {
  if (value === undefined) return globsOf([], 'picomatch-dot')
  const all = texts(value)?.map((each) => trimEnd(each.replace(/^\.\//, ''), '/'))
  return (
    all &&
    globsOf(
      [...all, ...all.filter((each) => !each.endsWith('*')).map((each) => `${each}/**`)],
      'picomatch-dot',
    )
  )
}

function homeOf(origin: Value, base: string): string | undefined {
  if (typeof origin !== 'string' || !URL.canParse(origin)) return
  return [trimEnd(origin, '/'), base].filter(Boolean).join('/')
}

function prefixesOf(config: ObjectValue): Prefixes {
  const own = settingIn(config, 'locales') ?? settingIn(config, 'themeConfig', 'locales')
  const locales: readonly Value[] = Array.isArray(own) ? own : []
  const langs = locales.map((each) => settingIn(each, 'lang')).filter((each) => typeof each === 'string')
  const version = settingIn(config, 'multiVersion', 'default')
  const lang = settingIn(config, 'lang')
  return {
    version: typeof version === 'string' ? version : '',
    versions: texts(settingIn(config, 'multiVersion', 'versions')) ?? [],
    lang: typeof lang === 'string' ? lang : '',
    langs,
  }
}

/** What the configuration says about links that the build would stop at: by default, or in a list of exceptions. */
function deadLinks(value: Value): Pick<RspressConfig, 'stopsAtDeadLinks' | 'ignored'> {
  const excludes = settingIn(value, 'excludes')
  return {stopsAtDeadLinks: value !== false, ignored: new Set(texts(excludes) ?? [])}
}

function whyMorePages(config: ObjectValue): Doubt | undefined {
  const settings = [
    ['root'],
    ['base'],
    ['lang'],
    ['locales'],
    ['themeConfig', 'locales'],
    ['multiVersion'],
    ['route', 'include'],
    ['route', 'extensions'],
    ['markdown', 'link', 'checkDeadLinks', 'excludes'],
  ]
  const name = settings.find((path) => isComputed(settingIn(config, ...path)))?.join('.')
  if (name !== undefined) return computed(name)
  return settingIn(config, 'route', 'include') === undefined ? undefined : computed('route.include')
}

/** Is a value neither plain data nor a path? */
function isComputed(value: Value): boolean {
  if (value === undefined || value === null || value instanceof PathValue) return false
  if (Array.isArray(value)) return (value as readonly Value[]).some(isComputed)
  if (value instanceof ObjectValue) return value.hasUnknownKeys || isComputed(value.get('lang'))
  return typeof value !== 'string' && typeof value !== 'boolean'
}

/** Plugins of Markdown other than those that change no ids. */
function whyOtherIds(config: ObjectValue): Doubt | undefined {
  for (const kind of ['remarkPlugins', 'rehypePlugins']) {
    const plugins = settingIn(config, 'markdown', kind)
    if (plugins !== undefined && !(Array.isArray(plugins) && plugins.length === 0))
      return doubt('plugin-ids', `one of markdown.${kind}`)
  }
  return
}
