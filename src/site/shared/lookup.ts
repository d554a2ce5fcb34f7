import {isMarkdownFile} from '../../text/markdown-files.ts'
import {Names} from '../../text/nearest.ts'
import {folded, folderOf, joinPath, nameOf} from '../../text/paths.ts'
import {areSimilar} from '../../text/similar-words.ts'
import {decodePercent} from '../../text/urls.ts'
import type {Tree} from '../../tree/tree.ts'
import {doubt} from '../doubts.ts'
import type {Evidence, Missing, Resolution} from '../types.ts'
import {groupBy} from './group-by.ts'
import {areUnrelated, isCommonProjectFile} from './subprojects.ts'

/**
 * Suggest a file for a missing path by other ways in which people write paths: percent-encoded twice, which is certain
 * evidence; relative to the root without a slash, or with more `../` than there are folders, which is not, since a file
 * of that name beside the page may have been meant.
 *
 * @returns the missing target with the only file found that way; unchanged if there is none, or several
 */
export function withLikelyReading(
  lookup: Lookup,
  missing: Resolution,
  path: string,
  from: string,
): Resolution {
  if (missing.to !== 'missing' || missing.evidence || !['file', 'leaves'].includes(missing.why))
    return missing
  const decoded = joinPath(folderOf(from), decodePercent(path))
  if (decodePercent(path) !== path && lookup.isFile(decoded))
    return {...missing, suggestion: decoded, evidence: 'spelling'}
  const stripped = path.replace(/^(?:\.{0,2}\/)+/, '')
  const readings = [joinPath('', stripped), joinPath(folderOf(from), stripped)]
  const found = new Set(
    readings.filter(
      (each) =>
        each !== from &&
        lookup.isFile(each) &&
        !areUnrelated(from, each) &&
        (missing.why === 'leaves' || !isCommonProjectFile(each)),
    ),
  )
  return found.size === 1 ? {...missing, suggestion: [...found][0]!} : missing
}

/** Looks up files of a tree by exact or similar names. */
export class Lookup {
  readonly tree: Tree
  readonly #missing = new Map<string, Resolution>()
  /** All files and folders by their folded paths. */
  #byFoldedPath: Map<string, string[]> | undefined
  /** All files by their folded names. */
  #byFoldedName: Map<string, string[]> | undefined
  #filesByFolder: Map<string, string[]> | undefined
  #foldersByFolder: Map<string, string[]> | undefined
  readonly #stems = new Map<string, ReadonlyMap<string, readonly string[]>>()
  readonly #names = new WeakMap<object, Names>()

  constructor(tree: Tree) {
    this.tree = tree
  }

  /** Is there a file at a path? */
  isFile(path: string): boolean {
    return this.tree.files.has(path)
  }

  /** Is there a folder at a path? */
  isFolder(path: string): boolean {
    return this.tree.folders.has(path)
  }

  /** The missing target at a path, with its reason and the most similar file or folder. */
  missing(path: string): Resolution {
    let found = this.#missing.get(path)
    if (!found) this.#missing.set(path, (found = this.#explain(path)))
    return found
  }

  #explain(path: string): Resolution {
    // Git lists no folders, so that one would seem to be ignored.
    if (this.isFolder(path)) return {to: 'missing', path, why: 'index'}
    const beyond = this.tree.beyond(path)
    if (beyond === 'unknown')
      return {
        to: 'unknown',
        doubt: doubt('not-in-tree'),
      }
    if (beyond === 'ignored') return {to: 'missing', path, why: 'ignored'}
    return {to: 'missing', path, ...this.#similar(path)}
  }

  #similar(path: string): Similar {
    const otherSpelling = this.#inOtherCase(path) ?? this.#withSlashes(path)
    if (otherSpelling) return otherSpelling
    const page = this.#otherForm(path)
    if (page !== undefined) return {why: 'file', suggestion: page, evidence: 'extension'}
    const nearest = this.#nearest(path)
    return nearest === undefined || areUnrelated(path, nearest)
      ? {why: 'file'}
      : {why: 'file', suggestion: nearest}
  }

  /** A file or folder whose path differs only in letter case or Unicode form. */
  #inOtherCase(path: string): Similar | undefined {
    this.#byFoldedPath ??= groupBy([...this.tree.folders, ...this.tree.files], folded)
    const [suggestion, ...others] = this.#byFoldedPath.get(folded(path)) ?? []
    if (suggestion === undefined) return
    const why = suggestion.normalize('NFC') === path.normalize('NFC') ? 'unicode' : 'case'
    return others.length === 0 ? {why, suggestion, evidence: 'spelling'} : {why, suggestion}
  }

  /** The file or folder that a path with backslashes means. */
  #withSlashes(path: string): Similar | undefined {
    const suggestion = path.includes('\\') ? joinPath('', path.replaceAll('\\', '/')) : undefined
    return suggestion !== undefined && (this.isFile(suggestion) || this.isFolder(suggestion))
      ? {why: 'backslash', suggestion, evidence: 'spelling'}
      : undefined
  }

  /** The only page that a path without an extension, or with that of another form of the page, can mean. */
  #otherForm(path: string): string | undefined {
    if (!isFormOfPage(nameOf(path))) return
    const forms = this.#filesByStem(folderOf(path)).get(stemOf(path)) ?? []
    return forms.length === 1 && isMarkdownFile(forms[0]!) ? forms[0] : undefined
  }

  /** The files of a folder by their names without extension. */
  #filesByStem(folder: string): ReadonlyMap<string, readonly string[]> {
    let stems = this.#stems.get(folder)
    if (!stems) {
      this.#filesByFolder ??= groupBy(this.tree.files, folderOf)
      this.#stems.set(folder, (stems = groupBy(this.#filesByFolder.get(folder) ?? [], stemOf)))
    }
    return stems
  }

  /** The file of a program that makes another one: `codes.csv.erb` for `codes.csv`, `themes.md.ts` for a page `themes`. */
  programFor(path: string): string | undefined {
    const name = nameOf(path)
    const files = this.#filesByStem(folderOf(path))
    return [name, `${name}.md`, `${name}.html`]
      .flatMap((each) => (each.includes('.') ? (files.get(each) ?? []) : []))
      .find((file) => nameOf(file) !== name)
  }

  #foldersIn(folder: string): readonly string[] {
    this.#foldersByFolder ??= groupBy(this.tree.folders, folderOf)
    return this.#foldersByFolder.get(folder) ?? NO_FOLDERS
  }

  /** An index of names, built once per list of files or folders. */
  #namesOf(list: object, names: () => Iterable<string>): Names {
    let found = this.#names.get(list)
    if (!found) this.#names.set(list, (found = new Names(names())))
    return found
  }

  /**
   * The only file of the same name elsewhere, else one with a similar name in the same folder, else a similar folder.
   */
  #nearest(path: string): string | undefined {
    return this.#nearestFile(path) ?? this.#sameNameElsewhere(nameOf(path)) ?? this.#nearestFolder(path)
  }

  #nearestFile(path: string): string | undefined {
    const stem = stemOf(path)
    const files = this.#filesByStem(folderOf(path))
    const sameStem = mostLikely(path, files.get(stem) ?? [])
    if (sameStem !== undefined) return sameStem
    const mayBe = (each: string) => mostLikely(path, files.get(each)!) !== undefined
    // With their extensions, unrelated names would look similar.
    const nearest = this.#namesOf(files, () => files.keys()).nearest(stem, undefined, mayBe)
    // `screenshot2` is not a misspelling of `screenshot`.
    return nearest !== undefined && digitsOf(nearest) === digitsOf(stem)
      ? mostLikely(path, files.get(nearest)!)
      : undefined
  }

  /** The files whose paths end in a path, in any letter case: `lamps/a.md` → `parts/lamps/A.md`. */
  filesEndingIn(path: string): readonly string[] {
    const end = `/${folded(path)}`
    return this.#filesNamed(nameOf(path)).filter((file) => `/${folded(file)}`.endsWith(end))
  }

  #filesNamed(name: string): readonly string[] {
    this.#byFoldedName ??= groupBy(this.tree.files, (file) => folded(nameOf(file)))
    return this.#byFoldedName.get(folded(name)) ?? []
  }

  #sameNameElsewhere(name: string): string | undefined {
    const same = this.#filesNamed(name)
    return same.length === 1 && !isCommonProjectFile(name) ? same[0] : undefined
  }

  #nearestFolder(path: string): string | undefined {
    const name = nameOf(path)
    if (name.includes('.') || name.length < 4) return
    const folders = this.#foldersIn(folderOf(path))
    const nearest = this.#namesOf(folders, () => folders.map(nameOf)).nearest(name)
    return nearest === undefined ? undefined : joinPath(folderOf(path), nearest)
  }
}

/** The file that a path most likely means, of those with the same stem: `b.md` rather than `b.adoc` for `b`. */
function mostLikely(path: string, files: readonly string[]): string | undefined {
  const extension = extensionOf(path)
  return (
    files.find((file) => extensionOf(file) === extension) ??
    (isFormOfPage(nameOf(path)) ? (files.find(isMarkdownFile) ?? files.find(isDocument)) : undefined) ??
    files.find((file) => areOfOneKind(extension, extensionOf(file)))
  )
}

const isDocument = (file: string) => /\.(?:adoc|org|pdf|rst|txt)$/i.test(file)

/** Are two extensions those of images, or spelled alike: `.yaml` and `.yml`, `.css` and `.scss`? */
const areOfOneKind = (a: string, b: string) =>
  (IMAGE.test(a) && IMAGE.test(b)) || (a !== '' && b !== '' && areSimilar(a, b))

const IMAGE = /^(?:avif|gif|jpe?g|png|svg|webp)$/

/** The extension of a path in lower case, without its dot; empty if there is none. */
const extensionOf = (path: string) => /(?<=.)\.([^.]*)$/.exec(nameOf(path))?.[1]?.toLowerCase() ?? ''

const NO_FOLDERS: readonly string[] = []

/** The file or folder most similar to a missing path. */
interface Similar {
  why: Missing
  suggestion?: string
  evidence?: Evidence
}

/** Does a name have no extension, or one of other forms of the same page? */
const isFormOfPage = (name: string) => /^(?:[^.]+|.+\.html?)$/i.test(name) || isMarkdownFile(name)

/** The digits of a name after its number prefix: `2` for `01-screenshot2`. */
const digitsOf = (name: string) => name.replace(/^\d+[-_. ]+/, '').replace(/\D+/g, '')

const stemOf = (path: string) => nameOf(path).replace(/(?<=.)\.[^.]*$/, '')
