import type {Anchors, PageSource, Site} from './types.ts'

const WHY = 'a mistake in doccheck'

/** The anchors of a page of which nothing is known: any fragment may lead somewhere. */
export const unknownAnchors = (incompleteBecause: string): Anchors => ({
  has: () => true,
  ids: new Set(),
  ofHeadings: [],
  idOf: () => undefined,
  incompleteBecause,
})

/**
 * A site whose mistakes cost no more than an answer: it is told which page it was about, and the answer is not known.
 *
 * @param fail Told what went wrong; left out, it is thrown.
 */
export function guarded(site: Site, fail: PageSource['fail']): Site {
  if (!fail) return site
  const guard = <T>(path: string, doing: string, answer: () => T, otherwise: T): T => {
    try {
      return answer()
    } catch (error) {
      fail(path, `${doing} on ${path} (${site.platform} site ${site.root || '.'})`, error)
      return otherwise
    }
  }
  const own: Partial<Site> = {
    urlsOf: (path) => guard(path, 'URLs', () => site.urlsOf(path), []),
    resolve: (link, from) => guard(from, 'links', () => site.resolve(link, from), {to: 'unknown', why: WHY}),
    anchorsOf: (page) => guard(page.path, 'anchors', () => site.anchorsOf(page), unknownAnchors(WHY)),
  }
  if (site.owns) own.owns = (path) => guard(path, 'publishing', () => site.owns!(path), false)
  if (site.references)
    own.references = (page) => guard(page.path, 'references', () => site.references!(page), WHY)
  if (site.definitions)
    own.definitions = (page) => guard(page.path, 'definitions', () => site.definitions!(page), WHY)
  // Its other properties stay where they are: some sites are objects of classes.
  return Object.assign(Object.create(site), own)
}
