import {linear, type Pattern} from '../../pattern/linear.ts'
import {folderOf} from '../../text/paths.ts'
import {FolderMap} from './folders.ts'

/** More patterns that begin alike are not looked at one by one. */
export const MOST_ALIKE = 100

/** A pattern that is made when it is first asked for: of many, few ever are. */
export class LazyPattern {
  readonly #source: string
  readonly #options: {caseless: boolean} | undefined
  #pattern: Pattern | undefined
  #isMade = false

  constructor(source: string, options?: {caseless: boolean}) {
    this.#source = source
    this.#options = options
  }

  /** @returns nothing for one that is not understood. */
  get pattern(): Pattern | undefined {
    if (!this.#isMade) this.#pattern = linear(this.#source, this.#options)
    this.#isMade = true
    return this.#pattern
  }
}

/** Patterns of paths, of which only those are looked at whose beginning fits. */
export class UrlPatterns {
  readonly #sources = new Set<string>()
  readonly #folders = new FolderMap<LazyPattern | 'any'>()

  /**
   * Add a pattern.
   *
   * @param source An expression for the whole path.
   * @param literal What the path begins with, as written.
   */
  add(source: string, literal: string, options?: {caseless: boolean}): void {
    if (this.#sources.has(source)) return
    this.#sources.add(source)
    const folder = folderOf(literal).toLowerCase()
    if (this.#folders.add(folder, new LazyPattern(source, options)) === MOST_ALIKE)
      this.#folders.add(folder, 'any')
  }

  /** Does one of them fit a path, or is that not known of one? */
  test(path: string): boolean {
    let tried = 0
    for (const pattern of this.#folders.above(path.toLowerCase()))
      if (pattern === 'any' || ++tried > MOST_ALIKE * 2 || (pattern.pattern?.test(path) ?? true)) return true
    return false
  }
}
