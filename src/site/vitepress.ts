import type {Page} from '../page/facts.ts'
import {folderOf, joinPath} from '../paths.ts'
import type {Anchors} from '../rule.ts'
import {Fields, readCode, UNKNOWN, type Value} from './code.ts'
import {fileAt} from './github.ts'
import {type Lookup, splitUrl, type UrlParts} from './lookup.ts'
import type {Marker, Resolution, Site, SiteLink, World} from './site.ts'
import {vitepressIds, vitepressSlug} from './slug.ts'

/** What counts of `.vitepress/config.*`. */
export interface VitepressConfig {
  /** The folder of the pages, from the tree's root. */
  source: string
  /** The path at which the site is published, with slashes at both ends. */
  base: string
  /** Where the site is published, if that is known. */
  home: string | undefined
  /** Where pages are published that are not at their own path, by the first pattern that fits. */
  rewrites: readonly Rewrite[]
  /** Pages that are not published. */
  excluded: readonly RegExp[]
  /** Why a page may be published elsewhere, or be generated. */
  routes: string | undefined
  /** Why files may be published that are not in the tree. */
  generates: string | undefined
  /** Why headings may have other ids than the default ones. */
  otherIds: string | undefined
}

/** A pattern of source paths, and the path at which they are published. */
interface Rewrite {
  from: RegExp
  names: string[]
  to: string
}

/**
 * Read a configuration, which is code and is never run: what is written out in it counts, what may be computed is not
 * known.
 *
 * @param code The code of the configuration itself.
 * @param root The folder that holds `.vitepress`, from the tree's root.
 * @param parts All code in the configuration's folder: what no part names is not configured.
 * @param bundler The code of `vite.config.*`, whose plugins may write into pages.
 */
export async function readVitepress(
  code: string,
  root: string,
  parts = code,
  bundler = '',
): Promise<VitepressConfig> {
  const text = withoutComments(parts)
  const exported = await readCode(code)
  const field = (name: string): Value => {
    const value = exported instanceof Fields ? exported.get(name) : UNKNOWN
    return value === UNKNOWN && !new RegExp(`\\b${name}\\b`).test(text) ? undefined : value
  }
  const [source, base, rewrites, excluded, sitemap] = [
    'srcDir',
    'base',
    'rewrites',
    'srcExclude',
    'sitemap',
  ].map(field)
  const rules = readRewrites(rewrites)
  const patterns = excluded === undefined ? [] : Array.isArray(excluded) ? excluded.map(glob) : [undefined]
  const path = typeof base === 'string' ? `/${base.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/') : '/'
  const host = sitemap instanceof Fields ? sitemap.get('hostname') : undefined
  return {
    source: joinPath(root, typeof source === 'string' ? source : ''),
    base: path,
    home:
      typeof host === 'string' && URL.canParse(host) && base !== UNKNOWN
        ? new URL(path, host).href.replace(/\/+$/, '')
        : undefined,
    rewrites: rules ?? [],
    excluded: patterns.filter((pattern) => pattern !== undefined),
    routes:
      rules === undefined
        ? 'where pages are published is computed'
        : source !== undefined && typeof source !== 'string'
          ? 'the folder of the pages is computed'
          : base !== undefined && typeof base !== 'string'
            ? 'the base of the site is computed'
            : undefined,
    generates: /\b(?:buildEnd|plugins)\b/.test(text + withoutComments(bundler))
      ? 'a plugin may publish it'
      : patterns.includes(undefined)
        ? 'what is published is computed'
        : undefined,
    otherIds: /\bslugify\b|\banchor\s*:|\.use\(\s*\w*(?:anchor|slug)/i.test(text)
      ? 'the ids of headings are configured'
      : /markdown|\.md\b/i.test(bundler)
        ? 'a plugin of the bundler may add to pages'
        : undefined,
  }
}

/** Code without its comments; what looks like one in a string is lost, too, and does no harm. */
const withoutComments = (code: string) =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*/g, '$1')

/** @returns nothing where they are computed, or written in a way that is not understood. */
function readRewrites(value: Value): Rewrite[] | undefined {
  if (value === undefined) return []
  if (!(value instanceof Fields) || value.open) return
  const rules: Rewrite[] = []
  for (const [from, to] of value.values) {
    if (typeof to !== 'string') return
    const names: string[] = []
    // The syntax of path-to-regexp, as far as it is used for paths: `:name`, `:name*`, `(.*)`.
    const source = from.replace(
      /\\?([.+?^${}|[\]])|:(\w+)([*+]?)(?!\()|\(\.\*\)|[()*]/g,
      (whole, mark?: string, name?: string, many?: string) => {
        if (mark !== undefined) return `\\${mark}`
        if (name === undefined && whole !== '(.*)') return '\0'
        names.push(name ?? String(names.filter((each) => /^\d+$/.test(each)).length))
        return name === undefined || many ? '(.*)' : '([^/]+)'
      },
    )
    if (source.includes('\0') || names.filter((_name, index) => index > 2).length > 0) return
    rules.push({from: new RegExp(`^${source}$`), names, to})
  }
  return rules
}

/** A glob of `srcExclude`; nothing for one that is not understood. */
function glob(value: Value): RegExp | undefined {
  if (typeof value !== 'string' || /[{}[\]!()]/.test(value)) return
  const source = value.replace(/\*\*\/|\*\*|\*|[.+?^$|\\]/g, (mark) =>
    mark === '**/' ? '(?:.*/)?' : mark === '**' ? '.*' : mark === '*' ? '[^/]*' : `\\${mark}`,
  )
  return new RegExp(`^${source}$`)
}

/** A VitePress site: links to pages by source file or by URL, files of `public/` from the root, ids of its slugger. */
export function vitepressSite(
  world: World,
  lookup: Lookup,
  root: string,
  why: string,
  config: VitepressConfig,
): Site {
  const prefix = config.source ? `${config.source}/` : ''
  const generated = [...world.tree.files]
    .filter((file) => file.startsWith(prefix) && /\[[^\]/]+\]/.test(file) && file.endsWith('.md'))
    .map(
      (file) =>
        new RegExp(
          `^${file.replace(/\[[^\]/]+\]|[.+?^$(){}|\\]/g, (mark) => (mark[0] === '[' ? '.+' : `\\${mark}`))}$`,
        ),
    )
  const isPublished = (path: string) =>
    path.startsWith(prefix) && !config.excluded.some((pattern) => pattern.test(path.slice(prefix.length)))
  const rewritten = (path: string) => prefix + rewrite(path.slice(prefix.length), config.rewrites)
  let sources: Map<string, string> | undefined
  const sourceOf = (path: string) => {
    if (config.rewrites.length === 0) return lookup.isFile(path) && isPublished(path) ? path : undefined
    if (!sources) {
      sources = new Map()
      for (const file of world.tree.files)
        if (file.endsWith('.md') && isPublished(file)) sources.set(rewritten(file), file)
    }
    return sources.get(path)
  }
  return {
    platform: 'vitepress',
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => path.startsWith(prefix),
    syntax: {liquid: false, vue: true},
    urlsOf: (path) =>
      isPublished(path) && config.routes === undefined ? [urlOf(rewritten(path).slice(prefix.length))] : [],
    resolve: (link, from) =>
      resolve({world, lookup, prefix, generated, config, sourceOf}, link, from, rewritten(from)),
    anchorsOf: (page) => anchors(page, config),
  }
}

/** Where a page is published, less the `.html` that some configurations keep. */
const urlOf = (path: string) => `/${path.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`

/** The path at which a page is published, with its extension. */
function rewrite(path: string, rewrites: readonly Rewrite[]): string {
  for (const {from, names, to} of rewrites) {
    const match = from.exec(path)
    if (match)
      return to.replace(
        /:(\w+)[*+]?|\(\.\*\)/g,
        (whole, name?: string) => match[names.indexOf(name ?? '0') + 1] ?? whole,
      )
  }
  return path
}

interface Ends {
  world: World
  lookup: Lookup
  prefix: string
  /** Where pages are made out of templates, by names that are not known. */
  generated: readonly RegExp[]
  config: VitepressConfig
  /** The file of a page, by the path at which it is published. */
  sourceOf(path: string): string | undefined
}

/** @param place The path at which the page is published: relative links begin there. */
function resolve(ends: Ends, link: SiteLink, from: string, place: string): Resolution {
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ends.world, from, parts.fragment)
  // Vite's names for folders, which are configured.
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', why: 'the bundler knows where it is'}
  const {base} = ends.config
  let {path} = parts
  // Links of Markdown are read below the base, those of HTML from the root of the host.
  if (link.kind === 'html' && !link.image && base !== '/' && path.startsWith('/')) {
    if (!`${path}/`.startsWith(base)) return {to: 'outside', why: `outside the site's base ${base}`}
    path = `/${path.slice(base.length)}`
  }
  const isPage = path === '' || path.endsWith('/') || /(?:^|\/)[^./]+$|\.(?:md|html)$/.test(path)
  return isPage ? toPage(ends, {...parts, path}, place) : toAsset(ends, {...parts, path}, link, from)
}

function toPage(ends: Ends, {path, fragment}: UrlParts, place: string): Resolution {
  const {world, lookup, prefix, generated, config, sourceOf} = ends
  const name = path.replace(/\.(?:html|md)$/, '') + (path.endsWith('/') ? 'index' : '')
  const target = path.startsWith('/') ? prefix + joinPath('', name) : joinPath(folderOf(place), name)
  const source = sourceOf(`${target}.md`)
  if (source !== undefined) return fileAt(world, source, fragment)
  const shown = `${prefix}public/${target.slice(prefix.length)}.html`
  if (lookup.isFile(shown)) return fileAt(world, shown, fragment)
  if (!target.startsWith(prefix)) {
    // A page beside the site's folder is there for readers of the repository.
    const isThere = /\.md$/.test(path) && !lookup.isFile(`${target}.md`)
    return isThere ? lookup.missing(`${target}.md`) : {to: 'unknown', why: 'outside the folder of the pages'}
  }
  if (config.routes !== undefined) return {to: 'unknown', why: config.routes}
  if (generated.some((pattern) => pattern.test(`${target}.md`)))
    return {to: 'unknown', why: 'pages are generated from templates'}
  return lookup.missing(`${target}.md`)
}

function toAsset(
  {world, lookup, prefix, config}: Ends,
  {path, fragment}: UrlParts,
  link: SiteLink,
  from: string,
): Resolution {
  const inPublic = `${prefix}public/${joinPath('', path)}`
  const places = path.startsWith('/')
    ? [inPublic, prefix + joinPath('', path)]
    : [
        joinPath(folderOf(from), path),
        `${prefix}public/${joinPath(folderOf(from).slice(prefix.length), path)}`,
      ]
  const file = places.find((place) => lookup.isFile(place))
  if (file !== undefined) return fileAt(world, file, fragment)
  // The build stops at an image that is not there; a folder that is not there at all may be filled by a script.
  if (link.image && (!path.startsWith('/') || lookup.isFolder(folderOf(inPublic))))
    return lookup.missing(places[0]!)
  return {to: 'unknown', why: config.generates ?? 'only links to pages and images are certain'}
}

/** Headings of the default theme's own, and the page itself. */
const BUILT_IN = /^(?:|top|app|VP\w+|fn(?:ref)?\d*.*|main-title|doc-before|local-nav)$/

function anchors(page: Page, config: VitepressConfig): Anchors {
  const ofHeadings = vitepressIds(page.headings)
  const ids = new Set([...ofHeadings.filter((id) => id !== undefined), ...page.ids.map(({id}) => id)])
  const found: Anchors = {
    ids,
    ofHeadings,
    idOf: vitepressSlug,
    // VitePress 2 writes fragments as ids when the page is built, VitePress 1 does not.
    has: (fragment) => ids.has(fragment) || ids.has(vitepressSlug(fragment)) || BUILT_IN.test(fragment),
  }
  const template = page.templates[0]
  const odd = page.headings.find(
    ({text, id}) => /&|:\w+:/.test(text) || (id === undefined && /\}\s*$/.test(text)),
  )
  if (config.otherIds !== undefined) found.open = config.otherIds
  else if (template !== undefined) found.open = `${template.split('\n')[0]} may bring ids`
  else if (odd) found.open = `the id of “${odd.text}” is not certain`
  return found
}

/** Read the configuration of a site that was found, and make it. */
export async function makeVitepress(world: World, lookup: Lookup, {root, why}: Marker): Promise<Site> {
  const prefix = root ? `${root}/` : ''
  const own = ['config', 'config/index'].flatMap((name) =>
    ENDS.map((end) => `${prefix}.vitepress/${name}.${end}`),
  )
  const parts = [...world.tree.files].filter(
    (file) => file.startsWith(`${prefix}.vitepress/config`) && /\.[cm]?[jt]s$/.test(file),
  )
  const bundler = ENDS.flatMap((end) => [
    `${prefix}vite.config.${end}`,
    `${prefix}.vitepress/vite.config.${end}`,
  ])
  const readAll = async (names: readonly string[]) =>
    (
      await Promise.all(
        names.filter((file) => lookup.isFile(file)).map((file) => world.tree.read(file).catch(() => '')),
      )
    ).join('\n')
  const config = await readVitepress(
    await readAll(own.filter((file) => lookup.isFile(file)).slice(0, 1)),
    root,
    await readAll(parts),
    await readAll(bundler),
  )
  return vitepressSite(world, lookup, root, why, config)
}

const ENDS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs']
