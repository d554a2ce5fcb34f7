import type {Page} from '../../page/types.ts'
import {fragmentOf} from '../../text/urls.ts'
import type {IdRule} from '../description.ts'
import {ID_RULES, idsBy} from '../shared/id-rules.ts'
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

/** Count by rule which fragments of links to pages are ids of their headings. */
export function fitIds(pages: Iterable<Page>, find: FindPage = ownPage): IdTally {
  const explained = [...rulesByFragment(fragmentsByPage(pages, find)).values()]
  const shares = ID_RULES.map((rule) => ({
    rule,
    found: explained.filter((rules) => rules.has(rule)).length,
  })).sort((a, b) => b.found - a.found)
  const total = explained.length
  const [best] = shares
  const isKnown = total >= FEWEST_FRAGMENTS && best!.found >= total * IDS_EXPLAINED
  return {total, shares, rules: isKnown ? notRefuted(shares, explained) : []}
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
      if (fragment !== undefined && fragment !== 'top') yield {page: page!, fragment}
    }
}

/** The rules that explain each fragment. Translations of a page have the same fragments, which count once. */
function rulesByFragment(fragments: ReadonlyMap<Page, ReadonlySet<string>>): Map<string, Set<IdRule>> {
  const rules = new Map<string, Set<IdRule>>()
  for (const [{headings, ids: written}, own] of fragments) {
    const known = new Set<string | undefined>([...written.map(({id}) => id), ...headings.map(ownIdOf)])
    const left = [...own].filter((fragment) => !known.has(fragment))
    if (left.length === 0) continue
    const byRule = ID_RULES.map((rule) => ({rule, ids: new Set(idsBy(rule, headings))}))
    for (const fragment of left) {
      const found = rules.get(fragment) ?? new Set()
      rules.set(fragment, found)
      for (const {rule, ids} of byRule) if (ids.has(fragment)) found.add(rule)
    }
  }
  return rules
}

/** The best rule, and those that it does not clearly surpass on the fragments that only one of the two explains. */
function notRefuted(shares: IdTally['shares'], explained: readonly ReadonlySet<IdRule>[]): IdRule[] {
  const best = shares[0]!.rule
  const only = (one: IdRule, other: IdRule) =>
    explained.filter((rules) => rules.has(one) && !rules.has(other)).length
  return shares
    .map(({rule}) => rule)
    .filter((rule) => {
      const won = only(best, rule)
      return won < REFUTED.fewest || only(rule, best) > won * REFUTED.share
    })
}

/** Is another rule than that of the repository's host proved? */
export const refutesHost = ({rules}: IdTally): boolean =>
  rules.length > 0 && !rules.includes('github-slugger')
