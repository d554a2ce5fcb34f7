import {linear, type Pattern} from '../../pattern/linear.ts'
import {folderOf} from '../../text/paths.ts'
import {FolderMap} from './folders.ts'

/** Beyond this number of patterns with the same folder, all paths in it count as matches. */
export const MOST_ALIKE = 100

/** A pattern that is compiled lazily: of many, few are ever needed. */
export class LazyPattern {
  readonly #source: string
  readonly #options: {caseless: boolean} | undefined
  #pattern: Pattern | undefined
  #isCompiled = false

  constructor(source: string, options?: {caseless: boolean}) {
    this.#source = source
    this.#options = options
  }

  /** The compiled pattern; undefined if its syntax is not supported. */
  get compiled(): Pattern | undefined {
    if (!this.#isCompiled) this.#pattern = linear(this.#source, this.#options)
    this.#isCompiled = true
    return this.#pattern
  }
}

/** Path patterns; only those whose literal prefix matches are tried. */
export class UrlPatterns {
  readonly #sources = new Set<string>()
  readonly #folders = new FolderMap<LazyPattern | 'any'>()

  /**
   * Add a pattern.
   *
   * @param source An expression that must match the path from start to end.
   * @param literal The common prefix of all matching paths.
   */
  add(source: string, literal: string, options?: {caseless: boolean}): void {
    if (this.#sources.has(source)) return
    this.#sources.add(source)
    const folder = folderOf(literal).toLowerCase()
    if (this.#folders.add(folder, new LazyPattern(source, options)) === MOST_ALIKE)
      this.#folders.add(folder, 'any')
  }

  /** Does one of the patterns match a path, or might it? */
  test(path: string): boolean {
    let tried = 0
    for (const pattern of this.#folders.above(path.toLowerCase()))
      if (pattern === 'any' || ++tried > MOST_ALIKE * 2 || (pattern.compiled?.test(path) ?? true)) return true
    return false
  }
}
