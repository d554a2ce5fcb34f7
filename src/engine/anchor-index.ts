import type {Page} from '../page/types.ts'
import {unknownAnchors} from '../site/guarded.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Anchors} from '../site/types.ts'

/**
 * The anchors of pages, created once per page and reader: a repository host shows a page with its own ids, not those of
 * the site that publishes it.
 */
export class AnchorIndex {
  readonly #sites: Sites
  readonly #pages: ReadonlyMap<string, Page>
  readonly #published = new Map<string, Anchors | undefined>()
  readonly #onHost = new Map<string, Anchors | undefined>()

  /** @param pages The facts of all pages that were read, by path. */
  constructor(sites: Sites, pages: ReadonlyMap<string, Page>) {
    this.#sites = sites
    this.#pages = pages
  }

  /**
   * Create the function that returns the anchors of a page as seen by links on another page;
   * see {@link SiteView.anchorsOf}.
   */
  anchorsSeenFrom(from: string): (path: string, published?: boolean) => Anchors | undefined {
    const own = this.#sites.of(from)
    return (path, published = false) => {
      const isOnHost = own.host && !published
      const known = isOnHost ? this.#onHost : this.#published
      if (!known.has(path)) {
        const page = this.#pages.get(path)
        known.set(path, page && (isOnHost ? own : this.#sites.of(path)).anchorsOf(page))
      }
      return known.get(path)
    }
  }

  /** Give up on the anchors of a page: any fragment may exist on it. */
  giveUp(path: string, why: string): void {
    for (const known of [this.#published, this.#onHost]) known.set(path, unknownAnchors(why))
  }
}
