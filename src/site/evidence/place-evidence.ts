import {Popularity} from './popularity.ts'
import {MISSING_SHARE, NAMED_AT_PLACES, RESOLVED_AT_PLACES} from './thresholds.ts'

/**
 * The target of a value, read as a link: something on the site (`found`), the page with the value (`self`) or nothing
 * (`missing`); `named` if the path of a file ends with it.
 */
export type Lead = 'found' | 'self' | 'missing' | 'named'

/** A value, and what places like its own have in common. */
interface Value {
  of: string
  url: string
}

/** Tests whether values are links by the others at places like their own. */
export class PlaceEvidence {
  /** The distinct values at places of one kind, by what they lead to. */
  readonly #values = new Map<string, Record<Lead, Set<string>>>()
  /** The missing values. */
  readonly #popular = new Popularity()

  /** Ask about the places of one kind. */
  ask(of: string): void {
    if (this.#values.has(of)) return
    this.#values.set(of, {found: new Set(), self: new Set(), missing: new Set(), named: new Set()})
  }

  /** Count a value, if its place is asked about. */
  add({of, url}: Value, leadOf: () => Lead | undefined, from: string): void {
    const values = this.#values.get(of)
    const lead = values && leadOf()
    if (lead === undefined) return
    values![lead].add(url)
    if (lead === 'missing') this.#popular.add(url, from)
  }

  /** @returns the clause that shows a missing value to be a link; undefined if nothing does */
  clauseFor({of, url}: Value): string | undefined {
    const {found, self, missing, named} = this.#values.get(of)!
    const exist = found.size + named.size
    const all = exist + missing.size
    if (found.size < RESOLVED_AT_PLACES && exist < NAMED_AT_PLACES) return
    // Such values say where their own pages are, or what they are called.
    if (self.size > MISSING_SHARE * all || this.#popular.has(url)) return
    if (missing.size === 1) return `all ${exist} other values of \`${of}\` exist`
    return missing.size <= MISSING_SHARE * all ? `${exist} of ${all} values of \`${of}\` exist` : undefined
  }
}
