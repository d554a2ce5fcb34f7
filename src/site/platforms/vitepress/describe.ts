import escapeStringRegexp from 'escape-string-regexp'
import type {Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {makeAnchors, mayAddIds, uncertainId} from '../../shared/anchors.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {resolvedInPartial} from '../../shared/partials.ts'
import {fileAt} from '../../shared/repository.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {type Rewrites, readVitepress, type VitepressConfig} from './config.ts'
import {vitepressIds, vitepressSlug} from './heading-ids.ts'
import {vitepressSyntax} from './syntax.ts'

/** A VitePress site: links to pages by source file or by URL, files of `public/` from the root, ids of its slugger. */
export function vitepressSite(ctx: SiteContext, config: VitepressConfig): SiteDescription {
  const {tree, lookup} = ctx
  const {platform, root, why} = ctx.marker
  const prefix = config.source ? `${config.source}/` : ''
  const generated = new UrlPatterns()
  for (const file of tree.files) {
    const parts = file.startsWith(prefix) && file.endsWith('.md') ? file.split(/\[[^[\]/]+\]/) : []
    if (parts.length > 1) generated.add(`^${parts.map(escapeStringRegexp).join('.+')}$`, parts[0]!)
  }
  const isPublished = (path: string) =>
    path.startsWith(prefix) && !config.excluded.test(path.slice(prefix.length))
  const hasRewrites = config.rewrites.exact.size + config.rewrites.patterns.length > 0
  const rewritten = (path: string) => prefix + rewrite(path.slice(prefix.length), config.rewrites)
  let sources: Map<string, string> | undefined
  const sourceOf = (path: string) => {
    if (!hasRewrites) return lookup.isFile(path) && isPublished(path) ? path : undefined
    if (!sources) {
      sources = new Map()
      for (const file of tree.files)
        if (file.endsWith('.md') && isPublished(file)) sources.set(rewritten(file), file)
    }
    return sources.get(path)
  }
  return {
    platform,
    root,
    why,
    ...(config.home !== undefined && {home: config.home}),
    owns: (path) => path.startsWith(prefix),
    syntax: vitepressSyntax,
    publish: (pages) => ({
      urlsOf: (path) =>
        isPublished(path) && config.otherRoutes === undefined
          ? [urlOf(rewritten(path).slice(prefix.length))]
          : [],
      resolve: (link, from) => {
        const found = resolve(
          {world: {...ctx, ...pages}, lookup, prefix, generated, config, sourceOf},
          link,
          from,
          rewritten(from),
        )
        // What is excluded in a folder is there for `<!--@include: …-->`.
        const isPart = !isPublished(from) && from.slice(prefix.length).includes('/')
        return isPart ? resolvedInPartial(found, from) : found
      },
      anchorsOf: (page) => anchors(page, config),
    }),
  }
}

/** Where a page is published, less the `.html` that some configurations keep. */
const urlOf = (path: string) => `/${path.replace(/\.md$/, '').replace(/(^|\/)index$/, '$1')}`

/** The path at which a page is published, with its extension. */
function rewrite(path: string, {exact, patterns}: Rewrites): string {
  const own = exact.get(path)
  for (const {index, from, names, to} of patterns) {
    if (own && own.index < index) break
    const values = from.groups(path)
    if (values)
      return to.replace(
        /:(\w+)[*+]?|\(\.\*\)/g,
        (whole, name?: string) => values[names.indexOf(name ?? '0')] ?? whole,
      )
  }
  return own?.to ?? path
}

interface VitepressContext {
  world: SiteContext & PageSource
  lookup: Lookup
  prefix: string
  /** Where pages are made out of templates, by names that are not known. */
  generated: UrlPatterns
  config: VitepressConfig
  /** The file of a page, by the path at which it is published. */
  sourceOf(path: string): string | undefined
}

/** @param place The path at which the page is published: relative links begin there. */
function resolve(ends: VitepressContext, link: SiteLink, from: string, place: string): Resolution {
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

function toPage(ends: VitepressContext, {path, fragment}: UrlParts, place: string): Resolution {
  const {world, lookup, prefix, generated, config, sourceOf} = ends
  const name = path.replace(/\.(?:html|md)$/, '') + (path.endsWith('/') ? 'index' : '')
  const target = path.startsWith('/') ? prefix + joinPath('', name) : joinPath(folderOf(place), name)
  const source = sourceOf(`${target}.md`)
  if (source !== undefined) return fileAt(world, source, fragment)
  const inPublic = `${prefix}public/${target.slice(prefix.length)}`
  // `public/LICENSE` has no extension either.
  const shown = [`${inPublic}.html`, inPublic].find((file) => lookup.isFile(file))
  if (shown !== undefined) return fileAt(world, shown, fragment)
  if (!target.startsWith(prefix)) {
    // A page beside the site's folder is there for readers of the repository.
    const isThere = /\.md$/.test(path) && !lookup.isFile(`${target}.md`)
    return isThere ? lookup.missing(`${target}.md`) : {to: 'unknown', why: 'outside the folder of the pages'}
  }
  if (config.otherRoutes !== undefined) return {to: 'unknown', why: config.otherRoutes}
  if (generated.test(`${target}.md`)) return {to: 'unknown', why: 'pages are generated from templates'}
  return lookup.missing(`${target}.md`)
}

function toAsset(
  {world, lookup, prefix, config}: VitepressContext,
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
  return {to: 'unknown', why: config.moreFiles ?? 'only links to pages and images are certain'}
}

/** Ids of the default theme and of footnotes. */
const THEME_IDS = /^(?:app|VP\w+|fn(?:ref)?\d.*|main-title|doc-before|local-nav)$/

function anchors(page: Page, config: VitepressConfig): Anchors {
  const ofHeadings = vitepressIds(page.headings)
  const content = page.opaqueContent[0]
  const odd = page.headings.find(
    ({text, id}) => /&|:\w+:/.test(text) || (id === undefined && /\}\s*$/.test(text)),
  )
  const ids = new Set([...ofHeadings, ...page.ids.map(({id}) => id)])
  return makeAnchors({
    ofHeadings,
    ids,
    idOf: vitepressSlug,
    // VitePress 2 slugifies the fragments of links when it builds a page, VitePress 1 does not.
    alsoHas: (fragment) => ids.has(vitepressSlug(fragment)) || THEME_IDS.test(fragment),
    incompleteBecause:
      config.otherIds ?? (content === undefined ? odd && uncertainId(odd) : mayAddIds(content)),
  })
}

/** Read the configuration of a VitePress site. */
export async function describeVitepress(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const prefix = root ? `${root}/` : ''
  const own = ['config', 'config/index'].flatMap((name) =>
    ENDS.map((end) => `${prefix}.vitepress/${name}.${end}`),
  )
  const parts = [...tree.files].filter(
    (file) => file.startsWith(`${prefix}.vitepress/config`) && /\.[cm]?[jt]s$/.test(file),
  )
  const bundler = ENDS.flatMap((end) => [
    `${prefix}vite.config.${end}`,
    `${prefix}.vitepress/vite.config.${end}`,
  ])
  const readAll = async (names: readonly string[]) =>
    (
      await Promise.all(
        names.filter((file) => lookup.isFile(file)).map((file) => tree.read(file).catch(() => '')),
      )
    ).join('\n')
  const config = await readVitepress(
    await readAll(own.filter((file) => lookup.isFile(file)).slice(0, 1)),
    root,
    await readAll(parts),
    await readAll(bundler),
  )
  return vitepressSite(ctx, config)
}

const ENDS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs']
