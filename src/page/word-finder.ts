/** Tests whether spans of a text contain one of some words; fast for spans that come mostly in order. */
export class WordFinder {
  readonly #text: string
  readonly #words: readonly string[]
  /** The next occurrence of each word, from where its last search began. */
  readonly #next: number[]
  readonly #from: number[]

  constructor(text: string, words: readonly string[]) {
    this.#text = text
    this.#words = words
    this.#next = words.map(() => -1)
    this.#from = words.map(() => 0)
  }

  /** Does one of the words start between two offsets? */
  occursBetween(start: number, end: number): boolean {
    for (let index = 0; index < this.#words.length; index++) {
      const next = this.#next[index]!
      // The last result is still valid for a span between the start of that search and its match.
      if (next < start || start < this.#from[index]!) {
        const found = this.#text.indexOf(this.#words[index]!, start)
        this.#next[index] = found < 0 ? Number.POSITIVE_INFINITY : found
        this.#from[index] = start
      }
      if (this.#next[index]! < end) return true
    }
    return false
  }
}
