import {internalError, UserError} from './errors.ts'
import {TooLongError} from './time-limit.ts'

/** What goes wrong on single pages, and ends no run. */
export class Mistakes {
  readonly #unforeseen = new Map<string, Error>()
  readonly #unread = new Map<string, string>()
  readonly #on = new Map<string, Map<string, string>>()

  /** Errors that nobody foresaw. */
  get unforeseen(): Error[] {
    return [...this.#unforeseen.values()]
  }

  /**
   * Note what went wrong on a page.
   *
   * @param doing What was being done.
   * @param Mistake What an error that nobody foresaw is.
   * @throws errors for users as they are
   */
  add(path: string, doing: string, error: unknown, Mistake?: Parameters<typeof internalError>[2]): void {
    if (error instanceof UserError) throw error
    if (!this.#on.has(path)) this.#on.set(path, new Map())
    if (error instanceof TooLongError) {
      this.#on.get(path)!.set(doing, `Not all of it is checked: ${doing} ${error.message}`)
      return
    }
    const mistake = internalError(doing, error, Mistake)
    this.#unforeseen.set(doing, mistake)
    this.#on.get(path)!.set(doing, `Not all of it is checked, because of a mistake: ${mistake.message}`)
  }

  /** Configurations of sites that cannot be read, and why. */
  get unread(): ReadonlyMap<string, string> {
    return this.#unread
  }

  /** Note why a site's configuration cannot be read. */
  warn(file: string, why: string): void {
    this.#unread.set(file, why)
  }

  /** What is said of a page. */
  on(path: string): string[] {
    return [...(this.#on.get(path)?.values() ?? [])]
  }
}
