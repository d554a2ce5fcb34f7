import type {Page} from '../page/facts.ts'
import {folderOf, joinPath} from '../paths.ts'
import type {Anchors} from '../rule.ts'
import {fileAt} from './github.ts'
import {type Lookup, splitUrl, type UrlParts} from './lookup.ts'
import type {Marker, Resolution, Site, SiteLink, World} from './site.ts'
import {vitepressIds, vitepressSlug} from './slug.ts'

/** What counts of `.vitepress/config.*`. */
export interface VitepressConfig {
  /** The folder of the pages, from the tree's root. */
  source: string
  /** Why a page may be published elsewhere, or be generated. */
  routes: string | undefined
  /** Why headings may have other ids than the default ones. */
  otherIds: string | undefined
}

/**
 * Read a configuration, which is code and is never run: what is written out in it counts, what may be computed is not
 * known.
 *
 * @param root The folder that holds `.vitepress`, from the tree's root.
 * @param bundler The code of `vite.config.*`, whose plugins may write into pages.
 */
export function readVitepress(code: string, root: string, bundler = ''): VitepressConfig {
  const text = withoutComments(code)
  // Plugins have options of that name, too, deeper within.
  const source = [...text.matchAll(/\bsrcDir\s*:\s*(?:(['"`])([^'"`$]*)\1|(\S))/g)].find(
    ({index}) => depthAt(text, index) === 1,
  )
  return {
    source: joinPath(root, source?.[2] ?? ''),
    routes: /\brewrites\b/.test(text)
      ? 'pages are published elsewhere by `rewrites`'
      : source?.[3]
        ? 'the folder of the pages is computed'
        : /\bextends\s*:/.test(text)
          ? 'the configuration extends another'
          : undefined,
    otherIds: /\bslugify\b|\banchor\s*:|\.use\(\s*\w*(?:anchor|slug)/i.test(text)
      ? 'the ids of headings are configured'
      : /markdown|\.md\b/i.test(bundler)
        ? 'a plugin of the bundler may add to pages'
        : undefined,
  }
}

/** How many braces are open at a place. */
const depthAt = (text: string, at: number) => {
  const before = text.slice(0, at)
  return before.split('{').length - before.split('}').length
}

/** Code without its comments; what looks like one in a string is lost, too, and does no harm. */
const withoutComments = (code: string) =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*/g, '$1')

/** A VitePress site: links to pages by source file or by URL, files of `public/` from the root, ids of its slugger. */
export function vitepressSite(
  world: World,
  lookup: Lookup,
  root: string,
  why: string,
  config: VitepressConfig,
): Site {
  const prefix = config.source ? `${config.source}/` : ''
  const isDynamic = [...world.tree.files].some((file) => file.startsWith(prefix) && /\[[^\]/]+\]/.test(file))
  return {
    platform: 'vitepress',
    root,
    why,
    owns: (path) => path.startsWith(prefix),
    syntax: {liquid: false, vue: true},
    urlsOf: (path) =>
      path.startsWith(prefix) && config.routes === undefined ? [urlOf(path.slice(prefix.length))] : [],
    resolve: (link, from) => resolve({world, lookup, prefix, isDynamic, config}, link, from),
    anchorsOf: (page) => anchors(page, config),
  }
}

/** Where a page is published, less the `.html` that some configurations keep. */
const urlOf = (path: string) => `/${path.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`

interface Ends {
  world: World
  lookup: Lookup
  prefix: string
  /** Pages are made out of templates, by names that are not known. */
  isDynamic: boolean
  config: VitepressConfig
}

function resolve(ends: Ends, {url}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(ends.world, from, parts.fragment)
  // Vite's names for folders, which are configured.
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', why: 'the bundler knows where it is'}
  const isPage = parts.path.endsWith('/') || /(?:^|\/)[^./]+$|\.(?:md|html)$/.test(parts.path)
  return isPage ? toPage(ends, parts, from) : toAsset(ends, parts, from)
}

function toPage(
  {world, lookup, prefix, isDynamic, config}: Ends,
  {path, fragment}: UrlParts,
  from: string,
): Resolution {
  const name = path.replace(/\.(?:html|md)$/, '') + (path.endsWith('/') ? 'index' : '')
  const target = path.startsWith('/') ? prefix + joinPath('', name) : joinPath(folderOf(from), name)
  if (lookup.isFile(`${target}.md`)) return fileAt(world, `${target}.md`, fragment)
  const shown = `${prefix}public/${target.slice(prefix.length)}.html`
  if (lookup.isFile(shown)) return fileAt(world, shown, fragment)
  if (!target.startsWith(prefix)) return {to: 'unknown', why: 'outside the folder of the pages'}
  if (config.routes !== undefined) return {to: 'unknown', why: config.routes}
  if (isDynamic) return {to: 'unknown', why: 'pages are generated from templates'}
  return lookup.missing(`${target}.md`)
}

function toAsset({world, lookup, prefix}: Ends, {path, fragment}: UrlParts, from: string): Resolution {
  const places = path.startsWith('/')
    ? [`${prefix}public/${joinPath('', path)}`, prefix + joinPath('', path)]
    : [joinPath(folderOf(from), path)]
  const file = places.find((place) => lookup.isFile(place))
  return file === undefined
    ? {to: 'unknown', why: 'only links to pages are certain'}
    : fileAt(world, file, fragment)
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
    // Fragments are written as ids are when the page is built.
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
  const files = [...world.tree.files].filter(
    (file) =>
      file.startsWith(`${prefix}.vitepress/config.`) ||
      (file.startsWith(`${prefix}.vitepress/config/`) && /\.[cm]?[jt]s$/.test(file)),
  )
  const readAll = async (names: readonly string[]) =>
    (await Promise.all(names.map((file) => world.tree.read(file).catch(() => '')))).join('\n')
  const bundler = ['ts', 'js', 'mts', 'mjs']
    .flatMap((end) => [`${prefix}vite.config.${end}`, `${prefix}.vitepress/vite.config.${end}`])
    .filter((file) => lookup.isFile(file))
  return vitepressSite(
    world,
    lookup,
    root,
    why,
    readVitepress(await readAll(files), root, await readAll(bundler)),
  )
}
