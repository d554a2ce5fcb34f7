import type {Page} from '../../page/types.ts'
import {fragmentOf} from '../../text/urls.ts'
import type {IdRule} from '../description.ts'
import {isTop} from '../shared/anchors.ts'
import {ID_RULES, idsOfTitles, type Title, titlesOf} from '../shared/id-rules.ts'
import {ownIdOf} from '../shared/own-ids.ts'
import {
  FEWEST_FRAGMENTS,
  IDS_EXPLAINED,
  MOST_FRAGMENTS,
  MOST_FRAGMENTS_OF_A_PAGE,
  REFUTED,
} from './thresholds.ts'

/** How many fragments each rule for ids explains. */
export interface IdTally {
  /** Distinct fragments of links to pages, without ids that authors wrote. */
  total: number
  /** The fragments that each rule explains, best first. */
  shares: readonly {rule: IdRule; found: number}[]
  /** The rules of which one is the site's; empty if none explains nearly all fragments. */
  rules: readonly IdRule[]
}

/** Finds the page that a link leads to: `undefined` if it leads to none that was read. */
export type FindPage = (url: string, from: Page) => Page | undefined

/** The fragments of links to pages, without ids that authors wrote, and the rules that explain them. */
export class LinkedIds {
  readonly #pages: readonly LinkedPage[]
  /** The fragments; translations of a page have the same ones, which count once. */
  readonly #all: ReadonlySet<string>
  readonly #byRule = new Map<IdRule, ReadonlySet<string>>()

  /** @param find Finds the pages that links lead to; by default, only the page itself is found. */
  constructor(pages: Iterable<Page>, find: FindPage = ownPage) {
    this.#pages = [...fragmentsByPage(pages, find)].flatMap(([page, own]) => unwritten(page, own))
    this.#all = new Set(this.#pages.flatMap(({fragments}) => fragments))
  }

  /** Count by rule which fragments are ids of headings. */
  tally(): IdTally {
    const shares = ID_RULES.map((rule) => ({rule, found: this.#explainedBy(rule).size})).sort(
      (a, b) => b.found - a.found,
    )
    const total = this.#all.size
    const [best] = shares
    const isKnown = total >= FEWEST_FRAGMENTS && best!.found >= total * IDS_EXPLAINED
    return {total, shares, rules: isKnown ? this.#notRefuted(shares) : []}
  }

  /** The number of fragments that are not ids on the repository's host. */
  beyondHost(): number {
    return this.#all.size - this.#explainedBy('github-slugger').size
  }

  /** Is another rule than that of the repository's host proved? */
  refuteHost(): boolean {
    // Of most repositories, this tells without asking the other rules.
    if (this.#all.size < FEWEST_FRAGMENTS || this.beyondHost() < REFUTED.fewest) return false
    const {rules} = this.tally()
    return rules.length > 0 && !rules.includes('github-slugger')
  }

  /** The fragments that a rule explains. */
  #explainedBy(rule: IdRule): ReadonlySet<string> {
    let found = this.#byRule.get(rule)
    if (!found) {
      const explained = this.#pages.flatMap(({titles, fragments}) => {
        const ids = new Set(idsOfTitles(rule, titles))
        return fragments.filter((fragment) => ids.has(fragment))
      })
      this.#byRule.set(rule, (found = new Set(explained)))
    }
    return found
  }

  /** The best rule, and those that it does not clearly surpass on the fragments that only one of the two explains. */
  #notRefuted(shares: IdTally['shares']): IdRule[] {
    const best = this.#explainedBy(shares[0]!.rule)
    return shares
      .map(({rule}) => rule)
      .filter((rule) => {
        const own = this.#explainedBy(rule)
        const won = countLeft(best, own)
        return won < REFUTED.fewest || countLeft(own, best) > won * REFUTED.share
      })
  }
}

/** The number of values that are in one set and not in the other. */
const countLeft = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((value) => !other.has(value)).length

/** A page with the fragments of links to it that are not ids that its author wrote. */
interface LinkedPage {
  titles: readonly Title[]
  fragments: readonly string[]
}

function unwritten({headings, ids}: Page, fragments: ReadonlySet<string>): LinkedPage[] {
  const written = new Set<string | undefined>([...ids.map(({id}) => id), ...headings.map(ownIdOf)])
  const left = [...fragments].filter((fragment) => !written.has(fragment))
  return left.length === 0 ? [] : [{titles: titlesOf(headings), fragments: left}]
}

const ownPage: FindPage = (url, from) => (url.startsWith('#') ? from : undefined)

/** The distinct fragments of links, by the page that they lead to. */
function fragmentsByPage(pages: Iterable<Page>, find: FindPage): Map<Page, Set<string>> {
  const fragments = new Map<Page, Set<string>>()
  let count = 0
  for (const {page, fragment} of linkedFragments(pages, find)) {
    const known = fragments.get(page) ?? new Set()
    fragments.set(page, known)
    if (known.size === MOST_FRAGMENTS_OF_A_PAGE || known.has(fragment)) continue
    known.add(fragment)
    if (++count === MOST_FRAGMENTS) break
  }
  return fragments
}

function* linkedFragments(pages: Iterable<Page>, find: FindPage): Generator<{page: Page; fragment: string}> {
  for (const from of pages)
    for (const {url} of from.links) {
      const page = url.includes('#') ? find(url, from) : undefined
      const fragment = page && fragmentOf(url)
      if (fragment !== undefined && !isTop(fragment)) yield {page: page!, fragment}
    }
}
