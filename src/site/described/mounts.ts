import {folderOf, folderPrefix, joinPath, pathBelow} from '../../text/paths.ts'
import {trimBoth} from '../../text/trim.ts'
import {groupBy} from '../shared/group-by.ts'

/** Folders of a tree, and the URLs below which they are published. URLs have no slashes at their ends here. */
export class Mounts {
  readonly #urls = new Map<string, string>()
  readonly #folders: ReadonlyMap<string, readonly string[]>

  /**
   * Create the mounts of a site.
   *
   * @param root The site's folder, which folders are relative to.
   * @param urls The URL of each folder: `{'src/content': '/docs'}`.
   */
  constructor(root: string, urls: Readonly<Record<string, string>>) {
    for (const [folder, url] of Object.entries(urls))
      this.#urls.set(trimBoth(joinPath(root, folder), '/'), trimBoth(url, '/'))
    this.#folders = groupBy(this.#urls.keys(), (folder) => this.#urls.get(folder))
  }

  /** The innermost mounted folder that contains a file or folder. */
  folderOf(path: string): string | undefined {
    for (let folder = path; ; folder = folderOf(folder)) {
      if (this.#urls.has(folder)) return folder
      if (folder === '') return
    }
  }

  /** The URL of a mounted folder. */
  urlOf(folder: string): string {
    return this.#urls.get(folder) ?? ''
  }

  /** The part of a path below the innermost mounted folder that contains it. */
  split(path: string): {folder: string; rest: string} | undefined {
    const folder = this.folderOf(path)
    if (folder === undefined) return
    return {folder, rest: path === folder ? '' : pathBelow(path, folder)!}
  }

  /** The paths of the files that may be meant by a URL, those of the longest mounted URL first. */
  *pathsAt(url: string): Generator<string> {
    for (let above = url; ; above = folderOf(above)) {
      for (const folder of this.#folders.get(above) ?? [])
        yield joinPath(folder, url.slice(folderPrefix(above).length))
      if (above === '') return
    }
  }

  /** Is a URL at or below one of the mounted URLs? */
  covers(url: string): boolean {
    for (let above = url; ; above = folderOf(above)) {
      if (this.#folders.has(above)) return true
      if (above === '') return false
    }
  }
}
