import {linear, type Pattern} from '../../pattern/linear.ts'
import {folderOf} from '../../text/paths.ts'
import {FolderMap} from './folders.ts'

/** Of more patterns with the same folder, all paths in it are taken to match one. */
export const MOST_ALIKE = 100

/** A pattern that is compiled when it is first needed: of many, few ever are. */
export class LazyPattern {
  readonly #source: string
  readonly #options: {caseless: boolean} | undefined
  #pattern: Pattern | undefined
  #isCompiled = false

  constructor(source: string, options?: {caseless: boolean}) {
    this.#source = source
    this.#options = options
  }

  /** The compiled pattern; undefined for one that is not supported. */
  get compiled(): Pattern | undefined {
    if (!this.#isCompiled) this.#pattern = linear(this.#source, this.#options)
    this.#isCompiled = true
    return this.#pattern
  }
}

/** Patterns of paths, of which only those are tried whose literal beginning matches. */
export class UrlPatterns {
  readonly #sources = new Set<string>()
  readonly #folders = new FolderMap<LazyPattern | 'any'>()

  /**
   * Add a pattern.
   *
   * @param source An expression that the path has to match from its beginning to its end.
   * @param literal The beginning of all matching paths.
   */
  add(source: string, literal: string, options?: {caseless: boolean}): void {
    if (this.#sources.has(source)) return
    this.#sources.add(source)
    const folder = folderOf(literal).toLowerCase()
    if (this.#folders.add(folder, new LazyPattern(source, options)) === MOST_ALIKE)
      this.#folders.add(folder, 'any')
  }

  /** Whether one of the patterns matches a path, or may match it. */
  test(path: string): boolean {
    let tried = 0
    for (const pattern of this.#folders.above(path.toLowerCase()))
      if (pattern === 'any' || ++tried > MOST_ALIKE * 2 || (pattern.compiled?.test(path) ?? true)) return true
    return false
  }
}
