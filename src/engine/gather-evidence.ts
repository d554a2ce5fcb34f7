import {RemovedFiles} from '../history/removed-files.ts'
import type {Link, Page} from '../page/types.ts'
import {namesFile, usedLinks} from '../page/used-links.ts'
import type {DescribedSites} from '../site/describe-sites.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Tree} from '../tree/tree.ts'
import type {AnchorIndex} from './anchor-index.ts'
import {Evidence} from './evidence.ts'
import {eachPage, type Following, fragmentTargets, isFullUrl, makeAnchors} from './follow-links.ts'
import type {PageLoader} from './page-loader.ts'
import {Suspects} from './suspects.ts'
import type {History, PageResult} from './types.ts'

/** The parts of a run that evidence is gathered from. */
export interface EvidenceSource {
  tree: Tree
  loader: PageLoader
  described: DescribedSites
  sites: Sites
  anchors: AnchorIndex
  /** The pages to report on. */
  reported: readonly PageResult[]
  history?: History
}

/**
 * Gather what the links of sites say about their doubts, if any link of a page to report on is doubted. The pages of
 * these sites are read for it, even those that are not reported on.
 */
export async function gatherEvidence(following: Following, source: EvidenceSource): Promise<Evidence> {
  const {tree, loader, described, sites, anchors, history} = source
  const evidence = new Evidence(sites)
  const suspects = new Suspects(following.links, anchors, sites)
  eachPage(following, (page) => suspects.add(page))
  evidence.formsOf = (site) => suspects.formsOf(site)
  const doubted = suspects.all()
  if (doubted.size === 0) return evidence
  if (history) evidence.removed = new RemovedFiles(await history.removed(), tree.files, history.removesOnly)
  const paths = [...tree.files].filter((path) => described.isPage(path) && doubted.has(sites.of(path)))
  await loader.load(paths, described)
  const results = paths.flatMap((path) => {
    const page = loader.pages.get(path)
    return page ? [{path, page, findings: [], pluginMessages: []}] : []
  })
  const all = {...following, results}
  // The targets of pages to report on have been read, and their anchors made.
  const reported = new Set(source.reported.map(({path}) => path))
  const others = {...following, results: results.filter(({path}) => !reported.has(path))}
  const targets = fragmentTargets(others, (path) => loader.pages.has(path))
  await loader.load(targets.keys(), described)
  makeAnchors(others, anchors, targets)
  eachPage(all, (page) => addLinks(page, usedLinks(page), evidence, source, following))
  // Other pages lead to these sites by absolute URLs.
  const rest = source.reported.filter(({path}) => !doubted.has(sites.of(path)))
  if (sites.homes.all().some(({site}) => doubted.has(site)))
    eachPage({...following, results: rest}, (page) =>
      addLinks(page, usedLinks(page).filter(isFullUrl), evidence, source, following),
    )
  return evidence
}

function addLinks(
  page: Page,
  own: readonly Link[],
  evidence: Evidence,
  {anchors}: EvidenceSource,
  {links}: Following,
): void {
  const resolve = links.resolverFor(page.path)
  const anchorsOf = anchors.anchorsSeenFrom(page.path)
  for (const link of own)
    if (link.kind === 'include') evidence.addInclude(link, resolve(link), page.path)
    else if (!namesFile(link)) evidence.add(link, resolve(link), page, anchorsOf)
}
