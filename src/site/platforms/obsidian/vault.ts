import type {Page} from '../../../page/types.ts'
import {isMarkdownFile, withoutMarkdownExtension} from '../../../text/markdown-files.ts'
import {Names} from '../../../text/nearest.ts'
import {folderOf, isBelow, joinPath, nameOf, pathBelow} from '../../../text/paths.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {record, strings} from '../../shared/data.ts'
import {groupBy} from '../../shared/group-by.ts'
import {comparable, isInHiddenFolder, NamedFiles} from '../../shared/named-files.ts'
import type {Anchors} from '../../types.ts'

/** The tree with the pages that have been read. */
type VaultContext = SiteContext & PageSource

interface VaultAnswers {
  owns(path: string): boolean
  anchorsOf(page: Page): Anchors
}

/** The notes and other files of a vault. */
export class Vault {
  readonly ctx: VaultContext
  readonly root: string
  /** New links are written in Markdown, so that these may lead to notes that are not written yet, too. */
  readonly usesMarkdownLinks: boolean
  readonly files: NamedFiles
  readonly #attachments: string
  readonly #answers: VaultAnswers
  #names: Record<'notes' | 'others', Names> | undefined
  #byAlias: ReadonlyMap<string, readonly {path: string}[]> | undefined

  /** @param settings Those of `app.json`. */
  constructor(ctx: VaultContext, settings: Record<string, unknown>, answers: VaultAnswers) {
    this.ctx = ctx
    this.#answers = answers
    this.root = ctx.marker.root
    this.usesMarkdownLinks = settings.useMarkdownLinks === true
    const [attachments = ''] = strings(settings.attachmentFolderPath)
    this.#attachments = attachments
    this.files = new NamedFiles(ctx.tree.files, this.root)
  }

  /** Is a file in a hidden folder, which Obsidian leaves out? */
  isHidden(path: string): boolean {
    return isInHiddenFolder(pathBelow(path, this.root) ?? path)
  }

  /** The paths of the notes. */
  *notes(): Generator<string> {
    for (const file of this.ctx.tree.files)
      if (isMarkdownFile(file) && isBelow(file, this.root) && !this.isHidden(file)) yield file
  }

  /** The notes with an alias. */
  withAlias(alias: string): readonly string[] {
    this.#byAlias ??= groupBy(
      [...this.notes()].flatMap((path) =>
        this.#aliasesOf(path).map((each) => ({path, alias: comparable(each)})),
      ),
      (each) => each.alias,
    )
    return (this.#byAlias.get(comparable(alias)) ?? []).map(({path}) => path)
  }

  #aliasesOf(path: string): string[] {
    const {aliases, alias} = record(this.ctx.page(path)?.frontMatter?.data)
    return [...strings(aliases), ...strings(alias)]
  }

  /** Has a page a place that a link names, unless it was not read? */
  mayHave(path: string, fragment: string): boolean {
    const page = this.ctx.page(path)
    return !page || this.#answers.anchorsOf(page).has(fragment)
  }

  /** Does the vault show a file, and not the host alone? */
  owns(path: string): boolean {
    return this.#answers.owns(path)
  }

  /** The comparable name of a note, or of another file, that is most like another one. */
  similarName(name: string, isNote: boolean): string | undefined {
    this.#names ??= {notes: new Names(this.#namesOf(true)), others: new Names(this.#namesOf(false))}
    return this.#names[isNote ? 'notes' : 'others'].nearest(name)
  }

  #namesOf(isNote: boolean): string[] {
    return [...this.files.names()]
      .filter((name) => isMarkdownFile(name) === isNote)
      .map((name) => (isNote ? withoutMarkdownExtension(name) : name))
  }

  /** The path at which a file that a page names would be stored. */
  placeOf(name: string, from: string, isNote: boolean): string {
    if (isNote) return joinPath(this.root, isMarkdownFile(name) ? name : `${name}.md`)
    if (name.includes('/')) return joinPath(this.root, name)
    const folder = /^\.(?:\/|$)/.test(this.#attachments)
      ? joinPath(folderOf(from), this.#attachments)
      : joinPath(this.root, this.#attachments)
    return joinPath(folder, nameOf(name))
  }
}
