import {isAtOrBelow} from '../../text/paths.ts'

/** Deeper folders are found by those above them. */
const DEEPEST = 20

/** Values of folders, which are found by all that lies in these; paths of URLs may begin with a slash. */
export class FolderMap<T> {
  readonly #values = new Map<string, T[]>()
  #deepest = 0

  /** Add a value, and tell how many its folder has now. */
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

  /** The values of the folders above a path, and of the path itself, the outermost first: all that can be in question. */
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

/** Folders, of which it is asked whether they hold a path. */
export class FolderSet {
  readonly #folders = new FolderMap<string>()

  constructor(folders: Iterable<string>) {
    for (const folder of new Set(folders)) this.#folders.add(folder, folder)
  }

  /** Is a path in one of the folders, or one of them itself? */
  has(path: string): boolean {
    for (const folder of this.#folders.above(path)) if (isAtOrBelow(path, folder)) return true
    return false
  }
}
