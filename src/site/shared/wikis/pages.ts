import {Names} from '../../../text/nearest.ts'
import {isBelow, nameOf, pathBelow} from '../../../text/paths.ts'
import {groupBy} from '../group-by.ts'
import {NamesByFolder} from '../names-by-folder.ts'

/** The extensions of pages in the markup languages that wikis show, as Gollum lists them. */
const PAGE =
  /\.(?:md|mkdn?|mdown|markdown|textile|rdoc|org|creole|re?st(?:\.txt)?|asciidoc|adoc|pod|(?:media)?wiki|txt)$/i

/** Is a file, by its extension, a page of a wiki? */
export const isWikiPage = (path: string): boolean => PAGE.test(path)

/** A path without the extension of a page. */
export const withoutPageExtension = (path: string): string => path.replace(PAGE, '')

/** The pages of a wiki by their names, in whatever markup language they are written. */
export class WikiPages {
  readonly #byKey = new Map<string, string[]>()
  #hasSpaces = false
  #byName: ReadonlyMap<string, readonly string[]> | undefined
  readonly #beside = new NamesByFolder(() => this.#byKey.keys())
  #keys: Names | undefined

  /**
   * @param root The folder of the wiki.
   * @param keysOf The keys by which a page is found, from its path in the wiki without extension.
   */
  constructor(files: Iterable<string>, root: string, keysOf: (name: string) => readonly string[]) {
    for (const file of files) {
      if (!isWikiPage(file) || !isBelow(file, root)) continue
      this.#hasSpaces ||= file.includes(' ', root.length)
      for (const key of new Set(keysOf(withoutPageExtension(pathBelow(file, root)!)))) {
        const known = this.#byKey.get(key)
        if (known) known.push(file)
        else this.#byKey.set(key, [file])
      }
    }
  }

  /** A name as the files of this wiki are named, most of which have hyphens for spaces. */
  nameOfFile(name: string): string {
    return this.#hasSpaces || /\.\w+$/.test(name) ? name : name.replaceAll(' ', '-')
  }

  /** The pages of a key. */
  all(key: string): readonly string[] {
    return this.#byKey.get(key) ?? []
  }

  /** The page of a key; of several, the first one. */
  at(key: string): string | undefined {
    return this.all(key)[0]
  }

  /** The only page of that name in another folder, else the one with the most similar name in that folder, or folder. */
  nearest(key: string): string | undefined {
    const name = nameOf(key)
    const elsewhere = this.#named(name)
    if (elsewhere !== undefined) return elsewhere
    const beside = this.#beside.nearest(key)
    if (beside !== undefined) return this.at(beside)
    this.#keys ??= new Names(this.#byKey.keys())
    const similar = this.#keys.nearest(key, undefined, (each) => nameOf(each) === name)
    return similar === undefined ? undefined : this.at(similar)
  }

  #named(name: string): string | undefined {
    this.#byName ??= groupBy(this.#byKey.keys(), nameOf)
    const [key, ...others] = this.#byName.get(name) ?? []
    return key === undefined || others.length > 0 ? undefined : this.at(key)
  }
}
