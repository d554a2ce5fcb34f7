import type {PossibleLink} from '../page/possible-links.ts'
import type {Link, Page} from '../page/types.ts'
import type {DescribedSites} from '../site/describe-sites.ts'
import {isTestable} from '../site/doubts.ts'
import {type Lead, PlaceEvidence} from '../site/evidence/place-evidence.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Resolution, Site, SiteLink} from '../site/types.ts'
import {folderOf, joinPath, nameOf} from '../text/paths.ts'
import {isImage, withoutQuery} from '../text/urls.ts'
import type {Tree} from '../tree/tree.ts'
import {AnchorIndex} from './anchor-index.ts'
import {doubtsAbout} from './evidence.ts'
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
 * Values that look like paths, and lead nowhere, become links if nearly all others at places like theirs lead somewhere. So
 * do properties of components that may change them. The pages of their sites are read for it.
 */
export async function addPossibleLinks(
  following: Following,
  {tree, loader, described, sites}: PossibleLinksSource,
): Promise<void> {
  const {links: resolver} = following
  const before = new Leads(tree.files, resolver, new AnchorIndex(sites, loader.pages))
  const lost = new Map<Page, PossibleLink[]>()
  const evidence = new Map<Site, PlaceEvidence>()
  eachPage(following, (page) => {
    const {path} = page
    const links = valuesOf(page, resolver).filter((link) => before.of(link, path) === 'missing')
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
  const leads = new Leads(tree.files, resolver, new AnchorIndex(sites, loader.pages))
  eachPage({...following, results}, (page) => {
    const {path} = page
    for (const link of valuesAndLinksOf(page, resolver))
      evidence.get(sites.of(path))!.add(link, () => leads.of(link, path), path)
  })
  for (const result of following.results) {
    const page = result.page && withLikely(result.page, lost, evidence.get(sites.of(result.path)))
    if (!page) continue
    result.page = page
    loader.pages.set(result.path, page)
  }
}

/** The values of a page that may be links. */
const valuesOf = (page: Page, resolver: LinkResolver): PossibleLink[] => [
  ...(page.possibleLinks ?? []),
  ...propertiesOf(page).flatMap((link) => withoutComponent(link, resolver.resolverFor(page.path)) ?? []),
]

/** Those, and the links that components make of properties. */
const valuesAndLinksOf = (page: Page, resolver: LinkResolver): (PossibleLink | PropertyLink)[] => [
  ...(page.possibleLinks ?? []),
  ...propertiesOf(page).map((link) => withoutComponent(link, resolver.resolverFor(page.path)) ?? link),
]

const propertiesOf = ({links}: Page): PropertyLink[] =>
  links.flatMap((link) => (link.prop === undefined ? [] : {...link, of: `<${link.tag} ${link.prop}>`}))

type PropertyLink = Link & {of: string}

/** A property of a component as a link, if the component may change it. */
function withoutComponent(
  link: PropertyLink,
  resolve: (link: SiteLink) => Resolution,
): PossibleLink | undefined {
  const found = resolve(link)
  if (found.to !== 'unknown' || found.doubt.reason !== 'component') return
  const {url, target, start, end, of} = link
  const value = {url, target, start, end, of}
  const inHtml = {...value, kind: 'html', tag: 'a'} as const
  const leads = resolve(inHtml)
  if (isFound(leads) || mayBeMissing(leads)) return inHtml
  // Many components add the base of the site, as Markdown does.
  return isImage(url) ? {...value, kind: 'image', image: true} : {...value, kind: 'link'}
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
  const starts = new Set(links.map(({start}) => start))
  const others = page.links.filter(({prop, start}) => prop === undefined || !starts.has(start))
  return links.length > 0 ? {...page, links: [...others, ...links]} : undefined
}

/** Finds what values lead to if they are links. */
class Leads {
  readonly #files: ReadonlySet<string>
  readonly #links: LinkResolver
  readonly #anchors: AnchorIndex
  #byName: ReadonlyMap<string, readonly string[]> | undefined

  constructor(files: ReadonlySet<string>, links: LinkResolver, anchors: AnchorIndex) {
    this.#files = files
    this.#links = links
    this.#anchors = anchors
  }

  /** @returns undefined if that cannot be known */
  of(link: SiteLink, from: string): Lead | undefined {
    const {url} = link
    const resolve = this.#links.resolverFor(from)
    const found = resolve(link)
    const rooted = isFound(found) || /^[./]/.test(url) ? found : resolve({...link, url: `/${url}`})
    if (isFound(rooted)) return rooted.path === from ? 'self' : this.#leadOfFragment(rooted, from)
    if (!mayBeMissing(found)) return
    if (this.#files.has(joinPath(folderOf(from), withoutQuery(url)))) return 'found'
    return this.#hasFile(url) ? 'named' : 'missing'
  }

  /** Does the fragment of a link exist on the page that it leads to? */
  #leadOfFragment(found: Resolution & {to: 'page' | 'file'}, from: string): Lead | undefined {
    if (found.to === 'file' || !found.fragment) return 'found'
    const anchors = this.#anchors.anchorsSeenFrom(from)(found.path, found.published)
    if (!anchors || anchors.has(found.fragment)) return 'found'
    return doubtsAbout(anchors, found.fragment, false).every(isTestable) ? 'missing' : undefined
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
