import {internalError, UserError} from '../errors/errors.ts'
import {mayHaveDestinations} from '../redirects/file-names.ts'
import {isComputedMarkdown, isMarkdownFile} from '../text/markdown-files.ts'
import {isBelow} from '../text/paths.ts'
import type {Tree} from '../tree/tree.ts'
import {withCustomDomains} from './custom-domains.ts'
import {refuseContradiction, withDescription} from './declarations.ts'
import {findMarkers, type SiteSettings} from './find-markers.ts'
import {isForReaders} from './for-readers.ts'
import {guarded} from './guarded.ts'
import {readHomepages} from './homepages.ts'
import {
  assumed,
  isIssueTemplate,
  isOnlyForReaders,
  issueTemplates,
  siteBeside,
  unclaimedPages,
} from './host-variants.ts'
import type {PageSource, Platform, SiteContext, SiteDescription, TreeContext} from './platform.ts'
import {publishSite, publishSites, type Sites} from './publish-sites.ts'
import {siteOfRedirects} from './redirect-owners.ts'
import {hostNamed, platformNamed} from './registry.ts'
import {byPath} from './shared/by-path.ts'
import {firstLine, readConfiguration} from './shared/data.ts'
import {FolderSet} from './shared/folders.ts'
import {Lookup} from './shared/lookup.ts'
import {unknownRouting} from './shared/unknown-routing.ts'
import {siteFromData} from './site-from-data.ts'
import type {Site} from './types.ts'
import {withWikilinks} from './wikilinks/with-wikilinks.ts'

/** The sites of a tree before its pages are read. */
export interface DescribedSites {
  /** Every site; those that own the remaining files come last. */
  all: readonly SiteDescription[]
  /**
   * The site of a file: the nearest site above it that owns it, else any other that does, else the repository's host.
   */
  of(path: string): SiteDescription
  /** Is a file of the tree a page: Markdown that its site reads? */
  isPage(path: string): boolean
  /** The host that shows the files of the repository. */
  host: SiteDescription
  /** Derive what depends on pages, once those that determine where files are published have been read. */
  publish(pages: PageSource): Sites
  /** Is the generator of a page not known, so that a description has to be fitted to the links of its site? */
  hasUnknownGenerator(path: string): boolean
  /** The same as `publish` for a tree with pages whose generator is not known, once all of these have been read. */
  publishFitted(pages: PageSource): Promise<Sites>
}

/** Beyond this number, only the outermost sites are read, and nothing is certain about pages of the others. */
const MOST_SITES = 1000

/** Find and describe the sites of a tree. */
export async function describeSites(
  context: TreeContext,
  settings: SiteSettings = {},
): Promise<DescribedSites> {
  const {tree} = context
  let siteOf: DescribedSites['of'] | undefined
  const isPage = (path: string) =>
    context.isPage(path) && (!isComputedMarkdown(path) || siteOf?.(path).readsComputedMarkdown === true)
  const ctx: TreeContext = {...context, isPage}
  const lookup = new Lookup(tree)
  const {host: hostMarker, sites: markers, isHostAssumed} = await findMarkers(ctx, settings)
  const host = await withDescription(
    await hostNamed(hostMarker.platform).describe({...ctx, lookup, marker: hostMarker}),
    hostMarker,
  )
  const unread = new FolderSet(markers.slice(0, -MOST_SITES).map(({root}) => root))
  const configured = await Promise.all(
    markers.slice(-MOST_SITES).map(async (marker) => {
      const platform = platformNamed(marker.platform, settings.platforms)
      const site = {...ctx, lookup, host, marker, ignoresCase: platform?.ignoresCase}
      const found = await describeSite(platform, site)
      return withDescription(await withWikilinks(found, site, platform?.pageCode), marker)
    }),
  )
  const described = await withCustomDomains(tree, configured)
  const sites = [...described, ...translationsOf(described)]
    .sort((a, b) => b.root.length - a.root.length)
    .map((site) => guarded(site, ctx.fail))
  const shown = guarded(withIncludesOf(sites, isHostAssumed ? assumed(host) : host), ctx.fail)
  const rest = {
    templates: issueTemplates(shown),
    unclaimed: unclaimedPages(shown),
    host: shown,
  }
  // Loaded only if there is a site, since its expression engine is large.
  const readRules = async () => (await import('./tree-rules.ts')).readTreeRules(ctx)
  const rules = sites.length === 0 ? undefined : await readRules()
  const beside = new Map(sites.map((site) => [site, unclaimedPages(shown, site)]))
  const all = [...sites, ...Object.values(rest), ...beside.values()]
  const of = siteFinder(sites, {...rest, beside}, unread)
  siteOf = of
  const unknown = [
    ...sites.filter((site) => site.hasUnknownGenerator || site.isUnknownWith),
    ...(isHostAssumed ? [shown] : []),
  ]
  const isAbandoned = abandonedSites(tree, sites)
  /** The site of a file; the host may publish with another generator what is left around an abandoned site. */
  const toFit = (path: string) => {
    const site = of(path)
    return site.hasUnknownReader && isAbandoned() ? shown : site
  }
  const homepages = await readHomepages(tree, ['', ...sites.map(({root}) => root)])
  const known = new Set(sites.filter((site) => !unknown.includes(site)))
  const publishOnce = oncePublished(known)
  return {
    all,
    of,
    isPage,
    host: shown,
    hasUnknownGenerator: (path) => unknown.includes(toFit(path)),
    publish: (pages) =>
      publishSites(tree, {all, sites, host: shown, of, lookup, homepages, rules}, pages, publishOnce),
    publishFitted: async (pages) => {
      const {fittedSites} = await import('./fitted-sites.ts')
      const fitted = fittedSites({ctx, lookup, unknown, of: toFit, pages})
      const generated = [...fitted.values()].filter(({host: isHost}) => !isHost)
      const sitesNow = [...generated, ...sites.filter((site) => !fitted.has(site))]
      const ofNow = byPath((path) => {
        const site = of(path)
        const own = fitted.get(toFit(path))
        if (own?.owns?.(path) !== false) return own ?? site
        // Beside the pages of a site that is not the host's, only some files are certainly for readers of the repository.
        return site.host && !isOnlyForReaders(path) ? rest.unclaimed : site
      })
      const described = {all: [...fitted.values(), ...all], sites: sitesNow, host: shown, of: ofNow, lookup}
      return publishSites(
        tree,
        {...described, homepages, rules: rules ?? (await readRules())},
        pages,
        publishOnce,
      )
    },
  }
}

/** A host that reads the includes of sites, too: their pages may include its files, and these others. */
function withIncludesOf(sites: readonly SiteDescription[], host: SiteDescription): SiteDescription {
  const patterns = sites.flatMap(({syntax}) => syntax.includes ?? [])
  const includes = [...new Map(patterns.map((pattern) => [pattern.source, pattern])).values()]
  return includes.length === 0 ? host : {...host, syntax: {...host.syntax, includes}}
}

/** Create the function that publishes a site; the known ones stay as they are when others are fitted. */
function oncePublished(known: ReadonlySet<SiteDescription>): typeof publishSite {
  const published = new Map<SiteDescription, Site>()
  return (site, pages) => {
    const found = published.get(site) ?? publishSite(site, pages)
    if (known.has(site)) published.set(site, found)
    return found
  }
}

async function describeSite(platform: Platform | undefined, ctx: SiteContext): Promise<SiteDescription> {
  const {marker, warn, fail} = ctx
  const {root, why, file, declared} = marker
  refuseContradiction(marker, platform)
  const unreadable = file === undefined ? undefined : await whyUnreadable(ctx, file)
  if (file !== undefined && unreadable !== undefined) {
    warn?.(file, unreadable)
    if (declared?.content && !platform?.describe) return siteFromData(ctx)
    // Its configuration may deviate from the defaults in any way.
    return unknownRouting(ctx, {...marker, why: `${why}, but cannot be read`})
  }
  const doing = `reading the ${marker.platform} site ${root || '.'}`
  try {
    return (await platform?.describe?.(ctx)) ?? (await siteFromData(ctx, platform))
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

/** The translations of sites, each once; a folder that has its own configuration is left out. */
function translationsOf(sites: readonly SiteDescription[]): SiteDescription[] {
  const roots = new Set(sites.map(({root}) => root))
  return sites
    .flatMap(({translations}) => translations ?? [])
    .filter(({root}) => !roots.has(root) && roots.add(root))
}

/** The host that shows the files that belong to no site. */
interface Rest {
  templates: SiteDescription
  unclaimed: SiteDescription
  host: SiteDescription
  /** For pages in the folder of a site, by the site. */
  beside: ReadonlyMap<SiteDescription, SiteDescription>
}

/** Create the test of whether no site publishes any page, as if only a configuration is left of it. */
function abandonedSites({files}: Tree, sites: readonly SiteDescription[]): () => boolean {
  const hasPage = ({owns}: SiteDescription) => {
    for (const file of files) if (isMarkdownFile(file) && owns?.(file) !== false) return true
    return false
  }
  let isAbandoned: boolean | undefined
  return () => (isAbandoned ??= !sites.some(hasPage))
}

/** Create the function that finds the site of a file. */
function siteFinder(
  sites: readonly SiteDescription[],
  {templates, unclaimed, host, beside}: Rest,
  unread: FolderSet,
): DescribedSites['of'] {
  // A description names all folders that a site publishes; the host shows the others.
  const undescribed = sites.filter(({description}) => description?.content === undefined)
  const restFor = (path: string) => {
    const site = siteBeside(path, undescribed)
    return site ? beside.get(site)! : host
  }
  return byPath((path) => {
    if (isIssueTemplate(path)) return templates
    const redirected = siteOfRedirects(path, sites)
    if (redirected) return redirected
    // No site reads this one.
    if (mayHaveDestinations(path)) return host
    if (unread.has(path)) return unclaimed
    const isOfHost = isForReaders(path)
    const mayOwn = (site: SiteDescription) =>
      site.owns ? site.owns(path) : !(isOfHost && site.hasUnknownGenerator)
    const isOwnOf = (site: SiteDescription) => (isBelow(path, site.root) ? mayOwn(site) : site.owns?.(path))
    const nearest = sites.find((site) => isBelow(path, site.root) && mayOwn(site))
    if (nearest?.yields) return sites.find((site) => !site.yields && isOwnOf(site)) ?? nearest
    if (nearest?.owns) return nearest
    // A site that explicitly names a folder elsewhere takes precedence over one that merely contains it.
    return (
      sites.find(({root, owns}) => !isBelow(path, root) && owns?.(path)) ??
      nearest ??
      sites.find(({owns}) => owns?.(path)) ??
      restFor(path)
    )
  })
}
