import {internalError, UserError} from '../errors/errors.ts'
import {folderOf, folderPrefix, isBelow} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'
import {guarded} from './guarded.ts'
import {githubSite} from './platforms/github/describe.ts'
import {gitlabSite, isOnGitlab} from './platforms/gitlab/describe.ts'
import {type PlatformName, platformMarkedBy, platformNamed} from './registry.ts'
import {resolverOf} from './resolver.ts'
import {firstLine, readConfiguration} from './shared/data.ts'
import {FolderSet} from './shared/folders.ts'
import {Lookup} from './shared/lookup.ts'
import {isTemplate, templateSite, wikiSite, wikisIn} from './shared/templates-and-wikis.ts'
import {unknownRouting} from './shared/unknown-routing.ts'
import type {Marker, PageSource, Resolution, Site, SiteLink} from './types.ts'

/** What a file that marks a platform may end in. */
const CONFIGURATION = /\.(?:[cm]?[jt]s|ya?ml|toml|json|py)$/

/**
 * Find the sites of a tree by the files that platforms are configured with; deepest folders first.
 * Fixtures and packages that bring a site of their own are sites like any other.
 */
export function findMarkers(tree: Tree): Marker[] {
  const found = new Map<string, Marker>()
  for (const file of tree.files) {
    if (!CONFIGURATION.test(file) || file.includes('node_modules/')) continue
    const segments = file.split('/')
    for (const depth of [1, 2, 3]) {
      if (segments.length < depth) break
      const platform = platformMarkedBy(segments.slice(-depth).join('/'))
      if (platform === undefined) continue
      const root = segments.slice(0, -depth).join('/')
      if (!found.has(root)) found.set(root, {platform, root, why: `${file} is there`, file})
    }
    if (/(?:^|\/)config\.(?:toml|ya?ml)$/.test(file) && isOldHugo(tree, folderOf(file)))
      found.set(folderOf(file), {
        platform: 'hugo',
        root: folderOf(file),
        why: `${file} and content/ are there`,
        file,
      })
  }
  return [...found.values()].sort((a, b) => b.root.length - a.root.length)
}

const isOldHugo = (tree: Tree, root: string) => {
  const prefix = folderPrefix(root)
  return (
    tree.folders.has(`${prefix}content`) &&
    (tree.folders.has(`${prefix}layouts`) || tree.folders.has(`${prefix}themes`))
  )
}

/** The sites of a tree. */
export interface Sites {
  /** All that were found, the one for everything else last. */
  all: readonly Site[]
  /** The site of a file: the nearest one above it that owns it, another that does, or the host of the repository. */
  of(path: string): Site
  /** Where the links of a page lead: what its site says, with redirects, and full URLs of the tree's own sites. */
  resolverFor(from: string): (link: SiteLink) => Resolution
  /** The files of a site that are published at a URL, each by the first of its URLs. */
  publishedAt(site: Site, url: string): readonly string[]
}

/** Of more sites the outermost are read; of the pages of others nothing is certain. */
const MOST_SITES = 1000

/**
 * Make the sites of a tree.
 *
 * @param only Take this platform for the whole tree, whatever is found.
 */
export async function makeSites(world: PageSource, only?: PlatformName): Promise<Sites> {
  const {tree} = world
  const lookup = new Lookup(tree)
  const shown = hostOf(world, lookup, only)
  const isHost = only === 'github' || only === 'gitlab'
  const markers = isHost ? [] : findMarkers(tree)
  if (only && !isHost && !markers.some(({platform}) => platform === only))
    markers.push({platform: only, root: '', why: 'it was asked for'})
  const unread = new FolderSet(markers.slice(0, -MOST_SITES).map(({root}) => root))
  const made = await Promise.all(markers.slice(-MOST_SITES).map((marker) => makeSite(world, lookup, marker)))
  const guard = (site: Site) => guarded(site, world.fail)
  const sites = [...made, ...translationsOf(made)]
    .sort((a, b) => b.root.length - a.root.length)
    .map(withUsableHome)
    .map(guard)
  const [host, loose, templates, wiki] = [shown, looseSite(shown), templateSite(shown), wikiSite(shown)].map(
    guard,
  ) as [Site, Site, Site, Site]
  const wikis = new FolderSet(wikisIn(tree))
  const hostFor = (path: string) => {
    if (wikis.has(path)) return wiki
    return isLoose(path, sites) ? loose : host
  }
  const known = new Map<string, Site>()
  const find = (path: string) => {
    if (isTemplate(path)) return templates
    if (unread.has(path)) return loose
    const nearest = sites.find((site) => isBelow(path, site.root) && site.owns?.(path) !== false)
    if (nearest?.owns) return nearest
    // A site that names a folder elsewhere knows more of it than one that only stands above it.
    return (
      sites.find(({root, owns}) => !isBelow(path, root) && owns?.(path)) ??
      nearest ??
      sites.find(({owns}) => owns?.(path)) ??
      hostFor(path)
    )
  }
  const of = (path: string) => {
    let site = known.get(path)
    if (!site) known.set(path, (site = find(path)))
    return site
  }
  const published = new Map<Site, Map<string, string[]>>()
  let files: Map<Site, string[]> | undefined
  const publishedBy = (site: Site) => {
    let urls = published.get(site)
    if (!urls) {
      files ??= filesBySite(tree, of)
      published.set(site, (urls = urlsOf(site, files.get(site) ?? [])))
    }
    return urls
  }
  // Loaded where there is a site, since the engine of its expressions is large.
  const redirects =
    sites.length === 0 ? undefined : await (await import('./redirects.ts')).readRedirects(world)
  return {
    all: [...sites, templates, wiki, loose, host],
    of,
    resolverFor: resolverOf(sites, of, publishedBy, redirects),
    publishedAt: (site, url) => publishedBy(site).get(url) ?? [],
  }
}

/** The translations of sites, once each; a folder with a configuration of its own is none. */
function translationsOf(sites: readonly Site[]): Site[] {
  const roots = new Set(sites.map(({root}) => root))
  return sites
    .flatMap(({translations}) => translations ?? [])
    .filter(({root}) => !roots.has(root) && roots.add(root))
}

/** Settings may say anything; a site that is published at no URL is like one of which this is not said. */
function withUsableHome(site: Site): Site {
  if (site.home === undefined || (/^https?:/i.test(site.home) && URL.canParse(site.home))) return site
  return Object.assign(Object.create(site), {home: undefined})
}

/** What a repository's readers are to find, wherever it stands. */
const FOR_READERS =
  /(?:^|\/)\.github\/|(?:^|\/)(?:readme|contributing|changelog|changes|history|news|license|licence|security|support|code[-_]of[-_]conduct|governance|maintainers|authors|install|todo|releas\w*|upgrad\w*)\b[^/]*$/i

/** Does a page stand among a site's files, though the site does not publish it, and is none for the repository's readers? */
const isLoose = (path: string, sites: readonly Site[]) =>
  !FOR_READERS.test(path) &&
  path.includes('/') &&
  sites.some(({root, owns}) => owns && isBelow(path, root) && path.slice(root.length + 1).includes('/'))

/** Pages that some other program may read, from another place: what of their links is missing is not known. */
const looseSite = (host: Site): Site => ({
  ...host,
  why: 'beside the pages of a site, for a program that is not known',
  resolve: (link, from) => {
    const found = host.resolve(link, from)
    return found.to === 'missing' ? {to: 'unknown', why: 'what reads this page is not known'} : found
  },
  anchorsOf: (page) => ({...host.anchorsOf(page), incompleteBecause: 'what reads this page is not known'}),
  references: () => 'what reads this page is not known',
  definitions: () => new Set<string>(),
})

/** What a site publishes, by URL. */
function urlsOf(site: Site, files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of files) {
    const [url] = site.urlsOf(file)
    if (url !== undefined) push(found, url, file)
  }
  return found
}

function filesBySite({files}: Tree, of: (path: string) => Site): Map<Site, string[]> {
  const found = new Map<Site, string[]>()
  for (const file of files) push(found, of(file), file)
  return found
}

function push<K>(map: Map<K, string[]>, key: K, value: string): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** The host that shows the files of the tree: GitHub, unless the tree gives GitLab away. */
function hostOf(world: PageSource, lookup: Lookup, only: PlatformName | undefined): Site {
  const gitlab = only === 'gitlab' ? 'it was asked for' : only ? undefined : isOnGitlab(world.tree)
  return gitlab === undefined
    ? githubSite(world, lookup, only ? 'it was asked for' : 'nothing names another platform', !only)
    : gitlabSite(world, lookup, gitlab, !only)
}

async function isReadable(world: PageSource, file: string): Promise<boolean> {
  try {
    await readConfiguration(world, file)
    return true
  } catch (error) {
    world.warn?.(file, firstLine(error))
    return false
  }
}

async function makeSite(world: PageSource, lookup: Lookup, marker: Marker): Promise<Site> {
  const {platform, root, why} = marker
  // What its configuration says could be anything but the default.
  if (marker.file !== undefined && !(await isReadable(world, marker.file)))
    return unknownRouting(world, lookup, platform, root, `${why}, but cannot be read`)
  const make = await platformNamed(platform)?.load?.()
  if (!make) return unknownRouting(world, lookup, platform, root, why)
  const doing = `reading the ${platform} site ${root || '.'}`
  try {
    return await make(world, lookup, marker)
  } catch (error) {
    if (error instanceof UserError) throw error
    if (!world.fail) throw internalError(doing, error)
    world.fail(root, doing, error)
    return unknownRouting(world, lookup, platform, root, why)
  }
}
