import {isMarkdownFile} from '../text/markdown-files.ts'
import type {Tree} from '../tree/tree.ts'
import {Homes} from './homes.ts'
import {type Includers, includersIn} from './includers.ts'
import type {PageSource, SiteDescription} from './platform.ts'
import {resolverOf} from './resolver.ts'
import {siteAround} from './resolver-context.ts'
import {byPath} from './shared/by-path.ts'
import {groupBy} from './shared/group-by.ts'
import type {Lookup} from './shared/lookup.ts'
import {linkWriter} from './shared/write-link.ts'
import type {TreeRules} from './tree-rules.ts'
import type {Resolution, Site, SiteLink, WrittenLink} from './types.ts'
import {writeOwnUrl} from './write-own-url.ts'

/** The sites of a tree whose pages have been read. */
export interface Sites {
  /** The site of a file. */
  of(path: string): Site
  /** The host that shows the files of the repository. */
  host: Site
  /** Where the sites are published. */
  homes: Homes
  /**
   * Create the function that resolves the links of a page: by its site, by redirects, and by the homes of the tree's
   * own sites.
   */
  resolverFor(from: string): (link: SiteLink) => Resolution
  /** Write the absolute URL of a file in the form of another one; undefined if that is no URL of a site of the tree. */
  writeOwnUrl(to: string, like: string, from: string): WrittenLink | undefined
  /** The pages that show the text of other files, as far as pages were read. */
  includers: Includers
  /** The files of a site that are published at a URL path, by the first URL of each. */
  publishedAt(site: Site, url: string): readonly string[]
  /** The URL paths at which files of a site are published, the first of each file. */
  urlsOf(site: Site): Iterable<string>
}

/** The described sites of a tree. */
interface Described {
  all: readonly SiteDescription[]
  /** The detected sites, without the host. */
  sites: readonly SiteDescription[]
  host: SiteDescription
  /** The site of a file. */
  of(path: string): SiteDescription
  lookup: Lookup
  /** The home pages that packages of the tree state. */
  homepages: ReadonlySet<string>
  /** Absent if the tree has no sites. */
  rules: TreeRules | undefined
}

/**
 * Publish the described sites with the pages that have been read.
 *
 * @param publish Publishes one of them; see {@link publishSite}.
 */
export function publishSites(
  tree: Tree,
  {all, sites, host, of, lookup, homepages, rules}: Described,
  pages: PageSource,
  publish: (description: SiteDescription, pages: PageSource) => Site,
): Sites {
  const published = new Map(all.map((description) => [description, publish(description, pages)]))
  for (const site of published.values())
    if (site.hasUnknownReader) addIdsOfSites(site, [...published.values()])
  const siteOf = (path: string) => published.get(of(path))!
  const publishedBy = publishedFiles(tree, siteOf)
  const includers = includersIn(tree, siteOf, pages)
  const detected = sites.map((description) => published.get(description)!)
  const homes = new Homes({
    sites: detected,
    of: siteOf,
    publishedBy,
    urls: () => urlsOn(tree, pages),
    pages: () => [...tree.files].filter(isMarkdownFile),
    homepages,
  })
  const resolverFor = resolverOf({
    sites: detected,
    homes,
    of: siteOf,
    publishedBy,
    includersOf: includers.possible,
    isInTree: (path) => tree.files.has(path) || tree.folders.has(path),
    lookup,
    rules,
  })
  return {
    of: siteOf,
    host: published.get(host)!,
    homes,
    resolverFor,
    writeOwnUrl: (to, like, from) => {
      const home = homes.at(like, from)
      const url = home && writeOwnUrl(to, like, home)
      if (url === undefined) return
      const found = resolverFor(from)({url})
      return {url, leadsThere: (found.to === 'page' || found.to === 'file') && found.path === to}
    },
    includers,
    publishedAt: (site, url) => publishedBy(site).get(url) ?? [],
    urlsOf: (site) => publishedBy(site).keys(),
  }
}

/** Pages with more absolute URLs are lists, such as release notes. */
const MOST_URLS_OF_A_PAGE = 40

/** The absolute URLs on the pages that have been read, without those that long lists of them end with. */
function* urlsOn({files}: Tree, pages: PageSource): Generator<string> {
  for (const path of files) {
    if (!isMarkdownFile(path)) continue
    let left = MOST_URLS_OF_A_PAGE
    for (const {url} of pages.page(path)?.links ?? []) {
      if (!url.startsWith('http')) continue
      if (left-- === 0) break
      yield url
    }
  }
}

/** Publish a site with the pages that have been read. */
export function publishSite(description: SiteDescription, pages: PageSource): Site {
  const answers = description.publish(pages)
  // Links, rules and evidence ask for the URLs of the same files, and some sites take long to answer.
  const site = {...answers, urlsOf: byPath(answers.urlsOf)}
  return {...description, ...site, writeLink: linkWriter(site)}
}

/** Add the ids of the site around a page to those of the host, if the reader of the page is not known. */
function addIdsOfSites(host: Site, sites: readonly Site[]): void {
  const {anchorsOf} = host
  host.anchorsOf = (page) => {
    const onHost = anchorsOf(page)
    const around = siteAround(page.path, sites)?.anchorsOf(page)
    return around
      ? {
          ...onHost,
          has: (fragment) => onHost.has(fragment) || around.has(fragment),
          ids: new Set([...onHost.ids, ...around.ids]),
          doubts: [...onHost.doubts, ...around.doubts],
        }
      : onHost
  }
}

/** Create the function that maps URL paths to the files of a site, by the first URL of each file. */
function publishedFiles(tree: Tree, of: Sites['of']): (site: Site) => ReadonlyMap<string, readonly string[]> {
  const known = new Map<Site, Map<string, string[]>>()
  let files: Map<Site, string[]> | undefined
  return (site) => {
    let found = known.get(site)
    if (found) return found
    files ??= groupBy(tree.files, of)
    found = groupBy(files.get(site) ?? [], (file) => site.urlsOf(file)[0])
    known.set(site, found)
    return found
  }
}
