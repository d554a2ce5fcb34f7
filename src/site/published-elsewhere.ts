import {nameOf} from '../text/paths.ts'
import {withoutQuery} from '../text/urls.ts'
import {doubt} from './doubts.ts'
import {isOnlyForReaders, variant} from './host-variants.ts'
import type {SiteDescription} from './platform.ts'
import {doubted} from './shared/doubted.ts'
import {idsByAnyRule} from './shared/id-rules.ts'
import type {AnchorDoubt, Resolution} from './types.ts'

const UNKNOWN_READER = doubt('unknown-reader')

/**
 * A host of pages that a site elsewhere publishes, too: what leads nowhere on the host may be a URL of that site, or an
 * id that it gives a heading.
 */
export const publishedElsewhere = (host: SiteDescription): SiteDescription =>
  variant(host, host.why, ({resolve, anchorsOf}) => ({
    resolve: (link, from) => {
      const found = resolve(link, from)
      return mayBeUrl(found, link.url) && !isOnlyForReaders(from) ? doubted(found, UNKNOWN_READER) : found
    },
    anchorsOf: (page) => {
      const anchors = anchorsOf(page)
      let others: ReadonlySet<string | undefined> | undefined
      const otherIds: AnchorDoubt = {
        // No other links show it: hardly anybody writes an id of another algorithm by accident.
        ...doubt('included-elsewhere'),
        covers: (fragment) => (others ??= new Set(idsByAnyRule(page.headings))).has(fragment),
      }
      return {...anchors, doubts: [...anchors.doubts, otherIds]}
    },
  }))

/** Is a missing target written as a URL from the root of a site, or as that of a page in the tree? */
const mayBeUrl = (found: Resolution, url: string): boolean =>
  found.to === 'missing' &&
  (found.evidence === 'extension' || (url.startsWith('/') && !nameOf(withoutQuery(url)).includes('.')))
