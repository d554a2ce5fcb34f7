import {Names} from '../../text/nearest.ts'
import {folderOf, joinPath, nameOf} from '../../text/paths.ts'
import {groupBy} from './group-by.ts'

/** Paths among which those with a similar name are looked up, in the folder of another path. */
export class NamesByFolder {
  readonly #paths: () => Iterable<string>
  #byFolder: ReadonlyMap<string, readonly string[]> | undefined
  /** Each set limits how many names are compared, so that it is kept. */
  readonly #names = new Map<string, Names>()

  /** @param paths Called once, if a name is looked up. */
  constructor(paths: () => Iterable<string>) {
    this.#paths = paths
  }

  /** The path in the same folder whose name is most similar to that of another path; undefined if none is. */
  nearest(path: string): string | undefined {
    const folder = folderOf(path)
    const name = this.#namesIn(folder)?.nearest(nameOf(path))
    return name === undefined ? undefined : joinPath(folder, name)
  }

  #namesIn(folder: string): Names | undefined {
    const known = this.#names.get(folder)
    if (known) return known
    this.#byFolder ??= groupBy(this.#paths(), folderOf)
    const paths = this.#byFolder.get(folder)
    if (!paths) return
    const names = new Names(paths.map(nameOf))
    this.#names.set(folder, names)
    return names
  }
}
