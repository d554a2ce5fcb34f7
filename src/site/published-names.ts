import {isMisspelling, Names} from '../text/nearest.ts'
import {folderOf, nameOf} from '../text/paths.ts'
import {canonicalUrl} from './shared/canonical-url.ts'

/** The names of a site's URLs by their folders. */
export class PublishedNames {
  readonly #byFolder = new Map<string, Set<string>>()
  readonly #indexed = new Map<string, Names>()

  /** @param urls The URL paths of the site's files, and others that lead to them. */
  constructor(urls: Iterable<string>) {
    for (const url of urls) {
      const path = canonicalUrl(url)
      const names = this.#byFolder.get(folderOf(path))
      if (names) names.add(nameOf(path))
      else this.#byFolder.set(folderOf(path), new Set([nameOf(path)]))
    }
  }

  /** The URL path in the same folder that a path misspells: `/guide/sett-up` → `/guide/set-up` */
  meantBy(path: string): string | undefined {
    const folder = folderOf(path)
    const name = nameOf(path)
    const meant = this.#namesIn(folder)?.nearest(name, 2, (each) => isMisspelling(name, each))
    return meant === undefined ? undefined : `${folder}/${meant}`
  }

  /** The number of names in a folder: `/guide` */
  countIn(folder: string): number {
    return this.#byFolder.get(folder)?.size ?? 0
  }

  #namesIn(folder: string): Names | undefined {
    const known = this.#indexed.get(folder)
    const names = this.#byFolder.get(folder)
    if (known || !names) return known
    const indexed = new Names(names)
    this.#indexed.set(folder, indexed)
    return indexed
  }
}
