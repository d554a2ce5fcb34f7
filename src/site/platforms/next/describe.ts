import {slug as githubSlug} from 'github-slugger'
import type {Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {makeAnchors, mayAddIds} from '../../shared/anchors.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import type {Anchors, Resolution, SiteAnswers, SiteLink} from '../../types.ts'

/** The ends of a file that a URL may stand for. */
const FORMS = ['.md', '.mdx', '/index.md', '/index.mdx', '/README.md']
/** Fewer links than these say nothing of where pages are published. */
const EVIDENCE = 10
/** More need not be looked at. */
const ENOUGH = 500

/**
 * A site that is a program, of Next.js: which files it publishes, and where, stands in its code, which is not run.
 * The links among its pages tell: if nearly all that begin with `/` lead to files below one folder, this is how it
 * works, and a link to a file that is missing among others of its folder is broken. All else is unknown.
 */
export async function describeNext(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const prefix = root ? `${root}/` : ''
  return {
    platform,
    root,
    why,
    syntax: {mdx: true},
    readsAll: true,
    owns: (path) =>
      path.startsWith(prefix) && path.slice(prefix.length).includes('/') && !/(?:^|\/)\./.test(path),
    publish: (pages) => publish({...ctx, ...pages}, prefix),
  }
}

function publish(world: SiteContext & PageSource, prefix: string): SiteAnswers {
  const {lookup} = world
  let content: string | undefined
  let isKnown = false
  const contentFolder = () => {
    if (!isKnown) content = findContent(world, lookup, prefix)
    isKnown = true
    return content
  }
  let routes: ReadonlySet<string> | undefined
  let siblings: ReadonlyMap<string, number> | undefined
  const ends: NextContext = {
    world,
    lookup,
    prefix,
    contentFolder,
    siblings: (folder) => (siblings ??= countSiblings(world)).get(folder) ?? 0,
    isRouted: (section) => (routes ??= routesOf(world, prefix)).has(section),
  }
  return {
    urlsOf: () => [],
    resolve: (link, from) => resolve(ends, link, from),
    anchorsOf: (page) => anchors(page),
  }
}

/** The folder below which the links that begin with `/` lead to files, if one explains nearly all of them. */
function findContent(world: SiteContext & PageSource, lookup: Lookup, prefix: string): string | undefined {
  const pages = [...world.tree.files].filter((file) => file.startsWith(prefix) && world.page(file))
  const paths = pages
    .flatMap((file) => world.page(file)!.links)
    .filter(({url}) => /^\/\w[^.]*$/.test(url))
    .slice(0, ENOUGH)
    .map(({url}) => url.replace(/[?#].*$/s, '').replace(/\/$/, ''))
  if (paths.length < EVIDENCE) return
  const folders = new Set(['', ...pages.flatMap((file) => parents(file, prefix.length))])
  for (const folder of folders) {
    const found = paths.filter((path) => fileFor(lookup, prefix + folder + path.slice(folder ? 0 : 1)))
    if (found.length >= EVIDENCE && found.length >= 0.8 * paths.length) return prefix + folder
  }
  return
}

const parents = (file: string, from: number): string[] => {
  const names = file.slice(from).split('/').slice(0, -1)
  return names.slice(0, 4).map((_name, index) => names.slice(0, index + 1).join('/'))
}

const fileFor = (lookup: Lookup, path: string) =>
  FORMS.map((form) => path + form).find((file) => lookup.isFile(file))

interface NextContext {
  world: SiteContext & PageSource
  lookup: Lookup
  prefix: string
  contentFolder(): string | undefined
  /** How many pages are in a folder, less its index. */
  siblings(folder: string): number
  /** Has the program a route of its own at a path, or in a folder of that name? */
  isRouted(section: string): boolean
}

function resolve(ends: NextContext, {url, image}: SiteLink, from: string): Resolution {
  const parts = splitUrl(url)
  if ('to' in parts) return parts
  const {world, lookup, prefix} = ends
  if (parts.raw === '') return fileAt(world, from, parts.fragment)
  if (/^[@~]/.test(parts.path)) return {to: 'unknown', why: 'the bundler knows where it is'}
  if (!parts.path.startsWith('/')) {
    const file = joinPath(folderOf(from), parts.path)
    return lookup.isFile(file)
      ? fileAt(world, file, parts.fragment)
      : {to: 'unknown', why: 'how the site reads relative links is not known'}
  }
  const asset = `${prefix}public${parts.path}`
  if (lookup.isFile(asset)) return fileAt(world, asset, parts.fragment)
  // Other images of the same folder are there.
  if (image && lookup.isFolder(folderOf(asset))) return lookup.missing(asset)
  return page(ends, parts)
}

function page(
  {world, lookup, contentFolder, siblings, isRouted}: NextContext,
  {path, fragment}: UrlParts,
): Resolution {
  const content = contentFolder()
  if (content === undefined) return {to: 'unknown', why: 'where pages are published stands in code'}
  const target = joinPath(content, trimBoth(path, '/'))
  const file = fileFor(lookup, target)
  if (file !== undefined) return fileAt(world, file, fragment)
  const folder = folderOf(target)
  const isSection = folder !== content && siblings(folder) >= 2
  return isSection && !/\.\w+$/.test(path) && !isRouted(path.slice(1).split('/', 1)[0]!)
    ? lookup.missing(`${target}.md`)
    : {to: 'unknown', why: 'a route of the program may be there'}
}

function countSiblings({tree}: SiteContext): Map<string, number> {
  const found = new Map<string, number>()
  for (const file of tree.files) {
    const folder = folderOf(file)
    if (/(?<!\/index)\.mdx?$/.test(file)) found.set(folder, (found.get(folder) ?? 0) + 1)
  }
  return found
}

/** The first parts of the routes that the program has. */
function routesOf({tree}: SiteContext, prefix: string): Set<string> {
  const found = new Set<string>()
  for (const file of tree.files) {
    const route =
      file.startsWith(prefix) && /^(?:src\/)?(?:pages|app)\/([^/]+)/.exec(file.slice(prefix.length))
    const name = route ? route[1]! : ''
    // `a.b.tsx` is for `a` and `a.b`, as far as is known.
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      found.add(name.slice(0, dot))
    if (route && file.length > prefix.length + route[0].length) found.add(name)
  }
  return found
}

/** Ids are known where every heading has one written in a comment or in braces; all others are made by code. */
function anchors(page: Page): Anchors {
  const ofHeadings = page.headings.map(({comment, id}) => comment?.replace(/^#/, '') ?? id)
  // `<Challenges>` makes an id of its own name.
  const components = page.components?.map(({name}) => name.toLowerCase()) ?? []
  const possible = new Set(['_top', ...page.componentProps, ...components])
  return makeAnchors({
    ofHeadings,
    ids: [...ofHeadings, ...page.ids.map(({id}) => id)],
    idOf: (text) => githubSlug(text),
    alsoHas: (fragment) => possible.has(fragment),
    incompleteBecause: whyIncomplete(page, ofHeadings),
  })
}

function whyIncomplete(
  {headings, opaqueContent}: Page,
  ofHeadings: readonly (string | undefined)[],
): string | undefined {
  if (headings.length === 0) return 'the page has no headings'
  if (headings.some(({html}, index) => !html && ofHeadings[index] === undefined))
    return 'the ids of headings are made by code'
  return opaqueContent[0] === undefined ? undefined : mayAddIds(opaqueContent[0])
}
