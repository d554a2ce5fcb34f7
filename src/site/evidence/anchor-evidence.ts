import {bareWords, isMisspelling} from '../../text/nearest.ts'
import {commonDoubtWords, type Doubt, doubtWords, isTestable} from '../doubts.ts'
import type {AnchorDoubt} from '../types.ts'
import {Popularity} from './popularity.ts'
import {FOUND_OF_CAUSE, MISSING_SHARE} from './thresholds.ts'

/** The numbers of distinct fragments that exist, and that do not, where there is a doubt. */
interface FragmentCounts {
  found: number
  missing: number
}

/** The fragments that links use on pages with doubts about ids: by page, and by cause of doubt. */
export class AnchorEvidence {
  readonly #counts = new Map<string, FragmentCounts>()
  readonly #seen = new Set<string>()
  /** The missing fragments, by `path#fragment`. */
  readonly #popular = new Popularity()

  /** Count a fragment of a page with doubts, once. */
  add(path: string, fragment: string, exists: boolean, from: string, doubts: readonly AnchorDoubt[]): void {
    const key = `${path}#${fragment}`
    if (!exists) this.#popular.add(key, from)
    // A repository host may show a page with other ids than its site does.
    const seen = `${exists} ${key}`
    if (this.#seen.has(seen)) return
    this.#seen.add(seen)
    const causes = new Set(doubts.flatMap((each) => [causeOf(each), commonDoubtWords(each)]))
    for (const cause of [`page ${path}`, ...causes]) {
      const counts = this.#of(cause)
      counts[exists ? 'found' : 'missing']++
    }
  }

  /**
   * Test the doubts about a missing fragment: about something on its page by the other fragments of that page, and by those
   * of all pages with the same doubt.
   *
   * @param similar The id of the page that is most similar to the fragment, if one is.
   * @returns the clause that refutes all of them; undefined if nothing does
   */
  refute(
    path: string,
    fragment: string,
    doubts: readonly AnchorDoubt[],
    similar: string | undefined,
  ): string | undefined {
    if (!doubts.every(isTestable)) return
    const hasLikeness = similar !== undefined
    const isPopular = this.#popular.has(`${path}#${fragment}`)
    // The very heading that is meant may have another id than the one that follows from its text.
    const isSpelling = hasLikeness && bareWords(fragment, 'NFKD') === bareWords(similar, 'NFKD')
    if (isSpelling && doubts.some(isAboutHeadings)) return
    if (!hasLikeness && (isPopular || !isLikeSlug(fragment))) return
    // A doubt about some fragments may be about the very one that differs.
    if (hasLikeness && isMisspelling(fragment, similar) && !doubts.some(({covers}) => covers))
      return isPopular ? undefined : `the page has #${similar}`
    const page = this.#of(`page ${path}`)
    // A page without a fragment that exists may consist of what a component or program makes.
    if (!hasLikeness && page.found === 0) return
    if (page.missing > page.found + 1) return
    const clauses = doubts.map((each) => this.#refuteOne(each, hasLikeness))
    return clauses.includes(undefined) ? undefined : clauses[0]
  }

  #refuteOne(each: AnchorDoubt, hasLikeness: boolean): string | undefined {
    const own = this.#of(causeOf(each))
    if (own.found >= FOUND_OF_CAUSE && isSmall(own))
      return `${doubtWords(each)}, but ${clauseFor(own, 'on such pages')}`
    if (own.found + own.missing >= FOUND_OF_CAUSE) return
    // Other causes say nothing about the few fragments that the doubt is about.
    if (each.covers) return
    const all = this.#of(commonDoubtWords(each))
    return hasLikeness && all.found >= FOUND_OF_CAUSE && isSmall(all)
      ? `${commonDoubtWords(each)}, but ${clauseFor(all, 'on such pages')}`
      : undefined
  }

  #of(cause: string): FragmentCounts {
    let counts = this.#counts.get(cause)
    if (!counts) this.#counts.set(cause, (counts = {found: 0, missing: 0}))
    return counts
  }
}

/** Is a doubt about how headings get their ids, rather than about further ids? */
const isAboutHeadings = ({reason}: Doubt): boolean =>
  reason === 'unknown-generator' ||
  reason === 'unknown-reader' ||
  reason === 'id-setting' ||
  reason === 'heading-id' ||
  reason === 'incomplete-description'

/** Could a fragment be the slug of a heading? Programs also make ids such as `module.Class` and `+option`. */
const isLikeSlug = (fragment: string): boolean => /^[\p{L}\p{M}\p{N}_-]+$/u.test(fragment)

const causeOf = ({reason, about = ''}: Doubt): string => `${reason} ${about}`

const isSmall = ({found, missing}: FragmentCounts) => missing <= MISSING_SHARE * (found + missing)

const clauseFor = ({found, missing}: FragmentCounts, where: string): string =>
  missing === 1
    ? `all ${found} other fragments ${where} exist`
    : `${found} of ${found + missing} fragments ${where} exist`
