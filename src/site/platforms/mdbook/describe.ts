import type {Heading, Page} from '../../../page/types.ts'
import {folderOf, isAbove, joinPath} from '../../../text/paths.ts'
import {before, trimEnd, without} from '../../../text/trim.ts'
import {decodePercent} from '../../../text/urls.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record} from '../../shared/data.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {mdbookIds} from './heading-ids.ts'
import {mdbookSyntax} from './syntax.ts'

/** What counts of a `book.toml`. */
export interface MdbookConfig {
  /** The folder of the chapters, from the tree's root. */
  source: string
  /** Why a program of the book's own may add pages and ids, or write links anew. */
  programs: string | undefined
  /** Two hyphens become a dash; nothing where it depends on the version. */
  smart: boolean | undefined
  /** `README.md` becomes the index of its folder. */
  indexes: boolean
  /** URLs that lead on to others, without a slash in front or a fragment. */
  redirects: ReadonlySet<string>
  /** URLs with a fragment that lead on to others. */
  fragments: ReadonlySet<string>
  /** The path that the book is published at, with a slash at its end, if that is said. */
  base: string | undefined
  /** The full URL that the book is published at. */
  home: string | undefined
}

/** Preprocessors that add no chapters and no places to link to, and leave links as they are. */
const HARMLESS =
  /^(?:links|index|mermaid|katex|toc|pagetoc|emojicodes|alerts|kroki|kroki-preprocessor|d2|plantuml|svgbob2?|graphviz|linkcheck2?|last-changed|open-on-gh|variables|trpl-(?:note|listing|figure|heading)|i18n|gettext)$/

/**
 * Read a parsed `book.toml`.
 *
 * @param root The folder it is in, from the tree's root.
 */
export function readMdbook(data: Record<string, unknown>, root: string): MdbookConfig {
  const {src} = record(data.book)
  const html = record(record(data.output).html)
  const smart = html['smart-punctuation'] ?? html['curly-quotes']
  const program = Object.keys(record(data.preprocessor)).find((name) => !HARMLESS.test(name))
  const site = typeof html['site-url'] === 'string' ? html['site-url'] : undefined
  const redirects = Object.keys(record(html.redirect)).map((url) => url.replace(/^\/+/, ''))
  return {
    source: trimEnd(joinPath(root, typeof src === 'string' ? joinPath('', src) : 'src'), '/'),
    programs: program === undefined ? undefined : `the preprocessor ${program} may add to the book`,
    smart: typeof smart === 'boolean' ? smart : undefined,
    indexes: record(data.build)['use-default-preprocessors'] !== false,
    redirects: new Set(redirects.map((url) => before(url, '#'))),
    fragments: new Set(redirects.filter((url) => url.includes('#'))),
    base: site?.startsWith('/') ? `${trimEnd(site, '/')}/` : undefined,
    home: site !== undefined && /^https?:/.test(site) ? trimEnd(site, '/') : undefined,
  }
}

/** The chapters that a `SUMMARY.md` lists, as paths from its folder. */
export function chaptersOf(summary: string): string[] {
  const text = without(summary, /<!--/g, /-->/g)
  return [...text.matchAll(/\]\(\s*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))/g)]
    .map(([, angled, plain]) => decodePercent(before((angled ?? plain)!, '?#')))
    .filter((path) => path !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(path))
    .map((path) => joinPath('', path))
}

/**
 * A book: the chapters that `SUMMARY.md` lists become pages, files that are no Markdown are copied, and other Markdown
 * files, which chapters may include, are published nowhere. Links are URLs, in which `.md` becomes `.html`.
 *
 * @param chapters What `SUMMARY.md` lists, from the folder of the chapters; nothing where there is no such file.
 */
export function mdbookSite(
  ctx: SiteContext,
  config: MdbookConfig,
  chapters: readonly string[] | undefined,
): SiteDescription {
  const {tree, lookup} = ctx
  const {platform, root, why} = ctx.marker
  const prefix = config.source ? `${config.source}/` : ''
  const listed = new Set(chapters?.map((path) => prefix + path))
  const isChapter = (path: string) => (chapters ? listed.has(path) : MARKDOWN.test(path))
  const urlsOf = (path: string): string[] => {
    if (!path.startsWith(prefix)) return []
    const inside = path.slice(prefix.length)
    if (isChapter(path)) return [urlOf(inside, config)]
    return MARKDOWN.test(path) ? [] : [`/${inside}`]
  }
  let published: Map<string, string> | undefined
  const byUrl = (url: string) => {
    if (!published) {
      published = new Map()
      for (const path of [...tree.files, ...listed])
        for (const each of urlsOf(path)) published.set(each.slice(1), path)
      const [first] = chapters ?? []
      if (first !== undefined && !published.has('index.html')) published.set('index.html', prefix + first)
    }
    return published.get(url)
  }
  return {
    platform,
    root,
    why,
    syntax: mdbookSyntax,
    // What a chapter includes may be any other file of the folder.
    readsAll: true,
    owns: (path) => path.startsWith(prefix),
    ...(config.home !== undefined && {home: config.home}),
    publish: (pages) => {
      const ends: Ends = {
        world: {...ctx, ...pages},
        lookup,
        root,
        prefix,
        config,
        isComplete: chapters !== undefined,
        isChapter,
        byUrl,
      }
      return {
        references: () => config.programs,
        urlsOf,
        resolve: (link, from) => resolve(ends, link, from),
        anchorsOf: (page) => anchors(ends, page),
      }
    },
  }
}

const MARKDOWN = /\.md$/
const INDEX = /(^|\/)readme\.[^./]+$/i

/** Where a chapter is published. */
const urlOf = (path: string, {indexes}: MdbookConfig) =>
  `/${(indexes ? path.replace(INDEX, '$1index.md') : path).replace(/\.[^./]*$/, '')}.html`

interface Ends {
  world: SiteContext & PageSource
  lookup: Lookup
  root: string
  prefix: string
  config: MdbookConfig
  /** All chapters are known. */
  isComplete: boolean
  isChapter(path: string): boolean
  byUrl(url: string): string | undefined
}

function resolve(ends: Ends, link: SiteLink, from: string): Resolution {
  const {world, lookup, prefix, config} = ends
  const parts = splitUrl(link.url)
  if ('to' in parts) return parts
  if (parts.raw === '') return fileAt(world, from, parts.fragment)
  const inside = from.slice(prefix.length)
  // Chapters that are not there are created, as empty ones, or fail the build.
  if (inside === 'SUMMARY.md') return inSummary(ends, parts, from)
  const source = joinPath(folderOf(from), parts.path)
  if (parts.path.startsWith('/')) return absolute(ends, parts)
  const url = joinPath(folderOf(inside), pathOnSite(link, parts.path))
  if (isAbove(url)) return {to: 'unknown', why: 'it leads out of the book'}
  const file = find(ends, url, parts.path.endsWith('/'))
  if (file !== undefined && (lookup.isFile(file) || !ends.isChapter(file)))
    return fileAt(world, file, parts.fragment)
  if (file !== undefined) return {to: 'unknown', why: 'mdBook creates chapters that are not there'}
  if (!ends.isChapter(from)) {
    if (lookup.isFile(source)) return fileAt(world, source, parts.fragment)
    return {to: 'unknown', why: 'a file that is no chapter may be a part of one elsewhere'}
  }
  if (isBuiltIn(url) || config.redirects.has(url)) return {to: 'unknown', why: 'mdBook makes this page'}
  if (config.programs !== undefined) return {to: 'unknown', why: config.programs}
  // Scripts and style sheets are copied from the folder of the configuration.
  if (lookup.isFile(joinPath(ends.root, url)))
    return {to: 'unknown', why: 'it may be copied from beside book.toml'}
  if (!ends.isComplete) return {to: 'unknown', why: 'SUMMARY.md is not there'}
  // Links to `README.md` are written as `README.html`, too: https://github.com/rust-lang/mdBook/issues/984
  const written = [source, source.replace(/\.html$/, '.md')].find((path) => lookup.isFile(path))
  if (written !== undefined) return {to: 'missing', path: written, why: 'unpublished'}
  return lookup.missing(source)
}

function inSummary({world, lookup}: Ends, parts: UrlParts, from: string): Resolution {
  const source = joinPath(folderOf(from), parts.path)
  return lookup.isFile(source) ? fileAt(world, source, parts.fragment) : lookup.missing(source)
}

function absolute(ends: Ends, {path, fragment}: UrlParts): Resolution {
  const {base} = ends.config
  const url = joinPath('', path.replace(/^(.*)\.md$/s, '$1.html'))
  const file =
    base !== undefined && path.startsWith(base)
      ? find(ends, url.slice(base.length - 1), path.endsWith('/'))
      : undefined
  if (file !== undefined && ends.lookup.isFile(file)) return fileAt(ends.world, file, fragment)
  return {to: 'unknown', why: 'other sites may be at the address of an absolute link'}
}

/** mdBook writes `.html` for the last `.md` in links and images, and in `<a>`, and drops what follows it. */
const pathOnSite = ({kind, tag}: SiteLink, path: string) =>
  kind === 'html' && tag !== 'a' ? path : path.replace(/^(.*)\.md.*$/s, '$1.html')

/** A static host serves the index of a folder, and `x.html` for `x`. */
function find({byUrl}: Ends, url: string, isFolder: boolean): string | undefined {
  const folder = url === '' ? '' : `${url}/`
  return isFolder || url === ''
    ? byUrl(`${folder}index.html`)
    : (byUrl(url) ?? byUrl(`${url}.html`) ?? byUrl(`${folder}index.html`))
}

/** Pages, scripts and styles that mdBook or its theme brings. */
const isBuiltIn = (url: string) =>
  /^(?:(?:print|toc|404)\.html|favicon[\w.-]*|(?:css|fonts|FontAwesome)\/.*|[\w.-]+\.(?:js|css)|search[\w.-]*)$/.test(
    url,
  )

/** The page itself, footnotes, and what the theme brings. */
const BUILT_IN =
  /^(?:|top|(?:footnote|fr)-.+|mdbook-.+|sidebar.*|content|body-container|menu-bar.*|page-wrapper|search.*|theme-.+)$/
const INCLUDE = /^\{\{ *#include ([^}]*)\}\}$/

function anchors(ends: Ends, page: Page): Anchors {
  const pages = new Set([page])
  const open = ends.config.programs ?? include(ends.world, page, folderOf(page.path), pages)
  const headings = [...pages].flatMap((each) => each.headings)
  const {smart} = ends.config
  // Which version builds the book is not known: its rules have changed.
  const variants = [smart ?? true, smart ?? false].flatMap((each) => [
    mdbookIds(headings, {smart: each}),
    mdbookIds(headings, {smart: each, ascii: true}),
  ])
  const ofHeadings = variants[0]!.slice(0, page.headings.length)
  const ids = new Set(ofHeadings.filter((id) => id !== undefined))
  for (const each of pages) for (const {id, from} of each.ids) if (from === 'html') ids.add(id)
  const others = new Set(variants.flat())
  const found: Anchors = {
    ids,
    ofHeadings,
    idOf: (text) => mdbookIds([{text} as Heading], {smart: smart ?? true})[0],
    has: (id) =>
      ids.has(id) ||
      others.has(id) ||
      BUILT_IN.test(id) ||
      ends.config.fragments.has(`${urlOf(page.path.slice(ends.prefix.length), ends.config).slice(1)}#${id}`),
  }
  if (open !== undefined) found.incompleteBecause = open
  else if (!ends.isChapter(page.path))
    found.incompleteBecause = 'a file that is no chapter may be a part of one elsewhere'
  else if (headings.some((heading) => heading.template))
    found.incompleteBecause = 'a heading holds a template'
  return found
}

/** More pages are not put together. */
const MOST_INCLUDED = 100

/** Add the pages that a page includes; say why, if what is included is not known. */
function include(world: PageSource, page: Page, folder: string, pages: Set<Page>): string | undefined {
  for (const template of page.opaqueContent) {
    if (template.startsWith(':')) return 'a list of definitions may bring ids'
    const file = INCLUDE.exec(template)?.[1]?.trim()
    // Code brings no ids.
    if (
      file === undefined ||
      /\.(?:rs|toml|sh|js|ts|json|py|c|h|cpp|go|txt|ya?ml|css|console)(?::|$)/.test(file)
    )
      continue
    const path = joinPath(folder, file)
    const other = world.page(path)
    if (!other) return `${template} may bring ids`
    if (pages.has(other)) continue
    if (pages.size === MOST_INCLUDED) return `${template} and more may bring ids`
    pages.add(other)
    const why = include(world, other, folderOf(path), pages)
    if (why !== undefined) return why
  }
  return
}

/** Read the configuration of a book. */
export async function describeMdbook(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const config = readMdbook(await readData(ctx, joinPath(root, 'book.toml')), root)
  const summary = joinPath(config.source, 'SUMMARY.md')
  const chapters = lookup.isFile(summary) ? chaptersOf(await tree.read(summary).catch(() => '')) : undefined
  return mdbookSite(ctx, config, chapters)
}
