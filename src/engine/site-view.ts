import type {Link, Page} from '../page/types.ts'
import type {OwnRepository} from '../repository/own-repository.ts'
import type {SiteView} from '../rule/types.ts'
import {writeInclude} from '../site/includes.ts'
import {writeModule} from '../site/modules.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Site, WrittenLink} from '../site/types.ts'
import {nameOf} from '../text/paths.ts'
import type {AnchorIndex} from './anchor-index.ts'
import {labelsOfPrograms, labelsSeenFrom, type ProgramLabels} from './labels.ts'
import type {LinkResolver} from './link-resolver.ts'
import type {PageResult} from './types.ts'

/** The parts of a run that views of pages are built from. */
export interface ViewSource {
  /** Every file of the tree. */
  files: ReadonlySet<string>
  results: readonly PageResult[]
  sites: Sites
  links: LinkResolver
  anchors: AnchorIndex
  /** Current anchors of renamed headings, by `path#fragment`. */
  renamedAnchors: ReadonlyMap<string, string>
  repository: OwnRepository | undefined
}

/** Create the function that returns the view of a page that rules get. */
export function siteViews(source: ViewSource): (page: Page) => SiteView {
  const {files, results, sites, links, anchors, renamedAnchors, repository} = source
  let fileByName: ReadonlyMap<string, string | undefined> | undefined
  let targetByLabel: ReadonlyMap<string, string | undefined> | undefined
  let ofPrograms: ProgramLabels | undefined
  const isOfProgram = (identifier: string) => (ofPrograms ??= labelsOfPrograms(results)).has(identifier)
  const viewOf = (page: Page): SiteView => {
    const site = sites.of(page.path)
    return {
      anchorsOf: anchors.anchorsSeenFrom(page.path),
      resolve: links.judgeFor(page.path),
      fragment: (...target) => anchors.answer(page.path, ...target),
      writeLink: (to, like = '', kind = 'link') =>
        repository?.write(to, like) ??
        sites.writeOwnUrl(to, like, page.path) ??
        writeLink(to, like, kind, page.path, site),
      urlsOf: (path) => site.urlsOf(path),
      samePlace: (path) => samePlace(path, sites),
      lastDefinition: site.lastDefinition ?? false,
      // Lazy, as it is costly on some sites and only one rule uses it.
      get references() {
        return site.references?.(page)
      },
      ...labelsSeenFrom(page, sites, isOfProgram),
      renamedAnchor: (path, fragment) => renamedAnchors.get(`${path}#${fragment}`),
      fileNamed: (name) => (fileByName ??= filesByName(files)).get(name),
      targetOf: (identifier) => (targetByLabel ??= targetsByLabel(results, links)).get(identifier),
    }
  }
  // Rules take turns on one page, so the view of the latest page is enough to keep.
  let latest: {page: Page; view: SiteView} | undefined
  return (page) => {
    if (latest?.page !== page) latest = {page, view: viewOf(page)}
    return latest.view
  }
}

/** Write a link to a file in the form of another one, by the kind of that. */
function writeLink(to: string, like: string, kind: Link['kind'], from: string, site: Site): WrittenLink {
  if (kind === 'include') return writeInclude(to, like, from, site)
  return kind === 'module' ? writeModule(to, like, from, site) : site.writeLink(to, like, from, kind)
}

/** The URL at which a page is primarily published, and the files published there; see {@link SiteView}. */
function samePlace(path: string, sites: Sites): ReturnType<SiteView['samePlace']> {
  const site = sites.of(path)
  const [url] = site.host ? [] : site.urlsOf(path)
  if (url === undefined) return
  const all = sites.publishedAt(site, url)
  return {
    url,
    all,
    // Lazy: with many files at one URL, a list for each of them would take quadratic memory.
    get others() {
      return all.filter((other) => other !== path)
    },
  }
}

/** The file of each name; undefined if several folders have one. */
const filesByName = (files: ReadonlySet<string>) =>
  unambiguous([...files].map((file) => [nameOf(file), file]))

/** The page or file that all definitions of a label lead to; undefined if they disagree. */
const targetsByLabel = (results: readonly PageResult[], links: LinkResolver) =>
  unambiguous(
    results.flatMap(({page}) => {
      if (!page) return []
      const resolve = links.resolverFor(page.path)
      return page.definitions.map(({identifier, url}): [string, string | undefined] => {
        const found = resolve({url})
        return [identifier, found.to === 'page' || found.to === 'file' ? found.path : undefined]
      })
    }),
  )

/** The value of each key; undefined if there are several. */
function unambiguous(
  pairs: readonly (readonly [key: string, value: string | undefined])[],
): Map<string, string | undefined> {
  const values = new Map<string, string | undefined>()
  for (const [key, value] of pairs)
    values.set(key, values.has(key) && values.get(key) !== value ? undefined : value)
  return values
}
