import {withoutMarkdownExtension} from '../../text/markdown-files.ts'
import {folderOf, isBelow, joinPath, nameOf, pathBelow, withoutLevelsAbove} from '../../text/paths.ts'
import {groupBy} from './group-by.ts'

/** A path in the form in which paths are compared: `Notes/Café.MD` → `notes/café.md`. */
export const comparable = (path: string): string =>
  path.normalize('NFC').replaceAll('\u00a0', ' ').toLowerCase()

/** Is a path within a hidden folder? */
export const isInHiddenFolder = (path: string): boolean => /(?:^|\/)\.[^/]+\//.test(path)

/** A file, with its path as it is compared. */
interface NamedFile {
  file: string
  path: string
}

/** The files that a target may mean, whatever the page. */
interface Candidates {
  /** Those nearest to the root first. */
  byDepth: readonly string[]
  byFolder: ReadonlyMap<string, readonly string[]>
  /** Those at the target as a path from the root, if it has folders. */
  exact: readonly string[]
}

/** The files of a folder that links name, wherever they are below it, in any letter case, and pages without extension. */
export class NamedFiles {
  readonly #root: string
  /** By comparable name. */
  readonly #byName: ReadonlyMap<string, readonly NamedFile[]>
  /** By comparable name and the folder that it is in, since many folders may have notes of one name. */
  readonly #byTail: ReadonlyMap<string, readonly NamedFile[]>
  /** By target, since links name most notes many times. */
  readonly #candidates = new Map<string, Candidates>()

  /** @param files Those of the tree; the ones outside of the folder or in hidden folders are left out. */
  constructor(files: Iterable<string>, root: string) {
    this.#root = root
    const own = [...files].filter((file) => isBelow(file, root) && !isInHiddenFolder(pathBelow(file, root)!))
    const all = own.map((file) => ({file, path: comparable(file)}))
    this.#byName = groupBy(all, ({path}) => nameOf(path))
    this.#byTail = groupBy(all, ({path}) => tailOf(path))
  }

  /** The comparable names of the files. */
  names(): Iterable<string> {
    return this.#byName.keys()
  }

  /** The files of a comparable name. */
  named(name: string): readonly string[] {
    return (this.#byName.get(name) ?? []).map(({file}) => file)
  }

  /**
   * The files that a link may mean, the best one first: the one at that path, those in the folder of the page, and those
   * nearest to the root.
   *
   * @param target A name, or the end of a path: `Note`, `notes/Note.md`, `pic.png`; from the root, `/notes/Note`; or from
   * the page, `../notes/Note`.
   */
  *find(target: string, from: string): Generator<string> {
    const folder = folderOf(from)
    const isRelative = /^\.\.?\//.test(target)
    if (isRelative || target.startsWith('/')) {
      yield* this.#at(joinPath(isRelative ? folder : this.#root, target))
      return
    }
    const {exact, byFolder, byDepth} = this.#candidatesOf(target)
    const first = new Set([...exact, ...(byFolder.get(folder) ?? [])])
    yield* first
    for (const file of byDepth) if (!first.has(file)) yield file
  }

  /** The files at a path, with or without the extension of a page. */
  #at(path: string): string[] {
    const own = comparable(withoutLevelsAbove(path))
    const found = withPages(this.#byTail, tailOf(own))
    return found.filter((each) => isAt(each.path, own)).map(({file}) => file)
  }

  #candidatesOf(target: string): Candidates {
    const known = this.#candidates.get(target)
    if (known) return known
    const end = comparable(joinPath('', target))
    const named = end.includes('/')
      ? withPages(this.#byTail, tailOf(end)).filter((each) => endsIn(each.path, end))
      : withPages(this.#byName, end)
    const files = named.map(({file}) => file)
    const found = {
      byDepth: files.sort((a, b) => depthOf(a) - depthOf(b)),
      byFolder: groupBy(files, folderOf),
      exact: end.includes('/') ? this.#at(joinPath(this.#root, target)) : [],
    }
    this.#candidates.set(target, found)
    return found
  }
}

/** The last folder and the name of a path: `a/b/c.md` → `b/c.md` */
const tailOf = (path: string): string => path.slice(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)

/** The files of a key, and pages of which it lacks the extension. */
const withPages = (files: ReadonlyMap<string, readonly NamedFile[]>, key: string): NamedFile[] => [
  ...(files.get(key) ?? []),
  ...(files.get(`${key}.md`) ?? []),
]

/** Is a file at a path, with or without the extension of a page? */
const isAt = (file: string, path: string): boolean => file === path || withoutMarkdownExtension(file) === path

const endsIn = (file: string, end: string): boolean =>
  `/${file}`.endsWith(`/${end}`) || `/${withoutMarkdownExtension(file)}`.endsWith(`/${end}`)

const depthOf = (path: string) => path.split('/').length
