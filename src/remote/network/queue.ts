/** Limits the number of tasks at once; further ones wait until another leaves. */
export class Queue {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(limit: number) {
    this.#free = limit
  }

  /** Start a task, now or when its turn comes. */
  enter(start: () => void): void {
    if (this.#free === 0) return void this.#waiting.push(start)
    this.#free--
    start()
  }

  /** End a task. */
  readonly leave = (): void => {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}
