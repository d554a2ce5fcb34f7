import {withoutMarkdownExtension} from '../../text/markdown-files.ts'
import {folderOf, isBelow, joinPath, nameOf, pathBelow} from '../../text/paths.ts'
import {groupBy} from './group-by.ts'

/** A path in the form in which paths are compared: `Notes/Café.MD` → `notes/café.md`. */
export const comparable = (path: string): string =>
  path.normalize('NFC').replaceAll('\u00a0', ' ').toLowerCase()

/** Is a path within a hidden folder? */
export const isInHiddenFolder = (path: string): boolean => /(?:^|\/)\.[^/]+\//.test(path)

/** The files of a folder that links name, wherever they are below it, in any letter case, and pages without extension. */
export class NamedFiles {
  readonly #root: string
  /** By comparable name. */
  readonly #byName: ReadonlyMap<string, readonly string[]>
  /** The only files of targets, which do not depend on the page: links name most notes many times. */
  readonly #only = new Map<string, readonly string[]>()

  /** @param files Those of the tree; the ones outside of the folder or in hidden folders are left out. */
  constructor(files: Iterable<string>, root: string) {
    this.#root = root
    const own = [...files].filter((file) => isBelow(file, root) && !isInHiddenFolder(pathBelow(file, root)!))
    this.#byName = groupBy(own, (file) => comparable(nameOf(file)))
  }

  /** The comparable names of the files. */
  names(): Iterable<string> {
    return this.#byName.keys()
  }

  /** The files of a comparable name. */
  named(name: string): readonly string[] {
    return this.#byName.get(name) ?? []
  }

  /**
   * The files that a link may mean, the best one first: the one at that path, those in the folder of the page, and those
   * nearest to the root.
   *
   * @param target A name, or the end of a path: `Note`, `notes/Note.md`, `pic.png`; from the root, `/notes/Note`; or from
   * the page, `../notes/Note`.
   */
  find(target: string, from: string): readonly string[] {
    const known = this.#only.get(target)
    if (known) return known
    const found = this.#find(target, from)
    if (found.length < 2 && !target.startsWith('.')) this.#only.set(target, found)
    return found
  }

  #find(target: string, from: string): readonly string[] {
    const isRelative = /^\.\.?\//.test(target)
    const folder = folderOf(from)
    const path = comparable(joinPath(isRelative ? folder : this.#root, target))
    const end = comparable(joinPath('', target))
    const name = nameOf(path)
    const files = [...this.named(name), ...this.named(`${name}.md`)]
    if (isRelative || target.startsWith('/')) return files.filter((file) => isAt(comparable(file), path))
    const found = end.includes('/') ? files.filter((file) => endsIn(comparable(file), end)) : files
    if (found.length < 2) return found
    const distance = (file: string) =>
      isAt(comparable(file), path) && end.includes('/') ? -1 : folderOf(file) === folder ? 0 : depthOf(file)
    return [...found].sort((a, b) => distance(a) - distance(b))
  }
}

/** Is a file at a path, with or without the extension of a page? */
const isAt = (file: string, path: string): boolean => file === path || withoutMarkdownExtension(file) === path

const endsIn = (file: string, end: string): boolean =>
  `/${file}`.endsWith(`/${end}`) || `/${withoutMarkdownExtension(file)}`.endsWith(`/${end}`)

const depthOf = (path: string) => path.split('/').length
