import type {Page} from '../page/types.ts'
import type {SiteView} from '../rule/types.ts'
import type {Doubt} from '../site/doubts.ts'
import {pageName} from '../site/evidence/places.ts'
import type {Includers} from '../site/includers.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Labels, Site} from '../site/types.ts'
import type {PageResult} from './types.ts'

/**
 * Create the functions that look up labels outside of a page: those of its site, those that many pages use, which an
 * unknown generator may define, and those of the pages that include this one or are included in it.
 */
export function labelsSeenFrom(
  page: Page,
  {of, includers}: Pick<Sites, 'of' | 'includers'>,
  isCommon: (identifier: string) => boolean,
): Pick<SiteView, 'mayBeDefined' | 'mayBeUsedElsewhere'> {
  const site = of(page.path)
  let labels: Labels | Doubt | undefined
  let around: LabelsAround | undefined
  const labelsOfPages = () => (around ??= labelsAround(page.path, site, includers))
  return {
    mayBeDefined: (identifier) => {
      labels ??= (site.definitions ? site.definitions(page) : site.references?.(page)) ?? new Set()
      if (!('has' in labels) || labels.has(identifier)) return true
      if ((site.hasUnknownGenerator || site.description !== undefined) && isCommon(identifier)) return true
      return labelsOfPages().isIncomplete || labelsOfPages().defined.has(identifier)
    },
    mayBeUsedElsewhere: (identifier) => labelsOfPages().isIncomplete || labelsOfPages().used.has(identifier),
  }
}

/** The labels on all pages whose text is shown together with that of a page. */
interface LabelsAround {
  defined: ReadonlySet<string>
  used: ReadonlySet<string>
  /** There may be further ones. */
  isIncomplete: boolean
}

/** Collect the labels of a page, of the pages that include it, and of those that these include. */
function labelsAround(path: string, site: Site, includers: Includers): LabelsAround {
  const defined = new Set<string>()
  const used = new Set<string>()
  const ofOthers = includers.of(path)
  const roots = [path, ...ofOthers]
  const pages = roots.flatMap((root) => includers.shownOn(root))
  for (const page of pages) {
    for (const {identifier} of page.definitions) defined.add(identifier)
    for (const {identifier} of page.references) used.add(identifier)
  }
  // Generated pages may include a page that is neither published nor included in any page of the tree.
  const isUnused =
    !site.host && site.include !== undefined && ofOthers.length === 0 && site.urlsOf(path).length === 0
  const isIncomplete =
    isUnused || includers.isShownInParts(path) || pages.some((page) => includers.mayIncludeMore(page.path))
  return {defined, used, isIncomplete}
}

/** So many pages have brackets with a label that none of them defines, before a program may do so. */
const COMMON = 3

/** The labels without a definition that several pages have in brackets; translations of a page count as one. */
export function commonLabels(results: readonly PageResult[]): Set<string> {
  const names = new Map<string, Set<string>>()
  for (const {page} of results)
    for (const {defined, identifier} of page?.references ?? []) {
      if (defined) continue
      const own = names.get(identifier)
      if (own) own.add(pageName(page!.path))
      else names.set(identifier, new Set([pageName(page!.path)]))
    }
  return new Set([...names].filter(([, {size}]) => size >= COMMON).map(([identifier]) => identifier))
}
