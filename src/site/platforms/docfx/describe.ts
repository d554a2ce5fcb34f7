import type {Heading, Page} from '../../../page/types.ts'
import {globsOf} from '../../../pattern/globs.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {readData, record, strings} from '../../shared/data.ts'
import {FolderSet} from '../../shared/folders.ts'
import {pictureFinder} from '../../shared/heading-images.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import {UniqueSlugs} from '../../shared/unique-slugs.ts'
import {unknownRouting} from '../../shared/unknown-routing.ts'
import {withoutPages} from '../../shared/without-pages.ts'
import type {Anchors, Resolution, SiteLink} from '../../types.ts'
import {docfxSyntax} from './syntax.ts'

/** What counts of a `docfx.json`. */
export interface DocfxConfig {
  /** Is a file one that becomes a page? By its path from the tree's root. */
  isContent(path: string): boolean
  /** Folders, from the tree's root, in which files may appear that are not in the tree. */
  generated: FolderSet
  /** Why headings may have other ids than the default ones. */
  otherIds: string | undefined
}

/** What a tree says beside `docfx.json`, of which only Microsoft Learn takes note. */
export interface Learn {
  /** The site is built by Microsoft Learn. */
  isLearn: boolean
  /** Files, from the tree's root, that are gone but lead on to others. */
  redirected: ReadonlySet<string>
  /** Folders, from the tree's root, that are taken from other repositories. */
  borrowed: FolderSet
}

/** More sets of globs are not understood. */
const MOST_SETS = 100

/**
 * Read a parsed `docfx.json`.
 *
 * @param root The folder it is in, from the tree's root.
 */
export function readDocfx(data: Record<string, unknown>, root: string): DocfxConfig {
  const build = record(data.build)
  const content = Array.isArray(build.content) ? build.content : [build.content]
  const sets = (content.length > MOST_SETS ? [] : content).map((each) => {
    const {files, exclude, src, cwd} = record(each)
    const folder = typeof src === 'string' ? src : typeof cwd === 'string' ? cwd : ''
    const base = joinPath(root, joinPath('', folder))
    const read = (value: unknown) =>
      globsOf(
        strings(value).map((pattern) => pattern.replace(/^\.\//, '')),
        'docfx',
      )
    const prefix = base === '' || base === '.' ? '' : `${base}/`
    return {prefix, files: read(typeof each === 'string' ? each : files), exclude: read(exclude)}
  })
  const metadata = Array.isArray(data.metadata) ? data.metadata : [data.metadata]
  const extended = JSON.stringify(record(build.markdownEngineProperties))
  return {
    isContent: (path) =>
      sets.some(({prefix, files, exclude}) => {
        if (!path.startsWith(prefix)) return false
        const inside = path.slice(prefix.length)
        // What globs that are not understood take is not known to be content.
        return files !== undefined && exclude !== undefined && files.test(inside) && !exclude.test(inside)
      }),
    generated: new FolderSet(
      metadata.flatMap((each) => {
        const {dest, output} = record(each)
        const named = [dest, output].find((folder) => typeof folder === 'string')
        const folders = typeof named === 'string' ? [named] : each === undefined ? [] : ['api', '_api']
        return folders.map((folder) => joinPath(root, joinPath('', folder)))
      }),
    ),
    otherIds: /autoidentifiers|smartypants|attributes|emoji|containers|advanced/i.test(extended)
      ? 'the ids of headings are configured'
      : undefined,
  }
}

/**
 * A Docfx site, or a docset of Microsoft Learn: links lead to source files, relative ones or from `~`, the folder of
 * `docfx.json`; ids are those that Markdig makes. Letter case does not count.
 */
export function docfxSite(ctx: SiteContext, config: DocfxConfig, learn: Learn): SiteDescription {
  const {lookup} = ctx
  const {platform, root, why} = ctx.marker
  const prefix = root ? `${root}/` : ''
  return {
    platform,
    root,
    why,
    syntax: docfxSyntax,
    // What a page includes may be any other file.
    readsAll: true,
    owns: (path) => config.isContent(path) || (path.startsWith(prefix) && !FOR_GITHUB.test(path)),
    publish: (pages) => {
      const ends: Ends = {world: {...ctx, ...pages}, lookup, prefix, config, learn}
      return {
        urlsOf: (path) =>
          config.isContent(path) && path.startsWith(prefix)
            ? [`/${path.slice(prefix.length).replace(/\.(?:md|yml)$/, '')}.html`]
            : [],
        resolve: (link, from) => resolve(ends, link, from),
        anchorsOf: (page) => anchors(ends, page),
      }
    },
  }
}

/** What people read beside the code. */
const FOR_GITHUB =
  /(?:^|\/)(?:(?:README|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|LICENSE|SUPPORT|CHANGELOG|ThirdPartyNotices)[\w.-]*\.md$|\.github\/)/i

interface Ends {
  world: SiteContext & PageSource
  lookup: Lookup
  prefix: string
  config: DocfxConfig
  learn: Learn
}

/** What is certain to be a file: other links may be URLs of what is published. */
const FILE = /\.(?:md|markdown|ya?ml|png|jpe?g|gif|svg|webp)$/i

function resolve(ends: Ends, {url}: SiteLink, from: string): Resolution {
  const {world, lookup, config, learn} = ends
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  if (/^#?tab\//.test(parts.fragment ?? '')) return {to: 'outside', why: 'a tab on the page'}
  if (parts.raw === '') return fileAt(world, from, parts.fragment)
  if (parts.path.startsWith('/')) return {to: 'outside', why: 'another docset'}
  const path = sourceOf(ends, parts, from)
  if (lookup.isFile(path)) return fileAt(world, path, parts.fragment)
  if (!FILE.test(parts.path) || parts.path.includes('\\'))
    return {to: 'unknown', why: 'only links to source files are certain'}
  if (learn.redirected.has(path.toLowerCase())) return {to: 'outside', why: 'it is redirected'}
  if (learn.borrowed.has(path) || config.generated.has(path))
    return {to: 'unknown', why: 'files may appear there that are not in the tree'}
  // A page that another tool reads may have been written for another place; its folders tell.
  if (!config.isContent(from) && !/(?:^|\/)_?includes?\//i.test(from) && !lookup.isFolder(folderOf(path)))
    return {to: 'unknown', why: 'the page is not among the content'}
  const missing = lookup.missing(path)
  return missing.to === 'missing' && missing.why === 'case'
    ? {to: 'unknown', why: 'letter case may not count'}
    : missing
}

const sourceOf = ({prefix}: Ends, {path}: UrlParts, from: string) =>
  /^~[\\/]/.test(path) ? joinPath(prefix.slice(0, -1), path.slice(2)) : joinPath(folderOf(from), path)

/** The page itself, and what templates bring. */
const BUILT_IN =
  /^(?:|top|tabpanel_.+|tabgroup_.+|feedback|additional-resources|in-this-article|main|toc|breadcrumb|affix|article|fn:.+|fnref:.+)$/

/** Characters that ids leave out. .NET looks at UTF-16 units, and neither half of a surrogate pair is a letter. */
const NOT_KEPT = /[\u{10000}-\u{10FFFF}]|[^\p{L}\p{Nd}_ -]/gu

/**
 * Markdig's ids (`UrilizeAsGfm` and `AutoIdentifierExtension`): letters and digits as .NET counts them, unit by unit;
 * doubles with the next number that is free; none for headings in HTML.
 */
export function markdigIds(headings: readonly Heading[]): (string | undefined)[] {
  const slugs = new UniqueSlugs()
  return headings.map(({html, text}) => {
    if (html) return undefined
    const kept = text.replace(NOT_KEPT, '').replaceAll(' ', '-')
    // .NET lowers unit by unit: no sigma is a final one, and no letter becomes two.
    const slug = kept
      .replaceAll('Σ', 'σ')
      .split('İ')
      .map((part) => part.toLowerCase())
      .join('İ')
    return slugs.give(slug || 'section')
  })
}

function anchors(ends: Ends, page: Page): Anchors {
  const {config, learn} = ends
  const pages = new Set([page])
  const unknown = include(ends, page, pages)
  const headings = [...pages].flatMap((each) => each.headings)
  const all = markdigIds(headings)
  const ids = new Set(all.filter((id) => id !== undefined))
  for (const each of pages) for (const {id, from} of each.ids) if (from === 'html') ids.add(id)
  const small = learn.isLearn ? new Set([...ids].map((id) => id.toLowerCase())) : ids
  const found: Anchors = {
    ids,
    ofHeadings: all.slice(0, page.headings.length),
    idOf: (text) => markdigIds([{text} as Heading])[0],
    has: (id) => ids.has(id) || BUILT_IN.test(id) || (learn.isLearn && small.has(id.toLowerCase())),
  }
  const layout = record(page.frontMatter?.data).layout
  const isOdd = (each: Page) => {
    const hasPicture = pictureFinder(each)
    // Emoji are set first, and the texts of pictures count.
    return each.headings.some(
      (heading) => heading.template || /:[\w+-]+:/.test(heading.text) || hasPicture(heading),
    )
  }
  if (!config.isContent(page.path)) found.incompleteBecause = 'the page is not among the content'
  else if (config.otherIds !== undefined) found.incompleteBecause = config.otherIds
  else if (unknown !== undefined) found.incompleteBecause = `${unknown} may bring ids`
  else if (typeof layout === 'string' && layout.toLowerCase() !== 'conceptual')
    found.incompleteBecause = `the layout ${layout} may bring ids`
  else if ([...pages].some(isOdd)) found.incompleteBecause = 'the id of a heading is not certain'
  return found
}

/** More pages are not put together. */
const MOST_INCLUDED = 100

/** The URL at the end of `[!include[title](url)]`. */
function includedBy(template: string): string | undefined {
  if (!template.endsWith(')]')) return
  const inside = template.slice(template.indexOf('](') + 2, -2).trim()
  const url = inside.replace(/^<|>$/g, '').trim()
  return url === '' || /[)>]/.test(url) ? undefined : url
}

/** Add the pages that a page includes; name one that is not known. */
function include(ends: Ends, page: Page, pages: Set<Page>): string | undefined {
  for (const template of page.opaqueContent) {
    const url = includedBy(template)
    if (url === undefined) continue
    const parts = splitUrl(url)
    const other = 'to' in parts ? undefined : ends.world.page(sourceOf(ends, parts, page.path))
    if (!other) return template
    if (pages.has(other)) continue
    if (pages.size === MOST_INCLUDED) return `${template} and more`
    pages.add(other)
    const unknown = include(ends, other, pages)
    if (unknown !== undefined) return unknown
  }
  return
}

/** Read the configuration of a DocFX site. */
export async function describeDocfx(ctx: SiteContext): Promise<SiteDescription> {
  const {tree, lookup} = ctx
  const {root} = ctx.marker
  const file = joinPath(root, 'docfx.json')
  if (!lookup.isFile(file)) {
    // The docsets are elsewhere, each with its own configuration.
    return [...tree.files].some((path) => path.endsWith('/docfx.json'))
      ? withoutPages(ctx)
      : unknownRouting(ctx)
  }
  const config = readDocfx(await readData(ctx, file), root)
  return docfxSite(ctx, config, await readLearn(ctx))
}

const PUBLISH = '.openpublishing.publish.config.json'

async function readLearn(ctx: SiteContext): Promise<Learn> {
  const redirected = new Set<string>()
  const borrowed: string[] = []
  const files = [...ctx.tree.files]
  for (const file of files.filter((path) =>
    /(?:^|\/)(?:\.openpublishing\.)?redirections?[\w.-]*\.(?:json|ya?ml)$/.test(path),
  )) {
    const {redirections, renames} = await readData(ctx, file)
    for (const each of [redirections, renames].flatMap((list) => (Array.isArray(list) ? list : []))) {
      const {source_path: source, source_path_from_root: fromRoot} = record(each)
      if (typeof fromRoot === 'string')
        redirected.add(joinPath('', fromRoot.replace(/^\/+/, '')).toLowerCase())
      if (typeof source !== 'string') continue
      redirected.add(joinPath('', source).toLowerCase()).add(joinPath(folderOf(file), source).toLowerCase())
    }
  }
  const publish = files.filter((path) => path === PUBLISH || path.endsWith(`/${PUBLISH}`))
  for (const file of publish) {
    const {dependent_repositories: repositories} = await readData(ctx, file)
    for (const each of Array.isArray(repositories) ? repositories : []) {
      const {path_to_root: path} = record(each)
      if (typeof path === 'string') borrowed.push(joinPath(folderOf(file), path))
    }
  }
  return {isLearn: publish.length > 0, redirected, borrowed: new FolderSet(borrowed)}
}
