import type {Link, Page} from '../page/types.ts'
import type {DescribedSites} from '../site/describe-sites.ts'
import type {Lines} from '../site/included-lines.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Site} from '../site/types.ts'
import type {Span} from '../text/span.ts'
import type {PageLoader} from './page-loader.ts'
import type {IncludedParts, PageResult} from './types.ts'

/** The pages to report on that other pages include, by their results. */
export function includedParts(results: readonly PageResult[], sites: Sites): Map<PageResult, IncludedParts> {
  const found = new Map<PageResult, IncludedParts>()
  for (const result of results) {
    const included = result.page && partsIn(result.page, sites)
    if (included) found.set(result, included)
  }
  return found
}

/** The parts of other pages that a page provides; undefined if no other page includes it, or lines of it. */
function partsIn(page: Page, sites: Sites): IncludedParts | undefined {
  const {path} = page
  const includers = sites.includers.of(path)
  const shown = sites.includers.showingLines(path)
  if (includers.length === 0 && shown.length === 0) return
  const isFollowed = sites.of(path).filesFromIncluder ? () => true : isNoInclude
  const isShown = (at: Span) => includers.length > 0 || shown.some(({lines}) => isIn(page, lines, at))
  const parts = [
    ...includers.map((on) => partOf(page, on, isFollowed)),
    ...shown.map(({on, lines}) =>
      partOf(page, on, (link) => isFollowed(link) && isIn(page, lines, link), lines),
    ),
  ]
  const rest = isShownItself(path, sites)
    ? page
    : {...page, links: page.links.filter((link) => !isFollowed(link) || !isShown(link)), references: []}
  return {parts, rest}
}

/** Does something begin in some lines of a page? */
const isIn = ({lines: starts, end}: Page, {first, last}: Lines, {start}: Span): boolean =>
  start >= (starts[first - 1] ?? end + 1) && start < (starts[last] ?? end + 1)

/** Most programs find the files that a text names from where that text is. */
const isNoInclude = ({kind}: Link) => kind !== 'include'

/** Do readers see a file, which others include, as a page of its own? */
function isShownItself(path: string, sites: Sites): boolean {
  const site = sites.of(path)
  return site.host === true || (site.urlsOf(path).length > 0 && !site.isPart?.(path))
}

/** A page, or lines of it, as a part of another one. Links are copied, since they lead elsewhere from there. */
const partOf = (
  page: Page,
  path: string,
  isFollowed: (link: Link) => boolean,
  lines?: Lines,
): PageResult => ({
  path,
  page: {
    ...page,
    path,
    links: page.links.filter(isFollowed).map((link) => ({...link})),
    references: lines ? page.references.filter((each) => isIn(page, lines, each)) : page.references,
  },
  findings: [],
  pluginMessages: [],
})

/** More levels of files that include others than any site has. */
const MOST_LEVELS = 20

/** Read the files that pages include, directly or indirectly. */
export async function loadIncluded(
  sites: Sites,
  loader: PageLoader,
  described: DescribedSites,
): Promise<void> {
  let pages = [...loader.pages.values()].map((page): Including => ({page, site: sites.of(page.path)}))
  for (let level = 0; level < MOST_LEVELS && pages.length > 0; level++) {
    const included = pages.flatMap(includedBy).filter(({path}) => !loader.read.has(path))
    await loader.load(new Set(included.map(({path}) => path)), described)
    pages = included.flatMap(({path, site}) => {
      const page = loader.pages.get(path)
      return page ? [{page, site}] : []
    })
  }
}

/** A page and the site that shows it, perhaps as a part of others. */
interface Including {
  page: Page
  site: Site
}

/** The pages that a page includes. */
function includedBy({page: {path, links}, site}: Including): {path: string; site: Site}[] {
  if (!site.include) return []
  return links.flatMap((link) => {
    const found = link.kind === 'include' && link.as !== 'code' ? site.include!(link, path) : undefined
    return found?.to === 'page' ? [{path: found.path, site}] : []
  })
}
