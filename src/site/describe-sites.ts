import {internalError, UserError} from '../errors/errors.ts'
import {isBelow} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'
import {detectSites} from './detect.ts'
import {guarded} from './guarded.ts'
import {
  assumed,
  isIssueTemplate,
  issueTemplates,
  isUnclaimed,
  unclaimedPages,
  wikiPages,
  wikisIn,
} from './host-variants.ts'
import type {Marker, PageSource, Platform, SiteContext, SiteDescription, TreeContext} from './platform.ts'
import {publishSites, type Sites} from './publish-sites.ts'
import {HOSTS, hostNamed, type PlatformName, platformNamed} from './registry.ts'
import {firstLine, readConfiguration} from './shared/data.ts'
import {FolderSet} from './shared/folders.ts'
import {Lookup} from './shared/lookup.ts'
import {unknownRouting} from './shared/unknown-routing.ts'

/** The sites of a tree before its pages are read. */
export interface DescribedSites {
  /** Every site, those for the rest of the tree last. */
  all: readonly SiteDescription[]
  /** The site of a file: the nearest one above it that owns it, another one that does, or the repository's host. */
  of(path: string): SiteDescription
  /** Work out what depends on pages, once those are read that say where they are published. */
  publish(pages: PageSource): Sites
}

/** Of more sites the outermost are read; of the pages of others nothing is certain. */
const MOST_SITES = 1000

/**
 * Find and describe the sites of a tree.
 *
 * @param only Take this platform for the whole tree, whatever is found.
 */
export async function describeSites(ctx: TreeContext, only?: PlatformName): Promise<DescribedSites> {
  const {tree} = ctx
  const lookup = new Lookup(tree)
  const {host: hostMarker, sites: markers} = await findMarkers(ctx, only)
  const host = await hostNamed(hostMarker.platform).describe({...ctx, lookup, marker: hostMarker})
  const unread = new FolderSet(markers.slice(0, -MOST_SITES).map(({root}) => root))
  const described = await Promise.all(
    markers.slice(-MOST_SITES).map((marker) => {
      const platform = platformNamed(marker.platform)
      return describeSite(platform, {...ctx, lookup, host, marker, ignoresCase: platform?.ignoresCase})
    }),
  )
  const sites = [...described, ...translationsOf(described)]
    .sort((a, b) => b.root.length - a.root.length)
    .map((site) => guarded(withUsableHome(site), ctx.fail))
  const shown = guarded(only ? host : assumed(host), ctx.fail)
  const rest = {
    templates: issueTemplates(shown),
    wiki: wikiPages(shown),
    unclaimed: unclaimedPages(shown),
    host: shown,
  }
  // Loaded where there is a site, since the engine of its expressions is large.
  const redirects = sites.length === 0 ? undefined : await (await import('./redirects.ts')).readRedirects(ctx)
  const all = [...sites, ...Object.values(rest)]
  const of = siteFinder(tree, sites, rest, unread)
  return {all, of, publish: (pages) => publishSites(tree, {all, sites, of, redirects}, pages)}
}

const ASKED_FOR = 'it was asked for'
const ROOT = {root: '', why: ASKED_FOR}

/** Where platforms are: as recognised, and as asked for. */
async function findMarkers(
  ctx: TreeContext,
  only: PlatformName | undefined,
): Promise<{host: Marker; sites: Marker[]}> {
  if (HOSTS.some(({name}) => name === only)) return {host: {platform: only!, ...ROOT}, sites: []}
  const {hosts, sites} = await detectSites(ctx)
  const platform = HOSTS[0].name
  if (!only) return {host: hosts[0] ?? {platform, root: '', why: 'nothing names another platform'}, sites}
  if (!sites.some((marker) => marker.platform === only)) sites.push({platform: only, ...ROOT})
  return {host: {platform, ...ROOT}, sites}
}

async function describeSite(platform: Platform | undefined, ctx: SiteContext): Promise<SiteDescription> {
  const {marker, warn, fail} = ctx
  const {root, why, file} = marker
  const unreadable = file === undefined ? undefined : await whyUnreadable(ctx, file)
  if (file !== undefined && unreadable !== undefined) {
    warn?.(file, unreadable)
    // What its configuration says could be anything but the default.
    return unknownRouting(ctx, {...marker, why: `${why}, but cannot be read`})
  }
  const doing = `reading the ${marker.platform} site ${root || '.'}`
  try {
    return (await platform?.describe?.(ctx)) ?? unknownRouting(ctx)
  } catch (error) {
    if (error instanceof UserError) throw error
    if (!fail) throw internalError(doing, error)
    fail(root, doing, error)
    return unknownRouting(ctx)
  }
}

async function whyUnreadable(ctx: TreeContext, file: string): Promise<string | undefined> {
  try {
    await readConfiguration(ctx, file)
    return
  } catch (error) {
    return firstLine(error)
  }
}

/** The translations of sites, once each; a folder that has a configuration of its own is left out. */
function translationsOf(sites: readonly SiteDescription[]): SiteDescription[] {
  const roots = new Set(sites.map(({root}) => root))
  return sites
    .flatMap(({translations}) => translations ?? [])
    .filter(({root}) => !roots.has(root) && roots.add(root))
}

/** Settings may say anything; without a URL as its home, a site is one whose home is not known. */
function withUsableHome(site: SiteDescription): SiteDescription {
  const {home, ...rest} = site
  return home === undefined || (/^https?:/i.test(home) && URL.canParse(home)) ? site : rest
}

/** The host, as it shows the files that belong to no site. */
interface Rest {
  templates: SiteDescription
  wiki: SiteDescription
  unclaimed: SiteDescription
  host: SiteDescription
}

/** Make the function that finds the site of a file. */
function siteFinder(
  tree: Tree,
  sites: readonly SiteDescription[],
  {templates, wiki, unclaimed, host}: Rest,
  unread: FolderSet,
): DescribedSites['of'] {
  const wikis = new FolderSet(wikisIn(tree))
  const restFor = (path: string) => {
    if (wikis.has(path)) return wiki
    return isUnclaimed(path, sites) ? unclaimed : host
  }
  const find = (path: string) => {
    if (isIssueTemplate(path)) return templates
    if (unread.has(path)) return unclaimed
    const nearest = sites.find((site) => isBelow(path, site.root) && site.owns?.(path) !== false)
    if (nearest?.owns) return nearest
    // A site that names a folder elsewhere knows more of it than one that only stands above it.
    return (
      sites.find(({root, owns}) => !isBelow(path, root) && owns?.(path)) ??
      nearest ??
      sites.find(({owns}) => owns?.(path)) ??
      restFor(path)
    )
  }
  const known = new Map<string, SiteDescription>()
  return (path) => {
    let site = known.get(path)
    if (!site) known.set(path, (site = find(path)))
    return site
  }
}
