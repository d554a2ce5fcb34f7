import {FEWEST_COMPUTED} from './thresholds.ts'

/** The fragments that links use on pages without doubts about ids, by what they begin with. */
export class FragmentForms {
  readonly #missing = new Map<string, Set<string>>()
  readonly #found = new Set<string>()

  /** Count a fragment, once. */
  add(fragment: string, exists: boolean): void {
    const form = formOf(fragment)
    if (form === undefined) return
    if (exists) this.#found.add(form)
    else this.#missing.set(form, (this.#missing.get(form) ?? new Set()).add(fragment))
  }

  /**
   * Does a program compute the ids that begin like a fragment? Many of them are missing, and not one is found.
   *
   * @returns what they begin with: `opt-` for `opt-programs.git.enable`; undefined if none is computed
   */
  computed(fragment: string): string | undefined {
    const form = formOf(fragment)
    if (form === undefined || this.#found.has(form)) return
    return (this.#missing.get(form)?.size ?? 0) >= FEWEST_COMPUTED ? form : undefined
  }
}

/** The first word of a fragment, with what separates it from the next one; undefined if it has only one. */
const formOf = (fragment: string): string | undefined => /^[\p{L}\p{N}]+[-_.:]/u.exec(fragment)?.[0]
