import {folderOf, joinPath} from '../../../text/paths.ts'
import {groupBy} from '../group-by.ts'
import {NamesByFolder} from '../names-by-folder.ts'

/** A page of an application, at a URL path without slashes at its ends and without its language. */
export interface PublishedPage {
  file: string
  url: string
  /** Set on sites in several languages. */
  language?: string
}

/** The languages of an application. */
export interface Languages {
  all: ReadonlySet<string>
  /** The language of pages whose files name none. */
  main: string
  /** Pages that a language lacks are shown in the main one. */
  fallsBack: boolean
  /** The languages whose URLs do not begin with their names; those of the others do. */
  hidden: 'all' | 'main' | 'none'
}

/** A page at a URL, and one that the URL may lead to instead: the same page in the main language. */
export interface PageAt {
  file: string
  or?: string
}

/** The pages of an application by their URLs. */
export class PageTable {
  readonly #languages: Languages | undefined
  readonly #byFile: ReadonlyMap<string, readonly PublishedPage[]>
  /** Files by URL; on sites in several languages, for each language. */
  readonly #byUrl = new Map<string, Map<string, string>>()
  readonly #folders = new Set<string>()
  readonly #names = new Map<string, NamesByFolder>()

  constructor(pages: readonly PublishedPage[], languages: Languages | undefined) {
    this.#languages = languages
    this.#byFile = groupBy(pages, ({file}) => file)
    for (const {file, url, language = ''} of pages) {
      const files = this.#filesOf(language)
      if (!files.has(url.normalize())) files.set(url.normalize(), file)
      for (let folder = folderOf(url); folder !== '' && !this.#folders.has(folder); folder = folderOf(folder))
        this.#folders.add(folder)
    }
  }

  /** The languages of the application; undefined unless it has several. */
  get languages(): ReadonlySet<string> | undefined {
    return this.#languages?.all
  }

  #filesOf(language: string): Map<string, string> {
    const found = this.#byUrl.get(language) ?? new Map<string, string>()
    this.#byUrl.set(language, found)
    return found
  }

  /** The language of a page. */
  languageOf(file: string): string | undefined {
    return this.#byFile.get(file)?.[0]?.language
  }

  /** The page at a URL path; one without a language leads to that of the page with the link, or to the main one. */
  at(path: string, from: string): PageAt | undefined {
    const url = path.normalize()
    const languages = this.#languages
    if (!languages) {
      const file = this.#byUrl.get('')?.get(url)
      return file === undefined ? undefined : {file}
    }
    const [language, rest] = this.#split(url)
    const named = language === undefined ? undefined : this.#in(language, rest, languages)
    if (named !== undefined) return {file: named}
    const own = this.#in(this.languageOf(from) ?? languages.main, url, languages)
    const main = this.#in(languages.main, url, languages)
    // Some collections of a site may have languages, and others none.
    const file = own ?? main ?? this.#byUrl.get('')?.get(url)
    return file === undefined ? undefined : {file, ...(main !== undefined && main !== file && {or: main})}
  }

  #in(language: string, url: string, {fallsBack, main}: Languages): string | undefined {
    return this.#byUrl.get(language)?.get(url) ?? (fallsBack ? this.#byUrl.get(main)?.get(url) : undefined)
  }

  /** A URL path as its language and the rest: `fr/docs/setup` → `fr`, `docs/setup`. */
  #split(url: string): [language: string | undefined, rest: string] {
    const [first = ''] = url.split('/', 1)
    return this.#languages?.all.has(first) ? [first, url.slice(first.length + 1)] : [undefined, url]
  }

  /** A URL path without a language at its start. */
  withoutLanguage(path: string): string {
    return this.#split(path)[1]
  }

  /** The URL paths of a file, without slashes at their ends. */
  urlsOf(file: string): string[] {
    return (this.#byFile.get(file) ?? []).map((page) => this.#urlOf(page))
  }

  #urlOf({url, language}: PublishedPage): string {
    const {hidden, main} = this.#languages ?? {hidden: 'all'}
    return hidden === 'all' || language === undefined || (hidden === 'main' && language === main)
      ? url
      : joinPath(language, url)
  }

  /** Are there pages below a URL path? */
  isFolder(url: string): boolean {
    return this.#folders.has(url)
  }

  /** The page with the most similar name to that of a URL path, in the same folder. */
  nearest(path: string, from: string): string | undefined {
    const language = this.languageOf(from) ?? this.#languages?.main ?? ''
    const files = this.#byUrl.get(language)
    if (!files) return
    const names = this.#names.get(language) ?? new NamesByFolder(() => files.keys())
    this.#names.set(language, names)
    const url = names.nearest(this.withoutLanguage(path))
    return url === undefined ? undefined : files.get(url)
  }
}
