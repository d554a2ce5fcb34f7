import {RunErrors} from '../errors/run-errors.ts'
import {DEFAULT_LIMIT_MS} from '../errors/time-limit.ts'
import {mayHaveDestinations} from '../redirects/file-names.ts'
import type {OwnRepository} from '../repository/own-repository.ts'
import {mayBeOfRepository} from '../repository/repository-url.ts'
import {type DescribedSites, describeSites} from '../site/describe-sites.ts'
import type {SiteSettings} from '../site/find-markers.ts'
import type {SiteDescription, TreeContext} from '../site/platform.ts'
import {isMarkdownFile} from '../text/markdown-files.ts'
import type {Tree} from '../tree/tree.ts'
import {AnchorIndex} from './anchor-index.ts'
import {
  type Following,
  followRenames,
  fragmentTargets,
  judgeLinks,
  makeAnchors,
  replaceMissing,
} from './follow-links.ts'
import {gatherEvidence} from './gather-evidence.ts'
import {includedParts, loadIncluded} from './included-parts.ts'
import {LinkResolver} from './link-resolver.ts'
import {loadIncluders} from './load-includers.ts'
import {needsFit} from './needs-fit.ts'
import {PageLoader} from './page-loader.ts'
import {PageReader} from './pool.ts'
import {addPossibleLinks} from './possible-links.ts'
import {findRenamedAnchors} from './renamed-anchors.ts'
import {siteViews} from './site-view.ts'
import {withoutTestData} from './test-data.ts'
import type {CheckInput, PageResult, ReadPages} from './types.ts'

/** Find the sites of a tree, without reading its pages. */
export const sitesOf = (tree: Tree, settings: SiteSettings): Promise<DescribedSites> =>
  describeSites({tree, isPage: isMarkdownFile}, settings)

/**
 * Read the pages to report on, then those whose facts their links need.
 *
 * @param errors Collects failures on single pages, which do not end the run.
 */
export async function readPages(input: CheckInput, errors = new RunErrors()): Promise<ReadPages> {
  const reader = new PageReader(input.limit)
  try {
    return await readWith(reader, input, errors)
  } finally {
    reader.close()
  }
}

async function readWith(reader: PageReader, input: CheckInput, errors: RunErrors): Promise<ReadPages> {
  const {tree, history, past, limit = DEFAULT_LIMIT_MS} = input
  const loader = new PageLoader(input, reader, errors)
  const {pages, read} = loader
  const context = treeContext(input, errors)
  const described = await describeSites(context, input)
  const isReported = (file: string) =>
    mayHaveDestinations(file) ? !described.of(file).host : described.isPage(file)
  const {files, testData} = withoutTestData({...input, files: input.files.filter(isReported)}, described)
  const results = (await loader.loadReported(files, described)).filter(hasContent)
  await loader.load(pagesReadForUrls(tree, described, results), described)
  const repository = await findRepository(input, described, results)
  let sites = described.publish({page: (path) => pages.get(path)})
  let links = new LinkResolver(sites, errors, repository)
  await loadIncluded(sites, loader, described)
  if (await loadIncluders({results, links, errors, limit}, {described, sites, loader}, tree)) {
    await loadIncluded(sites, loader, described)
    sites = described.publish({page: (path) => pages.get(path)})
    links = new LinkResolver(sites, errors, repository)
  }
  if (await needsFit({results, links, errors, limit}, {described, sites, loader})) {
    await loader.load(pagesToFit(tree, described), described)
    sites = await described.publishFitted({page: (path) => pages.get(path)})
    links = new LinkResolver(sites, errors, repository)
  }
  await addPossibleLinks({results, links, errors, limit}, {tree, loader, described, sites})
  const included = includedParts(results, sites)
  const parts = [...included.values()].flatMap((each) => each.parts)
  const following: Following = {results: [...results, ...parts], links, errors, limit}
  if (history) await followRenames(following, history, pages, tree.files)
  const targets = fragmentTargets(following, described.isPage)
  await loader.load(targets.keys(), described)
  await loadIncluded(sites, loader, described)

  const anchors = new AnchorIndex(sites, pages)
  makeAnchors(following, anchors, targets)
  const evidence = await gatherEvidence(following, {
    tree,
    loader,
    described,
    sites,
    anchors,
    reported: results,
    ...(history && {history}),
  })
  links.consult(evidence)
  anchors.consult(evidence)
  judgeLinks(following)
  if (past) {
    const meant = await replaceMissing(following, {past, pages, files: tree.files})
    await loader.load(meant.keys(), described)
    makeAnchors(following, anchors, meant)
  }
  const renames = past ?? history
  const renamedAnchors = renames
    ? await findRenamedAnchors(results, links, anchors, {
        renames,
        read: tree.read,
        parse: async (path, text) => {
          const page = await loader.parse(path, text, described)
          return page && {text, page, anchors: sites.of(path).anchorsOf(page)}
        },
      })
    : new Map<string, string>()
  const view = siteViews({files: tree.files, results, sites, links, anchors, renamedAnchors, repository})
  return {results, included, testData, sites, read, view}
}

/** The repository that the URLs on pages may lead to. */
async function findRepository(
  {tree, base}: CheckInput,
  {host, isPage}: DescribedSites,
  results: readonly PageResult[],
): Promise<OwnRepository | undefined> {
  const urls = results.flatMap(
    ({page}) => page?.links.flatMap(({url}) => (mayBeOfRepository(url) ? url : [])) ?? [],
  )
  if (urls.length === 0) return
  const {OwnRepository} = await import('../repository/own-repository.ts')
  return OwnRepository.find({tree, isPage, host: host.platform, base}, urls)
}

/** Does a file that may contain redirects contain any? */
const hasContent = ({path, page}: PageResult) => !mayHaveDestinations(path) || (page?.links.length ?? 0) > 0

/** The part of a run that describing sites needs, before pages are read. */
function treeContext({tree, files}: CheckInput, errors: RunErrors): TreeContext {
  const paths = new Set([...tree.files, ...files].filter(isMarkdownFile))
  return {
    tree,
    isPage: (path) => paths.has(path),
    fail: (path, doing, error) => errors.add(path, doing, error),
    warn: (file, why) => errors.warn(file, why),
  }
}

const pagesToFit = ({files}: Tree, sites: DescribedSites): string[] =>
  [...files].filter((path) => sites.isPage(path) && sites.hasUnknownGenerator(path))

/** The pages of sites whose URLs are set in front matter, if a page to report on belongs to the site or links to it. */
function pagesReadForUrls({files}: Tree, sites: DescribedSites, results: readonly PageResult[]): string[] {
  const own = new Set(results.map(({path}) => sites.of(path)))
  const isLinked = ({home}: SiteDescription) =>
    home !== undefined && results.some(({page}) => page?.links.some(({url}) => url.startsWith(home)))
  const readsAll = new Set(sites.all.filter((site) => site.readsAll && (own.has(site) || isLinked(site))))
  if (readsAll.size === 0) return []
  return [...files].filter((path) => sites.isPage(path) && readsAll.has(sites.of(path)))
}
