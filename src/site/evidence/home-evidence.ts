import {isAtOrBelow} from '../../text/paths.ts'
import type {Home} from '../homes.ts'
import type {Site} from '../types.ts'
import {sectionAbove, sectionOf} from './places.ts'
import {comesFromElsewhere, countsIn, isSmall, type SectionCounts, sumOf} from './section-counts.ts'
import {ENOUGH_PAGES, FOUND_AT_HOME, MISSING_SHARE} from './thresholds.ts'

/** The default version of a host that is built from the last release. */
const RELEASE = /\/stable$/

/**
 * Tests whether a site is published at a home that only links show, by the distinct URLs below that home: how many of them
 * lead to a page or file of the site, and how many in its folders lead nowhere.
 */
class HomeEvidence {
  /** The counts of what is in a section itself, without that below it. */
  readonly #sections = new Map<string, SectionCounts>()
  readonly #seen = new Set<string>()
  readonly #home: string

  /** @param home The URL of the home, without a trailing slash. */
  constructor(home: string) {
    this.#home = home
  }

  /** Count the URL path of a link below the home, once. */
  add(path: string, exists: boolean): void {
    if (this.#seen.has(path)) return
    this.#seen.add(path)
    countsIn(this.#sections, sectionOf(path))[exists ? 'found' : 'missing']++
  }

  /**
   * The clause that refutes the doubt about the home for a URL path at which the site has nothing.
   *
   * @param pages The number of pages that the site publishes in the folder of the path.
   * @returns undefined if too few other URLs lead to something, or the folder may be that of something else
   */
  refute(path: string, pages: number): string | undefined {
    const section = sectionOf(path)
    const own = countsIn(this.#sections, section)
    // At its top, programs put single pages, and hosts redirects.
    if (section === '/') return
    if (comesFromElsewhere(own) || (own.found === 0 && pages < ENOUGH_PAGES)) return
    return this.#clause(path, this.#seen.has(path) ? 1 : 0)
  }

  /** The clause that confirms that the page with a URL path is the one at that path below the home. */
  confirm(path: string): string | undefined {
    return this.#clause(path, 0)
  }

  /**
   * The clause for a home that the section of a path, or one above it, confirms.
   *
   * @param uncounted The number of missing URLs that are left out: one, if the path is among those that were added.
   */
  #clause(path: string, uncounted: number): string | undefined {
    // The tree may be ahead of a release, which has other pages.
    const isRelease = RELEASE.test(this.#home)
    let at: string | undefined = isRelease ? '/' : sectionOf(path)
    for (; at !== undefined; at = sectionAbove(at)) {
      const {found, missing} = this.#countsBelow(at)
      const others = {found, missing: missing - uncounted}
      if (others.found >= FOUND_AT_HOME && isSmall(others, isRelease ? 0 : MISSING_SHARE))
        return clauseFor(others, this.#home + (at === '/' ? '' : at))
    }
    return
  }

  /** The counts of a section and those below it, without what comes from elsewhere. */
  #countsBelow(section: string): SectionCounts {
    const below = [...this.#sections].filter(
      ([each, counts]) => isAtOrBelow(each.slice(1), section.slice(1)) && !comesFromElsewhere(counts),
    )
    return sumOf(below.map(([, counts]) => counts))
  }
}

function clauseFor({found, missing}: SectionCounts, home: string): string {
  const share = missing === 0 ? `all ${found}` : `${found} of ${found + missing}`
  return `${share} other URLs at ${home} lead to its files`
}

/** The evidence of all homes that links show. */
export class HomesEvidence {
  readonly #all = new Map<Home, HomeEvidence>()

  /** The evidence of a home. */
  at(home: Home): HomeEvidence {
    let found = this.#all.get(home)
    if (!found) this.#all.set(home, (found = new HomeEvidence(home.url)))
    return found
  }

  /** The clause that confirms that a file is published below one of the homes of its site. */
  confirm(file: string, site: Site): string | undefined {
    const [url] = site.urlsOf(file)
    for (const [home, evidence] of url === undefined ? [] : this.#all) {
      const clause = home.site === site ? evidence.confirm(url!) : undefined
      if (clause !== undefined) return clause
    }
    return
  }
}
