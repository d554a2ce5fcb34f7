import {folderOf, folderPrefix, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {MkdocsConfig} from './config.ts'

/** The pages that MkDocs builds: all files with a Markdown extension (`mkdocs.utils.markdown_extensions`). */
const PAGE = /^(.*\/)?([^/]+)\.(?:md|markdown|mdown|mkdn|mkd)$/

/**
 * The URL of a file: `guide/setup.md` → `/guide/setup/`, `guide/index.md` and `guide/README.md` → `/guide/`.
 *
 * @param path From the pages' folder.
 */
export function urlOf(path: string, {directoryUrls}: MkdocsConfig): string {
  const page = PAGE.exec(path)
  if (!page) return `/${path}`
  const [, folder = '', name = ''] = page
  if (/^(?:index|README)$/.test(name)) return `/${folder}`
  return directoryUrls ? `/${folder}${name}/` : `/${folder}${name}.html`
}

/** The URLs of the files of a MkDocs site. */
export class MkdocsRoutes {
  readonly #tree: Tree
  readonly #config: MkdocsConfig
  #files: Map<string, string> | undefined

  constructor(tree: Tree, config: MkdocsConfig) {
    this.#tree = tree
    this.#config = config
  }

  /**
   * Is a file, by its path from the tree's root, on the site? Others are left out by the configuration, or a `README.md`
   * by the `index.md` beside it.
   */
  isPublished(file: string): boolean {
    const path = pathBelow(file, this.#config.docs)
    if (path === undefined || this.#config.isExcluded(path)) return false
    return nameOf(path) !== 'README.md' || !this.#tree.files.has(joinPath(folderOf(file), 'index.md'))
  }

  /** The URLs of a file, by its path from the tree's root. */
  urlsOf(file: string): string[] {
    return this.isPublished(file) ? [urlOf(pathBelow(file, this.#config.docs)!, this.#config)] : []
  }

  /** The file that a static host serves at a URL. */
  fileAt(url: string): string | undefined {
    this.#files ??= this.#filesByUrl()
    return (
      this.#files.get(url) ?? this.#files.get(`${url}/`) ?? this.#files.get(url.replace(/index\.html$/, ''))
    )
  }

  #filesByUrl(): Map<string, string> {
    const files = new Map<string, string>()
    for (const file of this.#tree.files) for (const url of this.urlsOf(file)) files.set(url, file)
    for (const path of this.#config.redirected)
      files.set(urlOf(path, this.#config), folderPrefix(this.#config.docs) + path)
    return files
  }
}
