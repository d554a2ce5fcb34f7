import {isMarkdownFile} from '../../text/markdown-files.ts'
import {Names} from '../../text/nearest.ts'
import {folderOf, joinPath, nameOf} from '../../text/paths.ts'
import {decodePercent} from '../../text/urls.ts'
import type {Tree} from '../../tree/tree.ts'
import type {Evidence, Missing, Resolution} from '../types.ts'
import {belongApart, isCommonProjectFile} from './subprojects.ts'

/** A URL taken apart as far as a site needs it. */
export interface UrlParts {
  /** As written, less query and fragment. */
  raw: string
  /** Percent-decoded. */
  path: string
  /** Percent-decoded, without `#`; nothing where there is no `#`. */
  fragment?: string
}

/** What scripts and generators fill in: `$NAME`, `${name}`, `{name}`, `{{ name }}`, `<name>`, `%s`. */
const PLACEHOLDER = /\{\{|\{%|\$\{|\$[A-Z_]{2,}|\{[\w. -]+\}|<[\w -]+>|^%s/

/**
 * Sort out what never leads into the tree: another scheme, another host.
 *
 * @returns the parts of a local URL, or where else it goes.
 */
export function splitUrl(url: string): UrlParts | Resolution {
  const text = url.trim()
  const scheme = text.includes(':') && /^([a-z][a-z0-9+.-]*):/i.exec(text)
  if (scheme) {
    const name = scheme[1]!.toLowerCase()
    if (name === 'http' || name === 'https') return {to: 'remote', url: text}
    return {to: 'outside', why: `${name}: is no address on this site`}
  }
  if (/[${<%]/.test(text) && PLACEHOLDER.test(text)) return {to: 'unknown', why: 'it holds a placeholder'}
  if (text.startsWith('//')) return {to: 'remote', url: `https:${text}`}
  const hash = text.indexOf('#')
  const before = hash < 0 ? text : text.slice(0, hash)
  const query = before.indexOf('?')
  const raw = query < 0 ? before : before.slice(0, query)
  const parts: UrlParts = {raw, path: decodePercent(raw)}
  // A text fragment is for the browser to find: https://wicg.github.io/scroll-to-text-fragment/
  if (hash >= 0) parts.fragment = decodePercent(text.slice(hash + 1).replace(/:~:.*$/s, ''))
  return parts
}

/**
 * Read a path that leads nowhere in the other ways that people write paths: percent-encoded twice, which is certain;
 * from the root without a slash, or with more steps upwards than there are, which is only likely: a file of that name
 * may have been meant to be beside the page.
 *
 * @returns the missing target with the one file that these readings find; as it was, if they find none or several.
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
        !belongApart(from, each) &&
        (missing.why === 'leaves' || !isCommonProjectFile(each)),
    ),
  )
  return found.size === 1 ? {...missing, suggestion: [...found][0]!} : missing
}

/** Finds files of a tree by exact and by similar names. */
export class Lookup {
  readonly tree: Tree
  #folded: Map<string, string[]> | undefined
  readonly #missing = new Map<string, Resolution>()
  #byFolder: Map<string, Map<string, string[]>> | undefined
  #folders: Map<string, string[]> | undefined
  #byName: Map<string, string[]> | undefined
  readonly #names = new WeakMap<object, Names>()

  constructor(tree: Tree) {
    this.tree = tree
  }

  isFile(path: string): boolean {
    return this.tree.files.has(path)
  }

  isFolder(path: string): boolean {
    return this.tree.folders.has(path)
  }

  /** Say why nothing is at a path, and what stands nearest to it. */
  missing(path: string): Resolution {
    let found = this.#missing.get(path)
    if (!found) this.#missing.set(path, (found = this.#look(path)))
    return found
  }

  #look(path: string): Resolution {
    const beyond = this.tree.beyond(path)
    if (beyond === 'unknown') return {to: 'unknown', why: 'it is behind a symlink, in a submodule or outside'}
    if (beyond === 'ignored') return {to: 'missing', path, why: 'ignored'}
    const {why, near, proof} = this.#similar(path)
    return {
      to: 'missing',
      path,
      why,
      ...(near !== undefined && {suggestion: near}),
      ...(proof && {evidence: proof}),
    }
  }

  #similar(path: string): Similar {
    if (!this.#folded) {
      this.#folded = new Map()
      for (const name of [...this.tree.folders, ...this.tree.files]) push(this.#folded, fold(name), name)
    }
    const twins = this.#folded.get(fold(path)) ?? []
    if (twins[0] !== undefined) {
      const why = twins[0].normalize('NFC') === path.normalize('NFC') ? 'unicode' : 'case'
      return twins.length === 1 ? {why, near: twins[0], proof: 'spelling'} : {why, near: twins[0]}
    }
    if (path.includes('\\')) {
      const slashed = joinPath('', path.replaceAll('\\', '/'))
      if (this.isFile(slashed) || this.isFolder(slashed))
        return {why: 'backslash', near: slashed, proof: 'spelling'}
    }
    const page = this.#otherForm(path)
    if (page !== undefined) return {why: 'file', near: page, proof: 'extension'}
    const near = this.#nearest(path)
    return {why: 'file', near: near !== undefined && belongApart(path, near) ? undefined : near}
  }

  /** The one page that a path without extension, or with that of another form of a page, can mean. */
  #otherForm(path: string): string | undefined {
    if (!isFormOfPage(nameOf(path))) return
    const forms = this.#siblings(folderOf(path)).get(stemOf(path)) ?? []
    return forms.length === 1 && isMarkdownFile(forms[0]!) ? forms[0] : undefined
  }

  /** The files of a folder by their stems. */
  #siblings(folder: string): ReadonlyMap<string, readonly string[]> {
    if (!this.#byFolder) {
      this.#byFolder = new Map()
      for (const file of this.tree.files) {
        const own = folderOf(file)
        let stems = this.#byFolder.get(own)
        if (!stems) this.#byFolder.set(own, (stems = new Map()))
        push(stems, stemOf(file), file)
      }
    }
    return this.#byFolder.get(folder) ?? NONE
  }

  /** The names of what is in a folder, by the list of it. */
  #namesOf(list: object, names: () => Iterable<string>): Names {
    let found = this.#names.get(list)
    if (!found) this.#names.set(list, (found = new Names(names())))
    return found
  }

  #foldersIn(folder: string): readonly string[] {
    if (!this.#folders) {
      this.#folders = new Map()
      for (const other of this.tree.folders) push(this.#folders, folderOf(other), other)
    }
    return this.#folders.get(folder) ?? NO_FOLDERS
  }

  /** The same name elsewhere, if there is just one; else a similar name in the same folder; else a similar folder. */
  #nearest(path: string): string | undefined {
    if (!this.#byName) {
      this.#byName = new Map()
      for (const file of this.tree.files) push(this.#byName, fold(nameOf(file)), file)
    }
    const folder = folderOf(path)
    const name = nameOf(path)
    const siblings = this.#siblings(folder)
    const stem = stemOf(path)
    const sameStem = siblings.get(stem) ?? []
    if (sameStem.length === 1) return sameStem[0]
    // By stems: a common extension would make strangers look alike.
    const near = this.#namesOf(siblings, () => siblings.keys()).nearest(stem)
    // `screenshot2` is another picture than `screenshot`.
    if (near !== undefined && digitsOf(near) === digitsOf(stem)) return siblings.get(near)?.[0]
    const same = this.#byName.get(fold(name)) ?? []
    if (same.length === 1 && !isCommonProjectFile(name)) return same[0]
    if (name.includes('.') || name.length < 4) return
    const folders = this.#foldersIn(folder)
    const like = this.#namesOf(folders, () => folders.map(nameOf)).nearest(name)
    return like === undefined ? undefined : joinPath(folder, like)
  }
}

const NONE: ReadonlyMap<string, readonly string[]> = new Map()
const NO_FOLDERS: readonly string[] = []

/** A file near a missing one. */
interface Similar {
  why: Missing
  near: string | undefined
  proof?: Evidence
}

/** No extension, or one that other builds of the same page have. */
const isFormOfPage = (name: string) => /^(?:[^.]+|.+\.html?)$/i.test(name) || isMarkdownFile(name)

const fold = (path: string) => path.normalize('NFC').toLowerCase()

/** The numbers in a name, less the one at its front that sorts it. */
const digitsOf = (name: string) => name.replace(/^\d+[-_. ]+/, '').replace(/\D+/g, '')

const stemOf = (path: string) => nameOf(path).replace(/(?<=.)\.[^.]*$/, '')

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
