import {isMarkdownFile} from '../../text/markdown-files.ts'
import {isMisspelling, Names} from '../../text/nearest.ts'
import {folderOf, isBelow, joinPath, nameOf} from '../../text/paths.ts'
import type {Tree} from '../../tree/tree.ts'
import type {Description} from '../description.ts'
import {doubt} from '../doubts.ts'
import {doubted} from '../shared/doubted.ts'
import {groupBy} from '../shared/group-by.ts'
import type {MissingTarget, Resolution} from '../types.ts'
import {hasExtension, isHidden, withoutNumber, withoutSourceExtension} from './routes.ts'

/** A name alone, perhaps without the extension of a page. */
const NAME = /^(?:\.\/)?([^/]+)$/

/** The files of a site whose links may consist of a file's name alone, wherever the file is. */
export class FileNames {
  readonly #tree: Tree
  readonly #root: string
  /** May a name be that of a file which the build brings from elsewhere? */
  readonly #areShared: boolean
  #byName: ReadonlyMap<string, readonly string[]> | undefined
  #names: Names | undefined

  constructor(tree: Tree, {root, routes}: Description) {
    this.#tree = tree
    this.#root = root
    this.#areShared = routes?.namesFromElsewhere === true
  }

  /** The file with a given name; undefined for a path with folders, and if no file or several files have the name. */
  fileNamed(path: string): string | undefined {
    const name = nameIn(path)
    const [file, ...others] = (name !== undefined && this.#files.get(name)) || []
    return others.length === 0 ? file : undefined
  }

  /**
   * The resolution of a name that no file or several files have: one that is nowhere may be that of a file from elsewhere.
   *
   * @param missing The missing file beside the page.
   */
  unresolved(path: string, missing: Resolution): Resolution {
    const why = doubt('unknown-generator')
    if (this.#files.has(nameIn(path)!)) return {to: 'unknown', doubt: why}
    const misspelled = this.#misspelled(path)
    if (misspelled || !this.#areShared) return misspelled ?? doubted(missing, why)
    return {to: 'unknown', doubt: doubt('generated-file')}
  }

  /** The missing target of a misspelled name, as if it were beside the file that is meant; undefined for other names. */
  #misspelled(path: string): MissingTarget | undefined {
    const name = nameIn(path)!
    this.#names ??= new Names(this.#files.keys())
    const nearest = this.#names.nearest(name, 1, (each) => hasExtension(each) === hasExtension(name))
    const suggestion = nearest === undefined ? undefined : this.fileNamed(nearest)
    return suggestion !== undefined && isMisspelling(stemOf(name), stemOf(nearest!))
      ? {to: 'missing', path: joinPath(folderOf(suggestion), name), why: 'file', suggestion}
      : undefined
  }

  /** The files by name, and pages also by their name without number and extension. */
  get #files(): ReadonlyMap<string, readonly string[]> {
    if (this.#byName) return this.#byName
    const files = [...this.#tree.files].filter((file) => isBelow(file, this.#root) && !isHidden(file))
    const pages = groupBy(files.filter(isMarkdownFile), (file) =>
      withoutNumber(withoutSourceExtension(nameOf(file))),
    )
    return (this.#byName = new Map([...pages, ...groupBy(files, nameOf)]))
  }
}

const stemOf = (name: string) => name.replace(/\.\w+$/, '')

const nameIn = (path: string): string | undefined => NAME.exec(path)?.[1]

/** Is a path a name alone, so that it may mean a file of that name in any folder? */
export const isFileName = (path: string): boolean => NAME.test(path)
