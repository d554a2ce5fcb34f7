import type {DescribedSites} from '../site/describe-sites.ts'
import type {DoubtReason} from '../site/doubts.ts'
import type {Sites} from '../site/publish-sites.ts'
import {eachPage, type Following, isFullUrl} from './follow-links.ts'
import type {PageLoader} from './page-loader.ts'

/** The parts of a run that decide whether a description has to be fitted. */
export interface FitQuestion {
  described: DescribedSites
  sites: Sites
  loader: PageLoader
}

/** The reasons of doubt on pages whose generator is not known. */
const LOST: ReadonlySet<DoubtReason> = new Set(['unknown-generator', 'unknown-reader', 'page-url'])

/**
 * Does a link on a page whose generator is not known lead nowhere? Only then it matters how its site is published. The
 * pages that its fragments lead to are read for it.
 */
export async function needsFit(
  following: Following,
  {described, sites, loader}: FitQuestion,
): Promise<boolean> {
  const results = following.results.filter(({path}) => described.hasUnknownGenerator(path))
  const fragments = new Map<string, Set<string>>()
  let isLost = false
  eachPage({...following, results}, ({path, links}) => {
    const resolve = isLost ? undefined : following.links.resolverFor(path)
    for (const link of resolve ? links.filter((each) => !isFullUrl(each)) : []) {
      const found = resolve!(link)
      isLost ||= found.to === 'missing' || (found.to === 'unknown' && LOST.has(found.doubt.reason))
      if (found.to === 'page' && found.fragment) addTo(fragments, found.path, found.fragment)
    }
  })
  if (isLost || fragments.size === 0) return isLost
  await loader.load(fragments.keys(), described)
  return [...fragments].some(([path, names]) => {
    const site = sites.of(path)
    // Nothing is known of its ids before.
    if (site.hasUnknownGenerator) return true
    const page = loader.pages.get(path)
    const anchors = page && site.anchorsOf(page)
    return anchors && [...names].some((name) => !anchors.has(name))
  })
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
