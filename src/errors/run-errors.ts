import {internalError, UserError} from './errors.ts'
import {TooLongError} from './time-limit.ts'

/** Collects errors on single pages, which do not end a run. */
export class RunErrors {
  readonly #unexpected = new Map<string, Error>()
  readonly #unread = new Map<string, string>()
  readonly #on = new Map<string, Map<string, string>>()

  /** Unexpected errors; one per failing step, however often it failed. */
  get unexpected(): Error[] {
    return [...this.#unexpected.values()]
  }

  /**
   * Record an error on a page.
   *
   * @param doing The step that failed, such as `rule no-broken-link on a.md`.
   * @param ErrorClass The class of an unexpected error.
   * @throws {@link UserError} unchanged
   */
  add(path: string, doing: string, error: unknown, ErrorClass?: Parameters<typeof internalError>[2]): void {
    if (error instanceof UserError) throw error
    if (!this.#on.has(path)) this.#on.set(path, new Map())
    if (error instanceof TooLongError) {
      this.#on.get(path)!.set(doing, `Not checked completely: ${doing} ${error.message}`)
      return
    }
    const unexpected = internalError(doing, error, ErrorClass)
    this.#unexpected.set(doing, unexpected)
    this.#on.get(path)!.set(doing, `Not checked completely, because of an error: ${unexpected.message}`)
  }

  /** The reasons why site configurations cannot be read, by file. */
  get unread(): ReadonlyMap<string, string> {
    return this.#unread
  }

  /** Record the reason why a site configuration cannot be read. */
  warn(file: string, why: string): void {
    this.#unread.set(file, why)
  }

  /** The messages for a page. */
  on(path: string): string[] {
    return [...(this.#on.get(path)?.values() ?? [])]
  }
}
