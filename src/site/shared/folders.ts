import {isAtOrBelow} from '../../text/paths.ts'

/** Folders nested deeper count as their ancestor at this depth. */
const DEEPEST = 20

/** Values by folder, which can be found for any path in it. Paths may begin with a slash, as those of URLs do. */
export class FolderMap<T> {
  readonly #values = new Map<string, T[]>()
  #deepest = 0

  /**
   * Add a value.
   *
   * @returns the number of values that its folder now has
   */
  add(folder: string, value: T): number {
    const names = folder
      .split('/', DEEPEST + 1)
      .filter(Boolean)
      .slice(0, DEEPEST)
    const key = names.join('/')
    this.#deepest = Math.max(this.#deepest, names.length)
    const values = this.#values.get(key)
    if (!values) this.#values.set(key, [value])
    return values?.push(value) ?? 1
  }

  /** The values of a path and its ancestor folders, outermost first; for very deep folders, also some of others. */
  *above(path: string): Generator<T> {
    yield* this.#values.get('') ?? []
    const start = path.startsWith('/') ? 1 : 0
    let at = start - 1
    for (let depth = 1; depth <= this.#deepest; depth++) {
      const slash = path.indexOf('/', at + 1)
      const values = this.#values.get(path.slice(start, slash < 0 ? path.length : slash))
      if (values) yield* values
      if (slash < 0) return
      at = slash
    }
  }
}

/** A set of folders, with a test of whether a path is in one of them. */
export class FolderSet {
  readonly #folders = new FolderMap<string>()

  constructor(folders: Iterable<string>) {
    for (const folder of new Set(folders)) this.#folders.add(folder, folder)
  }

  /** Is a path one of the folders, or in one of them? */
  has(path: string): boolean {
    for (const folder of this.#folders.above(path)) if (isAtOrBelow(path, folder)) return true
    return false
  }
}
