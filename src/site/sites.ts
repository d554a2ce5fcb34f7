import {folderOf} from '../paths.ts'
import type {Tree} from '../tree/tree.ts'
import {githubSite} from './github.ts'
import {jekyllSite} from './jekyll.ts'
import {record} from './jekyll-urls.ts'
import {Lookup} from './lookup.ts'
import {mkdocsSite, readMkdocs} from './mkdocs.ts'
import {otherSite} from './other.ts'
import type {Site, World} from './site.ts'
import {readVitepress, vitepressSite} from './vitepress.ts'

/** The platforms a user may name. */
export const PLATFORMS = ['github', 'jekyll', 'mkdocs', 'vitepress'] as const
/** A platform a user may name. */
export type Platform = (typeof PLATFORMS)[number]

/** Where a platform was recognised. */
export interface Marker {
  platform: string
  /** The site's folder, from the tree's root. */
  root: string
  why: string
}

/** Files by which a platform gives itself away, in its site's folder. */
const MARKERS: [RegExp, string][] = [
  [/^_config\.ya?ml$/, 'jekyll'],
  [/^docusaurus\.config\.[cm]?[jt]s$/, 'docusaurus'],
  [/^\.vitepress\/config\.[cm]?[jt]s$/, 'vitepress'],
  [/^\.vitepress\/config\/index\.[cm]?[jt]s$/, 'vitepress'],
  [/^\.vuepress\/config\.[cm]?[jt]s$/, 'vuepress'],
  [/^astro\.config\.[cm]?[jt]s$/, 'astro'],
  [/^next\.config\.[cm]?[jt]s$/, 'next'],
  [/^gatsby-config\.[cm]?[jt]s$/, 'gatsby'],
  [/^(?:\.?eleventy|eleventy\.config)\.[cm]?js$/, 'eleventy'],
  [/^mkdocs\.ya?ml$/, 'mkdocs'],
  [/^(?:zensical|antora)\.(?:toml|yml)$/, 'zensical'],
  [/^hugo\.(?:toml|ya?ml|json)$/, 'hugo'],
  [/^config\/_default\/(?:hugo|config)\.(?:toml|ya?ml|json)$/, 'hugo'],
  [/^book\.toml$/, 'mdbook'],
  [/^docfx\.json$/, 'docfx'],
  [/^\.openpublishing\.publish\.config\.json$/, 'docfx'],
  [/^conf\.py$/, 'sphinx'],
  [/^_quarto\.yml$/, 'quarto'],
  [/^_toc\.yml$/, 'jupyter-book'],
  [/^(?:\.gitbook\.yaml|docs\.json|mint\.json)$/, 'hosted'],
  [/^docsify\.js$/, 'docsify'],
]

/**
 * Find the sites of a tree by the files that platforms are configured with; deepest folders first.
 * Fixtures and packages that bring a site of their own are sites like any other.
 */
export function findMarkers(tree: Tree): Marker[] {
  const found = new Map<string, Marker>()
  for (const file of tree.files) {
    if (file.includes('node_modules/')) continue
    const segments = file.split('/')
    for (const depth of [1, 2, 3]) {
      if (segments.length < depth) break
      const name = segments.slice(-depth).join('/')
      const match = MARKERS.find(([pattern]) => pattern.test(name))
      if (!match) continue
      const root = segments.slice(0, -depth).join('/')
      const known = found.get(root)
      // Hugo before 0.110 and many others share `config.toml`; a Jekyll marker never gives way.
      if (!known) found.set(root, {platform: match[1], root, why: `${file} is there`})
    }
    if (/(?:^|\/)config\.(?:toml|ya?ml)$/.test(file) && isOldHugo(tree, folderOf(file)))
      found.set(folderOf(file), {
        platform: 'hugo',
        root: folderOf(file),
        why: `${file} and content/ are there`,
      })
  }
  return [...found.values()].sort((a, b) => b.root.length - a.root.length)
}

const isOldHugo = (tree: Tree, root: string) => {
  const prefix = root ? `${root}/` : ''
  return (
    tree.folders.has(`${prefix}content`) &&
    (tree.folders.has(`${prefix}layouts`) || tree.folders.has(`${prefix}themes`))
  )
}

/** The sites of a tree; each file belongs to the nearest one above it, or to GitHub. */
export interface Sites {
  of(path: string): Site
}

/** The marker of the site that a file belongs to. */
export const markerOf = (markers: readonly Marker[], path: string): Marker | undefined =>
  markers.find(({root}) => root === '' || path.startsWith(`${root}/`))

/**
 * Make the sites of a world.
 *
 * @param only Take this platform for the whole tree, whatever is found.
 */
export async function makeSites(world: World, markers: readonly Marker[], only?: Platform): Promise<Sites> {
  const lookup = new Lookup(world.tree)
  const github = githubSite(world, lookup, only ? 'it was asked for' : 'nothing names another platform')
  const sites = new Map<Marker, Site>()
  for (const marker of markers) sites.set(marker, await makeSite(world, lookup, marker))
  const translations = [...sites.values()].flatMap((site) => site.translations ?? [])
  return {
    of: (path) => {
      const marker = markerOf(markers, path)
      const site = marker && sites.get(marker)
      if (site) return site.owns?.(path) === false ? github : site
      return translations.find(({owns}) => owns!(path)) ?? github
    },
  }
}

function makeSite(world: World, lookup: Lookup, marker: Marker): Promise<Site> {
  if (marker.platform === 'jekyll') return makeJekyll(world, lookup, marker)
  if (marker.platform === 'mkdocs') return makeMkdocs(world, lookup, marker)
  if (marker.platform === 'vitepress') return makeVitepress(world, lookup, marker)
  return Promise.resolve(otherSite(world, lookup, marker.platform, marker.root, marker.why))
}

async function makeVitepress(world: World, lookup: Lookup, {root, why}: Marker): Promise<Site> {
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

async function makeMkdocs(world: World, lookup: Lookup, {root, why}: Marker): Promise<Site> {
  const name = ['mkdocs.yml', 'mkdocs.yaml']
    .map((file) => (root ? `${root}/${file}` : file))
    .find((file) => lookup.isFile(file))
  const {parse} = await import('yaml')
  try {
    const text = name === undefined ? '' : await world.tree.read(name)
    return mkdocsSite(world, lookup, root, why, readMkdocs(parse(text, {logLevel: 'silent'}), text, root))
  } catch {
    // What cannot be read is not known.
    return otherSite(world, lookup, 'mkdocs', root, why)
  }
}

async function makeJekyll(world: World, lookup: Lookup, {root, why}: Marker): Promise<Site> {
  const prefix = root ? `${root}/` : ''
  const {parse} = await import('yaml')
  const data = (file: string) =>
    world.tree.read(file).then(
      (text) => record(parse(text, {logLevel: 'silent'})),
      () => ({}),
    )
  const name = ['_config.yml', '_config.yaml'].find((file) => lookup.isFile(prefix + file))
  const config = name ? await data(prefix + name) : {}
  const headers = new Map<string, Record<string, unknown>>()
  for (const file of world.tree.files) {
    if (!file.startsWith(prefix) || !/\.html?$/.test(file) || /(?:^|\/)_(?:includes|layouts)\//.test(file))
      continue
    const text = await world.tree.read(file).catch(() => '')
    const block = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*$/m.exec(text)
    if (block?.index !== 0) continue
    try {
      headers.set(file, record(parse(block[1]!, {logLevel: 'silent'})))
    } catch {
      headers.set(file, {})
    }
  }
  return jekyllSite(world, lookup, root, why, config, headers)
}
