import escapeStringRegexp from 'escape-string-regexp'
import {folderOf, isBelow, nameOf, pathBelow} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import type {Tree} from '../../../tree/tree.ts'
import {canonicalUrl} from '../../shared/canonical-url.ts'
import {strings} from '../../shared/data.ts'
import {groupBy} from '../../shared/group-by.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import type {JekyllConfig} from './config.ts'
import {defaultsFor} from './defaults.ts'
import {urlOf, urlOfStaticFile} from './permalinks.ts'
import {isMarkdown} from './placeholders.ts'
import {type Place, placeOf} from './places.ts'

/** A placeholder that is not known. */
const PLACEHOLDER = /:[a-z_]/

type FrontMatter = Record<string, unknown>

/** The URLs of the files of a Jekyll site, without `baseurl`. */
export class JekyllRoutes {
  readonly #urls = new Map<string, string[]>()
  readonly #files = new Map<string, string>()
  readonly #posts: ReadonlyMap<string, readonly string[]>
  readonly #uncertain = new UrlPatterns()

  /**
   * @param root The site's folder, from the tree's root.
   * @param frontMatterOf Returns the front matter of a file, by its path from the tree's root; undefined if it has
   * none.
   */
  constructor(
    {files}: Tree,
    root: string,
    config: JekyllConfig,
    frontMatterOf: (file: string) => FrontMatter | undefined,
  ) {
    for (const url of config.lists) this.#addUncertain(url)
    const own = [...files].filter((file) => isBelow(file, root))
    const redirects = new Map<string, string>()
    // Plugins replace placeholders.
    for (const file of own)
      for (const url of this.#add(file, pathBelow(file, root)!, frontMatterOf(file), config))
        if (PLACEHOLDER.test(url)) this.#addUncertain(url)
        else redirects.set(canonicalUrl(url), file)
    for (const [url, file] of redirects) if (!this.#files.has(url)) this.#files.set(url, file)
    this.#addReadmes(root)
    const posts = own.filter((file) => file.includes('_posts/'))
    this.#posts = groupBy(posts, (file) => nameOf(file).replace(/\.[^.]*$/, ''))
  }

  /** @returns the URLs that redirect to the file */
  #add(file: string, path: string, frontMatter: FrontMatter | undefined, config: JekyllConfig): string[] {
    const urls = publishedAt(path, frontMatter, config)
    if (typeof urls === 'string') {
      this.#addUncertain(urls)
      return []
    }
    this.#urls.set(file, urls)
    for (const url of urls) this.#files.set(canonicalUrl(url), file)
    return urls.length > 0 ? redirectsTo(path, frontMatter, config) : []
  }

  /** Publish README as the index of a folder without another one (jekyll-readme-index, which GitHub Pages enables). */
  #addReadmes(root: string): void {
    for (const [file, urls] of this.#urls) {
      if (urls.length === 0 || !/^readme\.(?:md|markdown)$/i.test(nameOf(file))) continue
      const folder = canonicalUrl(`/${folderOf(pathBelow(file, root)!)}`)
      if (this.#files.has(folder)) continue
      this.#files.set(folder, file)
      urls.push(folder === '' ? '/' : `${folder}/`)
    }
  }

  /** Record the URLs that a permalink with unsupported placeholders may expand to. */
  #addUncertain(url: string): void {
    const path = canonicalUrl(`/${url}`.replace(/\/{2,}/g, '/'))
    const parts = path.split(/:[a-z_]+/).map(escapeStringRegexp)
    this.#uncertain.add(`^${parts.join('.+')}$`, before(path, ':'), {caseless: true})
  }

  /** May a file be published at a URL that could not be determined? */
  mayHave(url: string): boolean {
    return this.#uncertain.test(canonicalUrl(url))
  }

  /** The URLs of a file, the main one first; empty if it is not published. */
  urlsOf(file: string): string[] {
    return this.#urls.get(file) ?? []
  }

  /** The file published at a URL. As for all HTML, hosts add the extension of an index: `/rules/index`. */
  fileAt(url: string): string | undefined {
    return this.#files.get(canonicalUrl(url)) ?? this.#files.get(canonicalUrl(`${url}.html`))
  }

  /** The posts with a name, such as `2024-01-31-news`. */
  postsNamed(name: string): readonly string[] {
    return this.#posts.get(name) ?? []
  }
}

/**
 * The URLs at which Jekyll publishes a file, the main one first.
 *
 * @param path From the site's root.
 * @param frontMatter The file's front matter; undefined for a file without any.
 * @returns empty if the file is not published; a single URL with placeholders if these are not supported
 */
export function publishedAt(
  path: string,
  frontMatter: FrontMatter | undefined,
  config: JekyllConfig,
): string[] | string {
  const found = placeOf(path, config)
  if (!found) return []
  const {collection} = found
  const defaults = inherited(path, found, config)
  const values = {...defaults, ...frontMatter}
  if (values.published === false) return []
  const document = {...found, values, defaultCategories: defaults.categories}
  if (frontMatter || collection === 'posts') {
    const url = urlOf(document, config)
    return PLACEHOLDER.test(url) ? url : [url]
  }
  // Files without front matter are copied; Markdown files also become pages if jekyll-optional-front-matter runs.
  const copied = collection === '' ? `/${path}` : urlOfStaticFile(found.path, collection, config)
  return isMarkdown(path) ? [copied, urlOf(document, config)] : [copied]
}

/** The URLs that redirect to a page (jekyll-redirect-from); the page's own links are not resolved against them. */
function redirectsTo(path: string, frontMatter: FrontMatter | undefined, config: JekyllConfig): string[] {
  const place = placeOf(path, config)
  const values = {...(place && inherited(path, place, config)), ...frontMatter}
  return strings(values.redirect_from).map((url) => `/${url}`.replace(/\/{2,}/g, '/'))
}

const inherited = (file: string, {path, collection}: Place, {defaults}: JekyllConfig): FrontMatter =>
  defaultsFor(file, {path, type: collection || 'pages'}, defaults)
