import {pageName} from './places.ts'
import {POPULAR} from './thresholds.ts'

/** Counts the pages that link to each missing target; pages of one name count once. */
export class Popularity {
  readonly #names = new Map<string, Set<string>>()

  /** Count a link to a missing target. */
  add(target: string, from: string): void {
    const names = this.#names.get(target)
    if (names) names.add(pageName(from))
    else this.#names.set(target, new Set([pageName(from)]))
  }

  /**
   * Do so many pages link to a target that it is generated rather than misspelled?
   *
   * @param found The number of existing targets in the same folder; in a large folder, a removed page may have several links, too.
   */
  has(target: string, found = 0): boolean {
    const count = this.#names.get(target)?.size ?? 0
    return count >= POPULAR && count >= found
  }
}
