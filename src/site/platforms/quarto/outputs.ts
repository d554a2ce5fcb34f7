import type {Page} from '../../../page/types.ts'
import {folderOf, folderPrefix, joinPath} from '../../../text/paths.ts'
import {record, strings} from '../../shared/data.ts'

/** The URLs of the pages of a project, as far as front matter changes them. */
export class Outputs {
  /** Pages by the URLs that redirect to them, in their shortest form. */
  readonly #aliases = new Map<string, string>()
  readonly #names = new Map<string, string>()

  /** @param prefix The project's folder with a trailing slash; empty for the root. */
  constructor(pages: Iterable<Page>, prefix: string) {
    for (const {path, frontMatter} of pages) {
      const front = record(frontMatter?.data)
      const folder = folderOf(path.slice(prefix.length))
      for (const alias of strings(front.aliases))
        this.#aliases.set(
          shortest(alias.startsWith('/') ? joinPath('', alias) : joinPath(folder, alias)),
          path,
        )
      const name = front['output-file']
      if (typeof name === 'string') this.#names.set(path, name)
    }
  }

  /** The page that an alias leads to; the path is from the project's folder. */
  aliased(path: string): string | undefined {
    return this.#aliases.get(shortest(path))
  }

  /** The file that is made of a page: `a/b.qmd` → `a/b.html`. */
  of(path: string, page: string): string {
    const named = this.#names.get(page)
    const stem = path.replace(/\.\w+$/, '')
    if (named === undefined) return `${stem}.html`
    return `${folderPrefix(folderOf(path))}${named.replace(/\.html$/, '')}.html`
  }
}

/** The common form of the paths at which the same file is served: `a/`, `a.html`, `a/index.html` → `a`. */
const shortest = (path: string) =>
  path
    .replace(/\.html$/, '')
    .replace(/(^|\/)index$/, '$1')
    .replace(/\/$/, '')
