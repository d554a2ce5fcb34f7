/** In a vault, so few missing notes are likely mistakes, if no more are missing than exist. */
const FEW = 10
/** At most this share of more notes that links name may be missing, so that most links are written after their notes. */
const SHARE = 0.05

/**
 * The notes that the links of a vault name: where many of them are not there, the author writes links before the notes, and
 * none of these is a mistake.
 */
export class UnwrittenNotes {
  readonly #found = new Set<string>()
  readonly #missing = new Set<string>()
  readonly #few: number

  /** @param few So few missing notes are likely mistakes; none where double brackets may not name notes at all. */
  constructor(few = FEW) {
    this.#few = few
  }

  /** Count a note once: by the path of its file, or else by the name that links have for it. */
  add(note: string, exists: boolean): void {
    const notes = exists ? this.#found : this.#missing
    notes.add(note)
  }

  /** The clause by which a missing note is likely a mistake; undefined if it is rather one that is not written yet. */
  clause(): string | undefined {
    const missing = this.#missing.size
    const all = missing + this.#found.size
    if (missing > all * (missing > this.#few ? SHARE : 0.5)) return
    return `only ${missing} of the ${all} notes that links name are missing`
  }
}
