import escapeStringRegexp from 'escape-string-regexp'
import {folderPrefix, pathBelow} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {PageSource} from '../../platform.ts'
import {record, strings} from '../../shared/data.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {VuepressConfig} from './config.ts'
import {GAP, permalinkOf, type Source} from './permalinks.ts'

/**
 * The URL path that follows from the path of a source file: `guide/lamp.md` → `/guide/lamp.html`, `guide/README.md` and
 * `guide/index.md` → `/guide/` (`inferRoutePath`, in the first version `fileToPath`).
 */
export function regularUrl(path: string, ignoresCase = false): string {
  const index = ignoresCase
    ? /(^|\/)(?:README|index)\.(?:md|vue)$/i
    : /(^|\/)(?:[Rr][Ee][Aa][Dd][Mm][Ee]|index)\.md$/
  if (index.test(path)) return `/${path.replace(index, '$1')}`
  return `/${path.replace(/\.(?:md|vue)$/, '')}.html`
}

/** A URL path without characters that are not allowed everywhere in names of files, as the second version writes it. */
const sanitizedUrl = (url: string) =>
  url
    .split('/')
    .map((name) => name.replace(/[\0-\x1f"#$%&*+,:;<=>?[\]^`{|}\x7f]/g, '_').replace(/^_+/, ''))
    .join('/')

/** The pages of a site and their URL paths, below its base. */
export class Routes {
  readonly #tree: Tree
  readonly #config: VuepressConfig
  readonly #page: PageSource['page']
  readonly #isOf1: boolean
  #files: ReadonlyMap<string, string> | undefined
  readonly #urls = new Map<string, string[]>()
  /** Permalinks of which a part is not known. */
  readonly #patterns = new UrlPatterns()
  /** The prefix of all source paths: the source folder with a trailing slash. */
  readonly prefix: string

  constructor(tree: Tree, config: VuepressConfig, page: PageSource['page'] = () => undefined) {
    this.#tree = tree
    this.#config = config
    this.#page = page
    this.#isOf1 = config.versions.length === 1 && config.versions[0] === 1
    this.prefix = folderPrefix(config.source)
  }

  /** Is a file a page of the site, or a component that the first version takes for one? */
  isPublished(file: string): boolean {
    const path = pathBelow(file, this.#config.source)
    // Globs match no hidden names.
    if (path === undefined || /(?:^|\/)\./.test(path)) return false
    const isSource = path.endsWith('.md') || (this.#isOf1 && path.endsWith('.vue'))
    return isSource && this.#config.isPage(path)
  }

  /** Does a file belong to the site? Pages at the top that it leaves out are for readers of the repository. */
  owns(file: string): boolean {
    const path = pathBelow(file, this.#config.source)
    if (path === undefined || path.startsWith('.vuepress/')) return false
    return path.includes('/') || !path.endsWith('.md') || this.isPublished(file)
  }

  /** The URL paths of a page, of which the first is the one that it is published at. */
  urlsOf(file: string): readonly string[] {
    let urls = this.#urls.get(file)
    if (!urls) this.#urls.set(file, (urls = this.#findUrls(file)))
    return urls
  }

  #findUrls(file: string): string[] {
    if (!this.isPublished(file)) return []
    const path = file.slice(this.prefix.length)
    const source: Source = {path, regular: regularUrl(path, this.#isOf1), page: this.#page(file)}
    const permalinks = this.#config.versions.flatMap(
      (version) => permalinkOf(source, this.#config, version) ?? [],
    )
    for (const each of permalinks)
      if (each.includes(GAP)) {
        const parts = each.split(GAP)
        this.#patterns.add(`^${parts.map(escapeStringRegexp).join('[^/]+')}$`, parts[0]!)
      }
    const urls = [...permalinks.filter((each) => !each.includes(GAP)), source.regular]
    return [...new Set([...urls, ...(this.#isOf1 ? [] : urls.map(sanitizedUrl))])]
  }

  /** The page at a URL path; its regular one leads there, too, even if it has a permalink. */
  pageAt(url: string): string | undefined {
    this.#files ??= this.#collect()
    return this.#files.get(this.#keyOf(url))
  }

  /** May a page have a permalink with a part that is not known at a URL path? */
  mayBeAt(url: string): boolean {
    this.#files ??= this.#collect()
    return this.#patterns.test(url)
  }

  /** Vue's router of the first version ignores letter case. */
  #keyOf(url: string): string {
    const key = url.normalize()
    return this.#isOf1 ? key.toLowerCase() : key
  }

  #collect(): Map<string, string> {
    const files = new Map<string, string>()
    const add = (url: string, file: string) => {
      const key = this.#keyOf(url)
      if (!files.has(key)) files.set(key, file)
    }
    const pages = [...this.#tree.files].filter((file) => this.isPublished(file))
    for (const file of pages) for (const url of this.urlsOf(file)) add(url, file)
    for (const file of pages)
      for (const url of strings(record(this.#page(file)?.frontMatter?.data).redirectFrom))
        for (const each of formsOf(url)) add(each, file)
    return files
  }
}

/** The URL paths at which a redirect is found: `/a`, `/a/` and `/a.html`. */
const formsOf = (url: string) => {
  const stem = url.replace(/\.(?:html|md)$|\/$/, '')
  return [`${stem}/`, `${stem}.html`]
}
