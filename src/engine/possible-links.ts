import type {PossibleLink} from '../page/possible-links.ts'
import type {Page} from '../page/types.ts'
import type {DescribedSites} from '../site/describe-sites.ts'
import {isTestable} from '../site/doubts.ts'
import {type Lead, PlaceEvidence} from '../site/evidence/place-evidence.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Resolution, Site} from '../site/types.ts'
import {folderOf, joinPath, nameOf} from '../text/paths.ts'
import {withoutQuery} from '../text/urls.ts'
import type {Tree} from '../tree/tree.ts'
import {eachPage, type Following} from './follow-links.ts'
import type {LinkResolver} from './link-resolver.ts'
import type {PageLoader} from './page-loader.ts'

/** The parts of a run that decide which values are links. */
interface PossibleLinksSource {
  tree: Tree
  loader: PageLoader
  described: DescribedSites
  sites: Sites
}

/**
 * Values that look like paths, and lead nowhere, become links if nearly all others at places like theirs lead somewhere.
 * The pages of their sites are read for it.
 */
export async function addPossibleLinks(
  following: Following,
  {tree, loader, described, sites}: PossibleLinksSource,
): Promise<void> {
  const leads = new Leads(tree.files, following.links)
  const lost = new Map<Page, PossibleLink[]>()
  const evidence = new Map<Site, PlaceEvidence>()
  eachPage(following, (page) => {
    const {path, possibleLinks = []} = page
    const links = possibleLinks.filter((link) => leads.of(link, path) === 'missing')
    if (links.length === 0) return
    lost.set(page, links)
    const site = sites.of(path)
    const own = evidence.get(site) ?? new PlaceEvidence()
    evidence.set(site, own)
    for (const {of} of links) own.ask(of)
  })
  if (lost.size === 0) return
  const paths = [...tree.files].filter((path) => described.isPage(path) && evidence.has(sites.of(path)))
  await loader.load(paths, described)
  const results = paths.flatMap((path) => {
    const page = loader.pages.get(path)
    return page ? [{path, page, findings: [], pluginMessages: []}] : []
  })
  eachPage({...following, results}, ({path, possibleLinks = []}) => {
    for (const link of possibleLinks)
      evidence.get(sites.of(path))!.add(link, () => leads.of(link, path), path)
  })
  for (const result of following.results) {
    const page = result.page && withLikely(result.page, lost, evidence.get(sites.of(result.path)))
    if (!page) continue
    result.page = page
    loader.pages.set(result.path, page)
  }
}

/** A page with its missing values that are links; undefined if it has none. The page itself may be read again as it is. */
function withLikely(
  page: Page,
  lost: ReadonlyMap<Page, readonly PossibleLink[]>,
  evidence: PlaceEvidence | undefined,
): Page | undefined {
  const links = (lost.get(page) ?? []).flatMap((link) => {
    const likely = evidence!.clauseFor(link)
    return likely === undefined ? [] : [{...link, likely}]
  })
  return links.length > 0 ? {...page, links: [...page.links, ...links]} : undefined
}

/** Finds what values lead to if they are links. */
class Leads {
  readonly #files: ReadonlySet<string>
  readonly #links: LinkResolver
  #byName: ReadonlyMap<string, readonly string[]> | undefined

  constructor(files: ReadonlySet<string>, links: LinkResolver) {
    this.#files = files
    this.#links = links
  }

  /** @returns undefined if that cannot be known */
  of(link: PossibleLink, from: string): Lead | undefined {
    const {url} = link
    const resolve = this.#links.resolverFor(from)
    const found = resolve(link)
    const rooted = isFound(found) || /^[./]/.test(url) ? found : resolve({...link, url: `/${url}`})
    if (isFound(rooted)) return rooted.path === from ? 'self' : 'found'
    if (!mayBeMissing(found)) return
    if (this.#files.has(joinPath(folderOf(from), withoutQuery(url)))) return 'found'
    return this.#hasFile(url) ? 'named' : 'missing'
  }

  /** Is there a file of that name, in whatever folder the theme looks? */
  #hasFile(url: string): boolean {
    const end = withoutQuery(url).replace(/^(?:\.{0,2}\/)+|\/$/g, '')
    this.#byName ??= filesByName(this.#files)
    return this.#byName.get(nameOf(end))?.some((file) => `/${file}`.endsWith(`/${end}`)) ?? false
  }
}

const isFound = (found: Resolution): found is Resolution & {to: 'page' | 'file'} =>
  found.to === 'page' || found.to === 'file'

const mayBeMissing = (found: Resolution): boolean =>
  found.to === 'missing' ||
  (found.to === 'unknown' && found.otherwise !== undefined && isTestable(found.doubt))

function filesByName(files: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of files) {
    const known = found.get(nameOf(file))
    if (known) known.push(file)
    else found.set(nameOf(file), [file])
  }
  return found
}
