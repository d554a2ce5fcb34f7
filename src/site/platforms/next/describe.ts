import type {Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import {trimBoth} from '../../../text/trim.ts'
import type {MakeSite} from '../../platform.ts'
import {type Lookup, splitUrl, type UrlParts} from '../../shared/lookup.ts'
import {fileAt} from '../../shared/repository.ts'
import {githubSlugger} from '../../shared/slug.ts'
import type {Anchors, PageSource, Resolution, Site, SiteLink} from '../../types.ts'

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
export const makeNext: MakeSite = async (world, lookup, {root, why}) => {
  const prefix = root ? `${root}/` : ''
  let content: string | undefined
  let isKnown = false
  const contentFolder = () => {
    if (!isKnown) content = findContent(world, lookup, prefix)
    isKnown = true
    return content
  }
  let routes: ReadonlySet<string> | undefined
  let siblings: ReadonlyMap<string, number> | undefined
  const ends: Ends = {
    world,
    lookup,
    prefix,
    contentFolder,
    siblings: (folder) => (siblings ??= countSiblings(world)).get(folder) ?? 0,
    isRouted: (section) => (routes ??= routesOf(world, prefix)).has(section),
  }
  const site: Site = {
    platform: 'next',
    root,
    why,
    syntax: {mdx: true},
    readsAll: true,
    owns: (path) =>
      path.startsWith(prefix) && path.slice(prefix.length).includes('/') && !/(?:^|\/)\./.test(path),
    urlsOf: () => [],
    resolve: (link, from) => resolve(ends, link, from),
    anchorsOf: (page) => anchors(page),
  }
  return site
}

/** The folder below which the links that begin with `/` lead to files, if one explains nearly all of them. */
function findContent(world: PageSource, lookup: Lookup, prefix: string): string | undefined {
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

interface Ends {
  world: PageSource
  lookup: Lookup
  prefix: string
  contentFolder(): string | undefined
  /** How many pages are in a folder, less its index. */
  siblings(folder: string): number
  /** Has the program a route of its own at a path, or in a folder of that name? */
  isRouted(section: string): boolean
}

function resolve(ends: Ends, {url, image}: SiteLink, from: string): Resolution {
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
  {world, lookup, contentFolder, siblings, isRouted}: Ends,
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

function countSiblings({tree}: PageSource): Map<string, number> {
  const found = new Map<string, number>()
  for (const file of tree.files) {
    const folder = folderOf(file)
    if (/(?<!\/index)\.mdx?$/.test(file)) found.set(folder, (found.get(folder) ?? 0) + 1)
  }
  return found
}

/** The first parts of the routes that the program has. */
function routesOf({tree}: PageSource, prefix: string): Set<string> {
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

/** The page itself. */
const BUILT_IN = /^(?:|top|_top)$/

/** Ids are known where every heading says its own, in a comment or in braces; what else makes ids is code. */
function anchors(page: Page): Anchors {
  const slug = githubSlugger()
  const own = page.headings.map(({comment, id}) => comment?.replace(/^#/, '') ?? id)
  const ids = new Set([...own.filter((id) => id !== undefined), ...page.ids.map(({id}) => id)])
  // `<Challenges>` makes an id of its own name.
  const names = new Set(page.components?.map(({name}) => name.toLowerCase()))
  const handed = new Set(page.componentProps)
  const found: Anchors = {
    ids,
    ofHeadings: own,
    idOf: (text) => slug({text} as Page['headings'][number]),
    has: (id) => ids.has(id) || handed.has(id) || names.has(id) || BUILT_IN.test(id),
  }
  const bare = page.headings.find(({html}, index) => !html && own[index] === undefined)
  if (page.headings.length === 0) found.incompleteBecause = 'the page has no headings'
  else if (bare) found.incompleteBecause = 'the ids of headings are made by code'
  else if (page.opaqueContent.length > 0) found.incompleteBecause = `${page.opaqueContent[0]} may bring ids`
  return found
}
