import type {Page} from '../page/types.ts'
import {isBelow} from '../text/paths.ts'
import {testDataAround} from '../text/test-data.ts'
import {asDoubted} from './as-doubted.ts'
import {describedSite} from './described/describe.ts'
import {doubt} from './doubts.ts'
import {fitSite} from './fit/fit.ts'
import {LinkedIds} from './fit/ids.ts'
import type {Fit} from './fit/types.ts'
import {unfittedSite} from './fit/unfitted.ts'
import {guarded} from './guarded.ts'
import type {HostContext, PageSource, SiteDescription, TreeContext} from './platform.ts'
import {publishedElsewhere} from './published-elsewhere.ts'
import {groupBy} from './shared/group-by.ts'
import type {Lookup} from './shared/lookup.ts'

/** The described sites of a tree, and the pages that have been read. */
export interface FitSource {
  ctx: TreeContext
  lookup: Lookup
  /** The sites whose generator is not known; the host last, if it is assumed. */
  unknown: readonly SiteDescription[]
  /** The site of a file. */
  of(path: string): SiteDescription
  pages: PageSource
}

/** Fit a description to each site whose generator is not known. @returns the fitted sites by what they replace */
export function fittedSites(source: FitSource): Map<SiteDescription, SiteDescription> {
  const fitted = new Map<SiteDescription, SiteDescription>()
  // Test data holds sites of all kinds, and says nothing about the pages around it.
  const isEvidence = (path: string) => source.ctx.isPage(path) && testDataAround(path) === undefined
  const pagesOf = groupBy([...source.ctx.tree.files].filter(isEvidence), source.of)
  for (const site of source.unknown) {
    if (site.isUnknownWith?.(source.pages) === false) continue
    const pages = (pagesOf.get(site) ?? []).flatMap((path) => source.pages.page(path) ?? [])
    const {tree, isPage} = source.ctx
    const generator = !site.host
    const fit = fitSite({tree, isPage, lookup: source.lookup, root: site.root, pages, generator})
    const found = siteOf(fit, site, pages, source)
    if (found) fitted.set(site, guarded(site.withPlugins?.(found) ?? found, source.ctx.fail))
  }
  return fitted
}

/** The site that a fit leads to; undefined if the repository's host or the platform's own rules hold. */
function siteOf(
  fit: Fit,
  site: SiteDescription,
  pages: readonly Page[],
  {ctx, lookup}: FitSource,
): SiteDescription | undefined {
  if (fit.kind === 'repository') return fit.elsewhere && publishedElsewhere(site)
  const platform = site.host ? 'other' : site.platform
  if (fit.kind === 'none') {
    // The platform's own rules still know some of it.
    if (site.isUnknownWith) return
    // Where a generator was detected, nobody reads the pages elsewhere.
    const [root, why] = site.host
      ? [fit.root, `no description fits its links: ${fit.why}`]
      : [site.root, site.why]
    const {rules} = new LinkedIds(pages.filter(({path}) => isBelow(path, root))).tally()
    const none = unfittedSite(contextOf(ctx, lookup, {platform, root, why}), root, rules)
    if (site.host) return asDoubted(none, unknownGenerator(platform))
    return {...none, ...(site.declared && {declared: site.declared})}
  }
  const {found, left} = fit.evidence
  const {root} = fit.description
  const why = `its description is fitted to its links, of which ${found} of ${found + left} lead to files`
  // What the platform and the configuration say about the site is not guessed.
  const known = site.description
  const routes = {...fit.description.routes, ...known?.routes}
  const description = {...fit.description, ...known, routes, root, platform}
  const described = describedSite(contextOf(ctx, lookup, {platform, root, why}), description)
  const judged = asDoubted(described, unknownGenerator(platform))
  return {
    ...(site.isUnknownWith ? withCertainty(judged, site) : judged),
    description,
    ...(site.declared && {declared: site.declared}),
  }
}

/** A fitted site with what the platform's own rules say about links: what is missing by these is so for certain. */
const withCertainty = (fitted: SiteDescription, own: SiteDescription): SiteDescription => ({
  ...fitted,
  publish: (pages) => {
    const answers = fitted.publish(pages)
    const {resolve, writeLink} = own.publish(pages)
    return {
      ...answers,
      ...(writeLink && {writeLink}),
      resolve: (link, from) => {
        const found = answers.resolve(link, from)
        if (found.to !== 'unknown') return found
        const known = resolve(link, from)
        if (known.to !== 'missing') return known.to === 'unknown' || found.otherwise ? found : known
        // The platform knows the values of placeholders.
        return found.otherwise || found.doubt.reason === 'placeholder' ? known : found
      },
    }
  },
})

const unknownGenerator = (platform: string) =>
  doubt('unknown-generator', platform === 'other' ? undefined : platform)

const contextOf = (ctx: TreeContext, lookup: Lookup, marker: HostContext['marker']): HostContext => ({
  ...ctx,
  lookup,
  marker,
})
