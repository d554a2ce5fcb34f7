import {folderPrefix, joinPath} from '../../../text/paths.ts'
import {trimBoth, trimEnd} from '../../../text/trim.ts'
import {DeclaredUrls} from '../../declared-urls.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {scriptAt} from '../../shared/configured-by.ts'
import {readModule} from '../../shared/javascript/read.ts'
import {ObjectValue, settingIn, type Value} from '../../shared/javascript/values.ts'
import {type Collections, readCollections, type Source} from './collections.ts'
import {defaultSources, docusCollections} from './default-sources.ts'
import {doubtsOfModules, isComputed} from './modules.ts'
import {type CodeRoutes, readCodeRoutes} from './vue-pages.ts'

/** What the configuration of a site and its code say about URLs and ids. */
export interface NuxtConfig {
  sources: readonly Source[]
  /** The folders of files that are published as they are, from the tree's root. */
  publicFolders: readonly string[]
  code: CodeRoutes
  /** The path of the site on its host, without slashes at its ends. */
  base: string
  home: string | undefined
  redirects: DeclaredUrls
  /** The first segments of URLs that select a language. */
  locales: ReadonlySet<string>
  /** The language whose name URLs do not have. */
  defaultLocale: string | undefined
  /** Why there may be more pages, or pages at other URLs. */
  morePages: Doubt | undefined
  /** The paths that the files which the configuration reads name, such as those of redirects. */
  named: ReadonlySet<string>
  /** Why there may be redirects that are not known. */
  moreRedirects: Doubt | undefined
  /** Why pages may have other ids than their headings show. */
  otherIds: Doubt | undefined
  /** Why headings may have slugs of the same letters with other signs. */
  otherSlugs: Doubt | undefined
  isUndocs: boolean
  /** The names of files and folders count as they are written, or in lower case. */
  keepsCase: boolean
}

/** Read the configuration of a Nuxt site, which is code and is never run. */
export async function readNuxt(ctx: SiteContext): Promise<NuxtConfig> {
  const {root} = ctx.marker
  const file = scriptAt(ctx, joinPath(root, 'nuxt.config'))
  // Docus needs no configuration.
  const exported = file === undefined ? OF_DOCUS : await readModule(ctx, file)
  const config = exported instanceof ObjectValue ? exported : undefined
  const layers = layersOf(ctx, config)
  const source = config?.get('srcDir')
  const folders = ['', 'app', ...(typeof source === 'string' ? [source] : [])]
  const collections = await collectionsOf(ctx, layers, config)
  const code = await readCodeRoutes(ctx.tree, layers, folders)
  const modules = await doubtsOfModules(ctx, config, layers)
  const {redirects, areComputed} = readRedirects(config)
  return {
    sources: collections.sources,
    publicFolders: layers.flatMap((layer) =>
      ['public', 'static', 'app/public'].map((name) => joinPath(layer, name)),
    ),
    code,
    base: trimBoth(textAt(config, 'app', 'baseURL') ?? '', '/'),
    home: homeOf(config),
    redirects: new DeclaredUrls({root, redirects}),
    locales: localesOf(config),
    defaultLocale: textAt(config, 'i18n', 'defaultLocale') ?? textAt(config, 'content', 'defaultLocale'),
    named: await redirectsNamed(ctx, file),
    morePages: whyMorePages(collections, config, layers) ?? movedBy(code) ?? modules.pages,
    moreRedirects: areComputed ? doubt('computed-redirects') : undefined,
    otherIds: modules.ids ?? whyOtherIds(config),
    otherSlugs: undefined,
    isUndocs: false,
    keepsCase: false,
  }
}

/** The configuration of a site that has none. */
const OF_DOCUS = new ObjectValue(new Map([['extends', 'docus']]), false)

const movedBy = ({mayMove}: CodeRoutes): Doubt | undefined =>
  mayMove ? doubt('code-pages', 'the code of a page') : undefined

/** The folders of a site and of its layers in the tree, from the tree's root. */
function layersOf({tree, marker: {root}}: SiteContext, config: ObjectValue | undefined): string[] {
  const own = listOf(config?.get('extends')).flatMap((each) =>
    typeof each === 'string' && /^\.{1,2}\//.test(each) ? [joinPath(root, each)] : [],
  )
  const prefix = `${folderPrefix(root)}layers/`
  const found = [...tree.folders].filter(
    (folder) => folder.startsWith(prefix) && !folder.slice(prefix.length).includes('/'),
  )
  return [...new Set([root, ...own.filter((each) => tree.folders.has(each)), ...found])]
}

const listOf = (value: Value): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : value === undefined ? [] : [value]

async function collectionsOf(
  ctx: SiteContext,
  layers: readonly string[],
  config: ObjectValue | undefined,
): Promise<Collections> {
  const found: Collections = {sources: [], names: new Set(), hasMore: false}
  for (const layer of layers) {
    const file = scriptAt(ctx, joinPath(layer, 'content.config'))
    if (file === undefined) continue
    const value = await readModule(ctx, file)
    const named = value instanceof ObjectValue ? value : await collectionsIn(ctx, file)
    const {sources, names, hasMore} = readCollections(named, layer)
    found.sources.push(...sources)
    found.hasMore ||= hasMore
    for (const name of names) found.names.add(name)
  }
  const ofDocus = listOf(config?.get('extends')).includes('docus')
  const {root} = ctx.marker
  if (ofDocus) found.sources.push(...docusCollections(ctx, root, localesOf(config), found.names))
  else if (found.names.size === 0 && !found.hasMore) found.sources.push(...defaultSources(root, config))
  return found
}

/** The collections of a module that exports them by their name. */
async function collectionsIn(ctx: SiteContext, file: string): Promise<Value> {
  const collections = await readModule(ctx, file, 'collections')
  return new ObjectValue(new Map([['collections', collections]]), false)
}

/** Layers whose pages show collections at their own paths. */
const KNOWN_LAYER = /^(?:docus|@nuxt-themes\/docus|@nuxt\/ui-pro)$/

function whyMorePages(
  {hasMore}: Collections,
  config: ObjectValue | undefined,
  layers: readonly string[],
): Doubt | undefined {
  if (!config) return doubt('computed-setting', 'nuxt.config')
  if (hasMore) return doubt('computed-setting', 'the source of a collection')
  const layer = listOf(config.get('extends')).find(
    (each) =>
      typeof each !== 'string' || !(KNOWN_LAYER.test(each) || (layers.length > 1 && each.startsWith('.'))),
  )
  if (layer !== undefined)
    return doubt('plugin-pages', typeof layer === 'string' ? `the layer ${layer}` : 'a layer')
  const build = config.get('content')
  const pathMeta = settingIn(build, 'build', 'pathMeta')
  if (pathMeta !== undefined) return doubt('computed-setting', 'content.build.pathMeta')
  const hooks = config.get('hooks')
  return hooks instanceof ObjectValue && (hooks.hasUnknownKeys || hooks.has('pages:extend'))
    ? doubt('code-pages', 'a hook')
    : undefined
}

/** Plugins of Markdown other than those that change no ids. */
function whyOtherIds(config: ObjectValue | undefined): Doubt | undefined {
  for (const path of [['content', 'build', 'markdown'], ['content', 'markdown'], ['mdc']])
    for (const kind of ['remarkPlugins', 'rehypePlugins']) {
      const plugins = settingIn(config, ...path, kind)
      if (isComputed(plugins)) return doubt('plugin-ids', 'a plugin')
      const names = plugins instanceof ObjectValue ? [...plugins.values.keys()] : []
      const name = names.find((each) => !KEEPS_IDS.test(each))
      if (name !== undefined) return doubt('plugin-ids', name)
    }
  return
}

const KEEPS_IDS =
  /^(?:remark-(?:mdc|emoji|gfm|math|breaks|github|reading-time|squeeze-paragraphs)|rehype-(?:katex|mathjax|external-links|sort-attribute(?:s|-values)|raw))$/

const textAt = (config: ObjectValue | undefined, ...path: readonly string[]): string | undefined => {
  const value = settingIn(config, ...path)
  return typeof value === 'string' ? value : undefined
}

/** The URL of the published site, as nuxt-site-config and nuxt-llms have it. */
function homeOf(config: ObjectValue | undefined): string | undefined {
  const url = textAt(config, 'site', 'url') ?? textAt(config, 'llms', 'domain')
  if (url === undefined || !/^https?:\/\/(?!localhost\b)/.test(url) || !URL.canParse(url)) return
  const base = trimBoth(textAt(config, 'app', 'baseURL') ?? '', '/')
  const home = trimEnd(url, '/')
  return base === '' || home.endsWith(`/${base}`) ? home : `${home}/${base}`
}

function localesOf(config: ObjectValue | undefined): Set<string> {
  const locales = [
    ...listOf(settingIn(config, 'i18n', 'locales')),
    ...listOf(settingIn(config, 'content', 'locales')),
  ]
  const codes = locales.map((each) => (each instanceof ObjectValue ? each.get('code') : each))
  return new Set(codes.filter((each) => typeof each === 'string'))
}

/** The redirects of `routeRules`, as a description has them: `/a/**` → `/a/*`. */
function readRedirects(config: ObjectValue | undefined): {
  redirects: Record<string, string>
  areComputed: boolean
} {
  const redirects: Record<string, string> = {}
  let areComputed = false
  for (const rules of [config?.get('routeRules'), settingIn(config, 'nitro', 'routeRules')]) {
    if (rules === undefined) continue
    if (!(rules instanceof ObjectValue)) {
      areComputed = true
      continue
    }
    areComputed ||= rules.hasUnknownKeys
    for (const [from, rule] of rules.values) {
      const redirect = settingIn(rule, 'redirect')
      const to = redirect instanceof ObjectValue ? redirect.get('to') : redirect
      if (typeof to === 'string') addRedirect(redirects, from, to)
      else areComputed ||= isComputed(to) || isComputed(rule)
    }
  }
  return {redirects, areComputed}
}

/** The path of a URL in a file of redirects: `/a=/b`, `/a /b`, `"/a": "/b"`. */
const PATH_IN_FILE = /(?<=^|["'\s])\/[\w./-]+/gm

/** The paths in files for redirects that a configuration reads when it is run. */
async function redirectsNamed({tree, marker}: SiteContext, file: string | undefined): Promise<Set<string>> {
  const code = file === undefined ? '' : await tree.read(file).catch(() => '')
  const names = (code.match(/(?<=["'`])[\w./-]+(?=["'`])/g) ?? []).filter((name) =>
    name.includes('redirects'),
  )
  const files = names.flatMap((name) =>
    ['', '.ts', '.js', '.json']
      .map((end) => joinPath(marker.root, name) + end)
      .filter((each) => tree.files.has(each)),
  )
  const texts = await Promise.all(files.map((each) => tree.read(each).catch(() => '')))
  return new Set(
    texts.flatMap((text) => [...text.matchAll(PATH_IN_FILE)].map(([path]) => trimBoth(path, '/'))),
  )
}

/** Add a redirect, in which `**` stands for any rest of a path. */
export function addRedirect(redirects: Record<string, string>, from: string, to: string): void {
  redirects[from.replace(/\*\*$/, '*')] = to.replace(/\*\*$/, ':splat')
}
