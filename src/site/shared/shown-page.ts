import type {Heading, Id, Link, Page} from '../../page/types.ts'
import {isMarkdownFile} from '../../text/markdown-files.ts'
import type {PageSource} from '../platform.ts'
import type {AnchorDoubt, Resolution, SiteLink} from '../types.ts'
import {mayAddIds} from './anchors.ts'

/** Beyond this number, included files are ignored. */
const MOST_INCLUDED = 100

/** A page as it is shown, with the files that it includes, directly or indirectly, in their places. */
export interface ShownPage {
  /** The page first; a file that is included twice is there twice. */
  pages: readonly Page[]
  headings: readonly Heading[]
  ids: readonly Id[]
  /** The reasons why it may show more than these. */
  doubts: readonly AnchorDoubt[]
  /** Not all text of these files is shown, so that other headings may have the number of a duplicate. */
  isPartial: boolean
  /** The values for the headings of the page itself, of values for all headings. */
  ofOwn<T>(values: readonly T[]): T[]
}

/** The parts of a site that find included files. */
export interface IncludeFinder extends PageSource {
  include(link: SiteLink, from: string): Resolution
}

/** Put a page together with the files that it includes. */
export function shownPage(page: Page, finder: IncludeFinder): ShownPage {
  const shown = new Shown(finder)
  shown.add(page, [])
  const {pages, headings, ids, doubts, isPartial} = shown
  const own = new Set(page.headings)
  const ofOwn = <T>(values: readonly T[]) => values.filter((_, at) => own.has(headings[at]!))
  return {pages, headings, ids, doubts, isPartial, ofOwn}
}

class Shown {
  readonly pages: Page[] = []
  readonly headings: Heading[] = []
  readonly ids: Id[] = []
  readonly doubts: AnchorDoubt[] = []
  isPartial = false
  readonly #finder: IncludeFinder

  constructor(finder: IncludeFinder) {
    this.#finder = finder
  }

  /** @param around The pages that include the page, outermost first. */
  add(page: Page, around: readonly Page[]): void {
    this.pages.push(page)
    const headings = new Until(page.headings, this.headings)
    const ids = new Until(page.ids, this.ids)
    for (const link of page.links) {
      if (link.kind !== 'include' || link.as === 'code') continue
      const included = this.#includedBy(link, page)
      if (!included || included === page || around.includes(included)) continue
      headings.take(link.start)
      ids.take(link.start)
      if (this.pages.length < MOST_INCLUDED) this.add(included, [...around, page])
      else if (this.pages.includes(included)) this.isPartial = true
      else this.doubts.push(mayAddIds(link.url))
    }
    headings.take(page.end + 1)
    ids.take(page.end + 1)
  }

  #includedBy(link: Link, from: Page): Page | undefined {
    const found = this.#finder.include(link, from.path)
    const page = found.to === 'page' ? this.#finder.page(found.path) : undefined
    if (page && link.part !== undefined) this.isPartial = true
    if (!page && !isCode(link.url)) this.doubts.push(mayAddIds(link.url))
    return page
  }
}

/** Takes facts of a page in text order. */
class Until<T extends {start: number}> {
  readonly #from: readonly T[]
  readonly #to: T[]
  #taken = 0

  constructor(from: readonly T[], to: T[]) {
    this.#from = from
    this.#to = to
  }

  /** Take the facts before an offset. */
  take(offset: number): void {
    while (this.#taken < this.#from.length && this.#from[this.#taken]!.start < offset)
      this.#to.push(this.#from[this.#taken++]!)
  }
}

/** Is a file source code or data, which has no ids? */
export const isCode = (name: string): boolean =>
  /\.\w+$/.test(name) && !isMarkdownFile(name) && !/\.(?:txt|html?|inc|mdpp|rst|ipynb)$/i.test(name)
