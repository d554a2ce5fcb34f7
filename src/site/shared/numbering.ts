/** Gives out ids that no other has: as they are, or with the first number behind them that is free. */
export class Numbering {
  readonly #used = new Set<string>()
  /** The number to try next, by the id without one: those below it are taken. */
  readonly #next = new Map<string, number>()

  /** Note an id that somebody else has given. */
  take(id: string): void {
    this.#used.add(id)
  }

  /** Give out an id. */
  give(id: string): string {
    let found = id
    if (this.#used.has(id)) {
      let number = this.#next.get(id) ?? 1
      while (this.#used.has(`${id}-${number}`)) number++
      this.#next.set(id, number + 1)
      found = `${id}-${number}`
    }
    this.#used.add(found)
    return found
  }
}
