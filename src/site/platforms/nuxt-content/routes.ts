import {joinPath, nameOf} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {PageSource} from '../../platform.ts'
import {record} from '../../shared/data.ts'
import {groupBy} from '../../shared/group-by.ts'
import {NamesByFolder} from '../../shared/names-by-folder.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import {routeIn, type Source} from './collections.ts'
import type {NuxtConfig} from './config.ts'
import {ANY, patternOfRoute, refined} from './slugs.ts'

/** The pages that the collections of a site publish. Routes are URL paths without slashes at their ends. */
export class Routes {
  readonly #config: NuxtConfig
  /** The files at each route, in the order of their sources. */
  readonly #files = new Map<string, string[]>()
  readonly #routes = new Map<string, string[]>()
  readonly #sources = new Map<string, Source>()
  /** Routes of which a part is not known. */
  readonly #uncertain = new UrlPatterns()
  readonly #names = new NamesByFolder(() => this.#files.keys())
  #byName: ReadonlyMap<string, readonly string[]> | undefined

  constructor({files}: Tree, config: NuxtConfig, page: PageSource['page']) {
    this.#config = config
    for (const source of config.sources)
      for (const file of files) {
        const route = routeIn(source, file)
        if (route === undefined) continue
        if (!this.#sources.has(file)) this.#sources.set(file, source)
        for (const each of this.#formsOf(pathOf(page, file) ?? route, file, source)) this.#add(each, file)
      }
  }

  /**
   * The forms of a route: the first is that of its URL, which begins with a language that its source leaves out, unless it
   * is the default one; undocs keeps names as they are, and knows README files.
   */
  #formsOf(route: string, file: string, source: Source): string[] {
    const {folder, prefix} = source
    const locale = this.#localeOf(source)
    if (locale !== undefined && locale !== this.#config.defaultLocale) return [joinPath(locale, route)]
    if (!this.#config.keepsCase) return [route]
    const name = file.slice(folder === '' ? 0 : folder.length + 1).replace(/\.[^./]+$/, '')
    const plain = name
      .split('/')
      .map((segment) => refined(segment).replace(/^readme$/i, ''))
      .filter(Boolean)
    return [...new Set([joinPath(prefix, plain.join('/')), route])]
  }

  #add(route: string, file: string): void {
    if (route.includes(ANY)) this.#uncertain.add(patternOfRoute(route), `/${before(route, ANY)}`)
    addTo(this.#files, route, file)
    addTo(this.#routes, file, route)
  }

  /** The routes of a file; empty if it is not published. */
  of(file: string): readonly string[] {
    return this.#routes.get(file) ?? []
  }

  /** The file at a route: of several, the one from the source of the page with the link. */
  at(route: string, from: string): string | undefined {
    const files =
      this.#files.get(route) ?? this.#translated(route, from) ?? this.#files.get(this.#withoutLocale(route))
    if (!files || files.length === 1) return files?.[0]
    const source = this.#sources.get(from)
    return files.find((file) => this.#sources.get(file) === source) ?? files[0]
  }

  /** The language that a source holds the pages of, and whose name its routes do not have. */
  #localeOf({fixed, prefix}: Source): string | undefined {
    const [first = ''] = fixed.split('/', 1)
    const isIn = `${prefix.replace(/^\//, '')}/`.startsWith(`${first}/`)
    return this.#config.locales.has(first) && !isIn ? first : undefined
  }

  /** A route without the language that it begins with, whose pages may be those of the default language. */
  #withoutLocale(route: string): string {
    const [first = ''] = route.split('/', 1)
    return this.#config.locales.has(first) ? route.slice(first.length + 1) : route
  }

  /** The file at a route in the language of the page with the link, to which code may lead instead. */
  translationAt(route: string, from: string): string | undefined {
    return this.#translated(route, from)?.[0]
  }

  #translated(route: string, from: string): readonly string[] | undefined {
    const source = this.#sources.get(from)
    const locale = source && this.#localeOf(source)
    return locale === undefined ? undefined : this.#files.get(joinPath(locale, route))
  }

  /** May a file whose name is written in Latin letters be published at a URL path? */
  mayBe(path: string): boolean {
    return this.#uncertain.test(path)
  }

  /** The file whose route is most similar to another in its folder, or has the same name elsewhere, if only one has. */
  nearest(route: string): string | undefined {
    const beside = this.#names.nearest(route)
    if (beside !== undefined) return this.#files.get(beside)?.[0]
    this.#byName ??= groupBy(this.#files.keys(), nameOf)
    const [same, ...others] = (nameOf(route) !== '' && this.#byName.get(nameOf(route))) || []
    return same === undefined || others.length > 0 ? undefined : this.#files.get(same)?.[0]
  }
}

function addTo(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key)
  if (!values) map.set(key, [value])
  else if (!values.includes(value)) values.push(value)
}

/** The route that the front matter of a page gives it. */
function pathOf(page: PageSource['page'], file: string): string | undefined {
  if (!file.endsWith('.md')) return
  const {path, _path} = record(page(file)?.frontMatter?.data)
  const own = path ?? _path
  return typeof own === 'string' && own.startsWith('/') ? joinPath('', own) : undefined
}
