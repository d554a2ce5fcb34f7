import {isMarkdownFile, withoutMarkdownExtension} from '../../text/markdown-files.ts'
import {lettersOf, Names} from '../../text/nearest.ts'
import {folderOf, joinPath, nameOf} from '../../text/paths.ts'
import {trimBoth} from '../../text/trim.ts'
import {decodePercent} from '../../text/urls.ts'
import {doubt} from '../doubts.ts'
import type {PageSource, SiteContext} from '../platform.ts'
import {record, strings} from '../shared/data.ts'
import {splitUrl} from '../shared/local-url.ts'
import {isInHiddenFolder} from '../shared/named-files.ts'
import {fileAt} from '../shared/repository.ts'
import {UnwrittenNotes} from '../shared/unwritten-notes.ts'
import type {MissingTarget, Resolution, SiteAnswers, SiteLink} from '../types.ts'

/** A name that links have for a file. */
interface Named {
  file: string
  /** In the form of {@link simplified}. */
  name: string
}

/** Plugins find files whatever their letter case, spaces, hyphens and underscores: `My Page` → `mypage`. */
const simplified = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[-_\s]/g, '')

/** Is a target the address of something elsewhere? */
const isElsewhere = (target: string) => /^(?:[a-z][a-z\d+.-]*:)?\/\/|^mailto:/i.test(target)

const isPlaceholder = (target: string) => /[{}<>*$]/.test(target)

/** `My Page#Set up#Run` → `My Page` and `Run` */
function partsOf(target: string): {name: string; fragment?: string} {
  const [name, ...fragments] = target.split('#').map((part) => part.trim())
  const fragment = fragments.at(-1)
  return {name: name!, ...(fragment !== undefined && {fragment})}
}

/** Finds what the wikilinks of a site name: files by their names or the ends of their paths or URLs, pages by their titles. */
export class NamedPages {
  readonly #ctx: SiteContext & PageSource
  readonly #answers: SiteAnswers
  readonly #plugin: string
  /** By the last segment of their names. */
  #byName: ReadonlyMap<string, readonly Named[]> | undefined
  readonly #files = new Map<string, string | undefined>()
  #names: Names | undefined
  #isSpaced: boolean | undefined
  #unwritten: UnwrittenNotes | undefined

  /** @param plugin What makes the links, in words. */
  constructor(ctx: SiteContext & PageSource, answers: SiteAnswers, plugin: string) {
    this.#ctx = ctx
    this.#answers = answers
    this.#plugin = plugin
  }

  /** Resolve a wikilink, whose target is not percent-encoded. */
  resolve({url}: SiteLink, from: string): Resolution {
    if (isElsewhere(url)) return this.#answers.resolve({url}, from)
    if (isPlaceholder(url)) return {to: 'unknown', doubt: doubt('placeholder')}
    const {name, fragment} = partsOf(url)
    const file = name === '' ? from : this.#find(name, from)
    if (file !== undefined) return fileAt(this.#ctx, file, this.#idMeant(file, fragment))
    return {
      to: 'unknown',
      doubt: doubt('plugin-pages', this.#plugin),
      otherwise: this.#missing(name, from),
      ...this.#refuted(),
    }
  }

  /** The clause by which a missing page is likely a mistake, if nearly all others exist: text in double brackets names none. */
  #refuted(): {refutedBy?: string} {
    this.#unwritten ??= this.#countPages()
    const refutedBy = this.#unwritten.clause()
    return refutedBy === undefined ? {} : {refutedBy}
  }

  #countPages(): UnwrittenNotes {
    const pages = new UnwrittenNotes(0)
    for (const from of this.#ctx.tree.files)
      for (const {kind, url} of this.#ctx.page(from)?.links ?? []) {
        const {name} = partsOf(url)
        if (kind !== 'wikilink' || name === '' || isElsewhere(url) || isPlaceholder(url)) continue
        const file = this.#find(name, from)
        pages.add(file ?? simplified(name), file !== undefined)
      }
    return pages
  }

  #find(name: string, from: string): string | undefined {
    const path = joinPath(folderOf(from), name)
    const exact = [path, `${path}.md`].find((each) => this.#ctx.lookup.isFile(each))
    if (exact !== undefined) return exact
    const found = this.#named(name) ?? this.#named(decodePercent(name))
    if (found !== undefined) return found
    const parts = splitUrl(name)
    const asUrl = 'to' in parts ? parts : this.#answers.resolve({url: name}, from)
    return asUrl.to === 'page' || asUrl.to === 'file' ? asUrl.path : undefined
  }

  /** The file with a name; of several, a published one. */
  #named(written: string): string | undefined {
    if (!this.#files.has(written)) this.#files.set(written, this.#findNamed(written))
    return this.#files.get(written)
  }

  #findNamed(written: string): string | undefined {
    const end = simplified(joinPath('', written))
    const found = (this.#index().get(nameOf(end)) ?? []).filter(({name}) => `/${name}`.endsWith(`/${end}`))
    const isPublished = ({file}: Named) => this.#answers.urlsOf(file).length > 0
    return (found.find(isPublished) ?? found[0])?.file
  }

  #index(): ReadonlyMap<string, readonly Named[]> {
    if (this.#byName) return this.#byName
    const byName = new Map<string, Named[]>()
    for (const file of this.#ctx.tree.files) {
      if (isInHiddenFolder(file)) continue
      for (const name of new Set(this.#namesOf(file).map(simplified))) {
        const known = byName.get(nameOf(name))
        if (known) known.push({file, name})
        else byName.set(nameOf(name), [{file, name}])
      }
    }
    return (this.#byName = byName)
  }

  #namesOf(file: string): string[] {
    if (!isMarkdownFile(file)) return [file]
    const path = withoutMarkdownExtension(file)
    const page = this.#ctx.page(file)
    const {title, aliases, alias, slug} = record(page?.frontMatter?.data)
    const titles = [...strings(title), ...strings(aliases), ...strings(alias), ...strings(slug)]
    const [heading] = page?.headings ?? []
    return [
      file,
      path,
      path.replace(/\/_?(?:index|readme)$/i, ''),
      ...this.#answers.urlsOf(file).map((url) => trimBoth(url.replace(/\.html$/, ''), '/')),
      ...[...titles, heading?.text ?? ''].filter(Boolean),
    ]
  }

  /**
   * The id of the heading that a link names by its text or id. Plugins make slugs of their own, so that a fragment without
   * such a heading is the only one that certainly leads nowhere; ids of blocks are left to them.
   */
  #idMeant(file: string, fragment: string | undefined): string | undefined {
    const page = this.#ctx.page(file)
    if (!fragment || !page || fragment.startsWith('^')) return
    const anchors = this.#answers.anchorsOf(page)
    if (anchors.has(fragment)) return fragment
    const letters = lettersOf(fragment)
    const at = page.headings.findIndex(
      ({text}, index) =>
        lettersOf(text) === letters || lettersOf(anchors.ofHeadings[index] ?? '') === letters,
    )
    if (at < 0) return fragment
    const id = anchors.ofHeadings[at]
    return id !== undefined && anchors.has(id) ? id : undefined
  }

  /** Do names of pages have spaces? Otherwise they have hyphens for those that links have. */
  #hasSpaces(): boolean {
    const {files} = this.#ctx.tree
    this.#isSpaced ??= [...files].some((file) => isMarkdownFile(file) && nameOf(file).includes(' '))
    return this.#isSpaced
  }

  #missing(name: string, from: string): MissingTarget {
    const file = this.#hasSpaces() ? name : name.replaceAll(' ', '-')
    const place = joinPath(folderOf(from), /\.\w+$/.test(file) ? file : `${file}.md`)
    this.#names ??= new Names(this.#index().keys())
    const near = this.#names.nearest(simplified(nameOf(name)))
    const files = new Set((near === undefined ? [] : this.#index().get(near)!).map(({file}) => file))
    const [suggestion] = files.size === 1 ? files : []
    return {
      to: 'missing',
      path: place,
      why: 'file',
      byName: true,
      ...(suggestion !== undefined && {suggestion}),
    }
  }
}
