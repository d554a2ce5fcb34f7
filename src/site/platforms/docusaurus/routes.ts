import {Names} from '../../../text/nearest.ts'
import {folderOf, joinPath, nameOf} from '../../../text/paths.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {record} from '../../shared/data.ts'
import type {DocusaurusConfig} from './config.ts'
import {keyOf, publishedAt} from './page-urls.ts'
import type {SiteFiles} from './site-files.ts'
import type {SourceFile, SourceFiles} from './sources.ts'

/** The files that a Docusaurus site publishes, and their URLs. */
export class DocusaurusRoutes {
  readonly #ctx: SiteContext & PageSource
  readonly #config: DocusaurusConfig
  readonly #sources: SourceFiles
  readonly #routes = new Map<string, Map<string, string>>()
  #byFolder: Map<string, {names: Names; paths: ReadonlyMap<string, string>}> | undefined
  #pageCounts: ReadonlyMap<string, number> | undefined
  /** The locales of the site, which are the first segments of URLs. */
  readonly locales: ReadonlySet<string>

  constructor(ctx: SiteContext & PageSource, {config, sources}: SiteFiles) {
    this.#ctx = ctx
    this.#config = config
    this.#sources = sources
    this.locales = new Set([...config.locales, ...sources.locales(ctx.tree.folders)])
  }

  /** The URLs of a file, with the site's base; empty if it is not published. */
  urlsOf(path: string): string[] {
    const copied = this.staticPath(path)
    if (copied !== undefined) return [this.#config.base + copied.slice(1)]
    const source = this.#sources.of(path)
    if (!source || !this.#sources.isPage(source) || this.isDraft(path)) return []
    const url = this.baseOf(source.locale) + this.#urlOf(path, source).slice(1)
    return [this.#config.trailingSlash ? `${url}/` : url]
  }

  /** The path of a static file below the base: `static/img/lamp.png` → `/img/lamp.png` */
  staticPath(path: string): string | undefined {
    const folder = this.#config.statics.find((each) => path.startsWith(`${each}/`))
    return folder === undefined ? undefined : path.slice(folder.length)
  }

  #urlOf(path: string, {content, file}: SourceFile): string {
    return publishedAt(file, this.#dataOf(path), content)
  }

  #dataOf(path: string): Record<string, unknown> {
    return record(this.#ctx.page(path)?.frontMatter?.data)
  }

  /** Is a page excluded from the published site? */
  isDraft(path: string): boolean {
    return this.#dataOf(path).draft === true
  }

  /** The base path of a locale, with a leading and a trailing slash. */
  baseOf(locale: string | undefined): string {
    const {base, defaultLocale} = this.#config
    return locale === undefined || locale === defaultLocale ? base : `${base}${locale}/`
  }

  /** The files of a locale by their URLs below its base; originals replace missing translations. */
  #of(locale: string | undefined): Map<string, string> {
    let routes = this.#routes.get(locale ?? '')
    if (routes) return routes
    routes = new Map()
    for (const path of this.#ctx.tree.files) {
      const source = this.#sources.of(path)
      if (!source || source.locale !== undefined || !this.#sources.isPage(source)) continue
      const translation = locale === undefined ? path : this.#sources.translation(source, locale)
      const shown = this.#ctx.lookup.isFile(translation) ? translation : path
      if (!this.isDraft(shown)) routes.set(this.#urlOf(shown, source), shown)
    }
    this.#routes.set(locale ?? '', routes)
    return routes
  }

  /** The URL of a page that relative URLs are resolved against: with the site's base and no trailing slash. */
  urlOfPage(from: string, source: SourceFile): string {
    return keyOf(this.baseOf(source.locale) + this.#urlOf(from, source).slice(1))
  }

  /** The file at a path below the base. */
  at(place: string): string | undefined {
    const [, first = ''] = place.split('/', 2)
    const locale = this.locales.has(first) && first !== this.#config.defaultLocale ? first : undefined
    const path = locale === undefined ? place : place.slice(first.length + 1)
    const key = keyOf(path)
    const page = this.#of(locale).get(key)
    if (page !== undefined) return page
    const names = [key, `${key}.html`, `${key}/index.html`].map((name) => name.slice(1))
    for (const folder of this.#config.statics)
      for (const name of names)
        if (name !== '' && this.#ctx.lookup.isFile(joinPath(folder, name))) return joinPath(folder, name)
    return
  }

  /** Are there several Markdown files in a folder? */
  hasPages(folder: string): boolean {
    this.#pageCounts ??= countPages(this.#ctx.tree.files)
    return (this.#pageCounts.get(folder) ?? 0) > 1
  }

  /** Are there several pages in a section, by its path below the base? */
  hasSection(section: string): boolean {
    this.#byFolder ??= this.#foldersOf(this.#of(undefined))
    return (this.#byFolder.get(section.toLowerCase())?.paths.size ?? 0) > 1
  }

  /**
   * The page in the same URL folder with the nearest name; compared by entire URLs, unrelated pages would look similar.
   */
  nearest(place: string): string | undefined {
    const key = keyOf(place)
    this.#byFolder ??= this.#foldersOf(this.#of(undefined))
    const inFolder = this.#byFolder.get(folderOf(key).toLowerCase())
    const name = inFolder?.names.nearest(nameOf(key))
    return name === undefined ? undefined : inFolder!.paths.get(name)
  }

  /** The pages of each URL folder, by name. */
  #foldersOf(routes: ReadonlyMap<string, string>) {
    const folders = new Map<string, Map<string, string>>()
    for (const [url, path] of routes) {
      const folder = folderOf(url).toLowerCase()
      const paths = folders.get(folder)
      if (paths) paths.set(nameOf(url), path)
      else folders.set(folder, new Map([[nameOf(url), path]]))
    }
    return new Map([...folders].map(([folder, paths]) => [folder, {names: new Names(paths.keys()), paths}]))
  }
}

function countPages(files: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const file of files)
    if (/\.mdx?$/.test(file)) counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1)
  return counts
}
