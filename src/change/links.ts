import type {VFileMessage} from 'vfile-message'
import type {Link, Page} from '../page/types.ts'

/** The link of a page that a message is reported on; the first one if several begin at the same offset. */
export function linkAt(page: Page, place: VFileMessage['place']): Link | undefined {
  const offset = place && 'start' in place ? place.start.offset : undefined
  return offset === undefined ? undefined : indexOf(page).byOffset.get(offset)
}

/** The first link of a page with a URL. */
export const linkTo = (page: Page, url: string): Link | undefined => indexOf(page).byUrl.get(url)

interface LinkIndex {
  byOffset: ReadonlyMap<number, Link>
  byUrl: ReadonlyMap<string, Link>
}

const indexes = new WeakMap<Page, LinkIndex>()

function indexOf(page: Page): LinkIndex {
  let index = indexes.get(page)
  if (!index) {
    // Of several entries with one key, a map keeps the last.
    const links = page.links.toReversed()
    index = {
      byOffset: new Map(links.map((link) => [link.target.start, link])),
      byUrl: new Map(links.map((link) => [link.url, link])),
    }
    indexes.set(page, index)
  }
  return index
}
