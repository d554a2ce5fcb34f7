import {folderOf} from '../../text/paths.ts'
import type {Lookup} from './lookup.ts'

/** The pages that the navigation of a site lists, by their paths from its folder, without extension. */
export class ListedPages {
  readonly #paths: ReadonlySet<string>
  #folders: ReadonlySet<string> | undefined

  constructor(paths: Iterable<string>) {
    this.#paths = new Set(paths)
  }

  /** Does it list a page? */
  has(path: string): boolean {
    return this.#paths.has(path)
  }

  /**
   * Does it list other pages in the folder of one, which the tree lacks, so that they come from elsewhere?
   *
   * @param prefix The site's folder with a trailing slash.
   */
  hasOfAbsentFolder(path: string, prefix: string, lookup: Lookup): boolean {
    const folder = folderOf(path)
    if (folder === '' || lookup.isFolder(prefix + folder)) return false
    this.#folders ??= new Set([...this.#paths].map(folderOf))
    return this.#folders.has(folder)
  }
}
