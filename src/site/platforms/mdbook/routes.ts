import {folderPrefix, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {MdbookConfig} from './config.ts'

const MARKDOWN = /\.md$/
const README = /(^|\/)readme\.[^./]+$/i

/**
 * The URL of a chapter: `guide/setup.md` → `/guide/setup.html`.
 *
 * @param path From the folder of the chapters.
 */
export const urlOf = (path: string, {indexes}: MdbookConfig): string =>
  `/${(indexes ? path.replace(README, '$1index.md') : path).replace(/\.[^./]*$/, '')}.html`

/**
 * The URLs of the files of a book: chapters become pages, files other than Markdown are copied, and other Markdown
 * files, which chapters may include, are not published.
 */
export class MdbookRoutes {
  readonly #tree: Tree
  readonly #config: MdbookConfig
  readonly #chapters: readonly string[] | undefined
  readonly #listed: ReadonlySet<string>
  #files: Map<string, string> | undefined

  /** @param chapters As listed in `SUMMARY.md`, from the folder of the chapters; undefined without such a file. */
  constructor(tree: Tree, config: MdbookConfig, chapters: readonly string[] | undefined) {
    this.#tree = tree
    this.#config = config
    this.#chapters = chapters
    this.#listed = new Set(chapters?.map((path) => folderPrefix(config.source) + path))
  }

  /** Are all chapters known? */
  get isComplete(): boolean {
    return this.#chapters !== undefined
  }

  /** Is a file listed as a chapter? It may be missing. */
  isChapter(file: string): boolean {
    return this.#chapters ? this.#listed.has(file) : MARKDOWN.test(file)
  }

  /** The URLs of a file, by its path from the tree's root. */
  urlsOf(file: string): string[] {
    const path = pathBelow(file, this.#config.source)
    if (path === undefined) return []
    if (this.isChapter(file)) return [urlOf(path, this.#config)]
    return MARKDOWN.test(file) ? [] : [`/${path}`]
  }

  /**
   * The file that a static host serves at a URL without leading slash: the index of a folder, and `x.html` for `x`.
   *
   * @param isFolder The URL has a trailing slash.
   */
  fileAt(url: string, isFolder: boolean): string | undefined {
    this.#files ??= this.#filesByUrl()
    const index = this.#files.get(`${folderPrefix(url)}index.html`)
    return isFolder || url === '' ? index : (this.#files.get(url) ?? this.#files.get(`${url}.html`) ?? index)
  }

  #filesByUrl(): Map<string, string> {
    const files = new Map<string, string>()
    for (const file of [...this.#tree.files, ...this.#listed])
      for (const url of this.urlsOf(file)) files.set(url.slice(1), file)
    const [first] = this.#listed
    if (first !== undefined && !files.has('index.html')) files.set('index.html', first)
    return files
  }
}
