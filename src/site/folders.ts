import {linear, type Pattern} from '../linear.ts'

/** Deeper folders are found by those above them. */
const DEEPEST = 20

/** Values of folders, which are found by all that lies in these; paths of URLs may begin with a slash. */
export class Folders<T> {
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
  readonly #folders = new Folders<string>()

  constructor(folders: Iterable<string>) {
    for (const folder of new Set(folders)) this.#folders.add(folder, folder)
  }

  /** Is a path in one of the folders, or one of them itself? */
  has(path: string): boolean {
    for (const folder of this.#folders.above(path))
      if (folder === '' || path === folder || path.startsWith(`${folder}/`)) return true
    return false
  }
}

/** More patterns that begin alike are not looked at one by one. */
export const MOST_ALIKE = 100

/** Patterns of paths, of which only those are looked at whose beginning fits. */
export class Patterns {
  readonly #sources = new Set<string>()
  readonly #folders = new Folders<Pattern | 'any'>()

  /**
   * Add a pattern.
   *
   * @param source An expression for the whole path.
   * @param literal What the path begins with, as written.
   */
  add(source: string, literal: string, options?: {caseless: boolean}): void {
    if (this.#sources.has(source)) return
    this.#sources.add(source)
    const folder = literal.slice(0, Math.max(0, literal.lastIndexOf('/'))).toLowerCase()
    const pattern = linear(source, options) ?? 'any'
    if (this.#folders.add(folder, pattern) === MOST_ALIKE) this.#folders.add(folder, 'any')
  }

  /** Does one of them fit a path, or is that not known of one? */
  test(path: string): boolean {
    let tried = 0
    for (const pattern of this.#folders.above(path.toLowerCase()))
      if (pattern === 'any' || ++tried > MOST_ALIKE * 2 || pattern.test(path)) return true
    return false
  }
}
