import {isMarkdownFile} from '../../text/markdown-files.ts'
import {folderOf, isBelow, nameOf} from '../../text/paths.ts'
import type {Tree} from '../../tree/tree.ts'
import type {DescribedRoutes, Description} from '../description.ts'
import type {PageSource} from '../platform.ts'
import {byPath} from '../shared/by-path.ts'
import {NamesByFolder} from '../shared/names-by-folder.ts'
import {routesInFrontMatter} from './front-matter-urls.ts'
import {Mounts} from './mounts.ts'

/** Extensions of the files that generators make pages of. */
const SOURCE =
  /\.(?:mdx?|markdown|mdown|mkdn?|mkdown|mdoc|svx|qmd|rmd|html?|vto|njk|liquid|hbs|ejs|pug|vue|svelte|astro|webc|[jt]sx?|rst|adoc|asciidoc|org|ipynb|topic)$/i
const NUMBER = /^(?:\d+[-_. ]+(?=\D)|\d+\.(?=\d+[a-z])|\(\d+\)(?=.))/
const GROUP = /^\(.*\)$/
/** The names of pages at the URL of their folder, unless the description names others. */
export const INDEX_NAMES = ['index', '_index', 'README', 'readme'] as const

/** A name without the number before it: `1.guide`, `01-guide` and `(1)guide` → `guide`, `5.2fa` → `2fa`. */
export const withoutNumber = (name: string): string => name.replace(NUMBER, '')

/** Does a path end in an extension? The name of `2.setup` is `setup`, though. */
export const hasExtension = (path: string): boolean => /\.\w{1,5}$/.test(withoutNumber(nameOf(path)))

const HIDDEN = /(?:^|\/)(?:\.[^/]*|node_modules)\//

/** Is a path in a hidden folder, or in one of packages? */
export const isHidden = (path: string): boolean => HIDDEN.test(path)

/** Is a file one that a generator may make a page of? */
export const isPageSource = (path: string): boolean => SOURCE.test(path)

/** A path without the extension of a page's source or URL: `guide/setup.md` and `guide/setup.html` → `guide/setup`. */
export const withoutSourceExtension = (path: string): string => path.replace(SOURCE, '')

/** A URL path without its variable ending: `guide/`, `guide.html` and `guide/index.html` → `guide`. */
const withoutUrlEnding = (url: string): string =>
  url
    .replace(/\.(?:html?|mdx?)$/i, '')
    .replace(/(^|\/)index$/, '$1')
    .replace(/\/$/, '')

/**
 * Create the function that turns a path without extension into a route: with numbers, groups and
 * `index` dropped, `1.guide/(start)/02-setup` → `guide/setup` and `guide/index` → `guide`.
 */
export function routeMaker({
  index = INDEX_NAMES,
  dropsNumbers,
  dropsGroups,
}: DescribedRoutes): (path: string) => string {
  const names = new Set(index)
  return (path) => {
    let segments = path.split('/')
    if (dropsGroups) segments = segments.filter((segment) => !GROUP.test(segment))
    if (dropsNumbers) segments = segments.map(withoutNumber)
    if (names.has(segments.at(-1)!)) segments.pop()
    return segments.join('/')
  }
}

/** The pages that a described site publishes. Routes are URL paths without slashes and extensions at their ends. */
export class Routes {
  readonly content: Mounts
  /** The route of a file, or of its path without extension; undefined outside of the content folders. */
  readonly of: (path: string) => string | undefined = byPath((path) => this.#routeOf(path))
  /** The file that is published at a URL path, in any of its forms: `guide`, `guide/index.html`, `guide.html`. */
  readonly at: (url: string) => string | undefined = byPath((url) => this.#fileAt(url))
  readonly #tree: Tree
  readonly #page: PageSource['page'] | undefined
  readonly #root: string
  readonly #make: (path: string) => string
  readonly #ignoresCase: boolean
  #files: ReadonlyMap<string, string> | undefined
  readonly #names = new NamesByFolder(() => this.#files!.keys())

  /** @param page Finds the facts of a page; without it, front matter counts for nothing. */
  constructor(tree: Tree, {root, content = {'': '/'}, routes = {}}: Description, page?: PageSource['page']) {
    this.#tree = tree
    this.#page = page
    this.#root = root
    this.content = new Mounts(root, content)
    this.#make = routeMaker(routes)
    this.#ignoresCase = routes.ignoresCase ?? false
  }

  #routeOf(path: string): string | undefined {
    const place = this.content.split(path)
    if (!place) return
    const inside = this.#make(withoutSourceExtension(place.rest))
    return [this.content.urlOf(place.folder), inside].filter(Boolean).join('/')
  }

  /** Is a file published at the URL of its folder? */
  isIndex(file: string): boolean {
    const route = this.of(file)
    return route !== undefined && this.of(folderOf(file)) === route
  }

  #fileAt(url: string): string | undefined {
    this.#files ??= this.#collect()
    return this.#files.get(this.#keyOf(this.#make(withoutUrlEnding(url))))
  }

  /** The file whose route has the most similar name to a URL path in the same folder; undefined if none is similar. */
  nearest(url: string): string | undefined {
    this.#files ??= this.#collect()
    const beside = this.#names.nearest(this.#keyOf(this.#make(withoutUrlEnding(url))))
    return beside === undefined ? undefined : this.#files.get(beside)
  }

  #keyOf(route: string): string {
    const key = route.normalize()
    return this.#ignoresCase ? key.toLowerCase() : key
  }

  #collect(): Map<string, string> {
    const files = new Map<string, string>()
    const further: [route: string, file: string][] = []
    for (const [file, route] of this.#sources()) {
      const key = this.#keyOf(route)
      const other = files.get(key)
      if (other === undefined || (isMarkdownFile(file) && !isMarkdownFile(other))) files.set(key, file)
      const page = this.#page?.(file)
      if (page) for (const each of routesInFrontMatter(page, folderOf(route))) further.push([each, file])
    }
    for (const [route, file] of further) {
      const key = this.#keyOf(this.#make(withoutUrlEnding(route)))
      if (!files.has(key)) files.set(key, file)
    }
    return files
  }

  /** The files of pages in the content folders, with their routes. */
  *#sources(): Generator<[file: string, route: string]> {
    for (const file of this.#tree.files) {
      if (!isBelow(file, this.#root) || !isPageSource(file) || isHidden(file)) continue
      const route = this.of(file)
      if (route !== undefined) yield [file, route]
    }
  }
}
