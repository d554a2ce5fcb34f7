import {groupBy} from '../site/shared/group-by.ts'
import {folderOf, nameOf} from '../text/paths.ts'

/** The folders in which GitHub looks for the README of a repository, first to last. */
const PLACES = ['.github', '', 'docs']

/** Finds the READMEs that hosts show below the files of a folder. */
export class Readmes {
  readonly #byFolder: ReadonlyMap<string, readonly string[]>

  /** @param files The paths of all files. */
  constructor(files: ReadonlySet<string>) {
    this.#byFolder = groupBy(
      [...files].filter((file) => /^readme(?:\.\w+)?$/i.test(nameOf(file))),
      folderOf,
    )
  }

  /** The README of a folder; undefined if there is none, or more than one. */
  in(folder: string): string | undefined {
    const places = folder === '' ? PLACES : [folder]
    const found = places.map((place) => this.#byFolder.get(place) ?? []).find(({length}) => length > 0)
    return found?.length === 1 ? found[0] : undefined
  }
}
