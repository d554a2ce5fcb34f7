import escapeStringRegexp from 'escape-string-regexp'
import {slug as githubSlug} from 'github-slugger'
import type {Page} from '../../../page/types.ts'
import {joinPath} from '../../../text/paths.ts'
import {before} from '../../../text/trim.ts'
import type {PageSource, SiteContext} from '../../platform.ts'
import {record} from '../../shared/data.ts'
import {UrlPatterns} from '../../shared/url-patterns.ts'
import {CollectionEntries, type CollectionRoute} from './collections.ts'
import type {AstroConfig} from './config.ts'

/** The extensions of pages in a content collection. */
const CONTENT = /\.(?:markdown|mdown|mkdn|mkd|mdwn|md|mdx|mdoc)$/
/** The extensions of files in `src/pages` that become pages. */
const PAGE = /\.(?:astro|html|markdown|mdown|mkdn|mkd|mdwn|md|mdx)$/
/** The path of a file other than a page: `/images/a.png` */
const ASSET = /\.(?!html?$)[a-z]\w{1,4}$/i
/** Files of `src/pages` named after their output: `robots.txt.ts`. */
const ENDPOINT = /\.[cm]?[jt]s$/

/** The route that Astro gives a page of the `docs` collection: `Guides/Set up.md` → `guides/set-up`. */
export const slugOf = (name: string): string =>
  name
    .replace(CONTENT, '')
    .split('/')
    .map((segment) => githubSlug(segment))
    .join('/')
    .replace(/(?:^|\/)index$/, '')

/** Is a page excluded from the published site? */
export const isDraft = (page: Page | undefined): boolean => record(page?.frontMatter?.data).draft === true

/** The route of an entry of a collection, by its name below the folder; undefined for a file that is not published. */
function entryRoute(page: Page | undefined, name: string): string | undefined {
  if (!CONTENT.test(name) || /(?:^|\/)_[^/]*$/.test(name) || isDraft(page)) return
  const data = record(page?.frontMatter?.data)
  const slug = typeof data.slug === 'string' && data.slug !== '' ? data.slug : slugOf(name)
  return joinPath('', slug.replace(/(?:^|\/)index$/, '').normalize())
}

/** The expression for a route with parameters, `/a/[b]` or `/[...c]`; undefined for one without. */
export function patternOf(route: string): string | undefined {
  if (!route.includes('[')) return
  let pattern = ''
  for (const part of route.replace(/\/$/, '').split('/')) {
    if (part === '') continue
    if (/^\[\.\.\..*\]$/.test(part)) pattern += '(?:/.*)?'
    else
      pattern += `/${part
        .split(/(\[[^[\]]*\])/)
        .map((text, index) => (index % 2 ? '[^/]*' : escapeStringRegexp(text)))
        .join('')}`
  }
  return `^${pattern}/?$`
}

/** The pages of a site by their paths below its base, without trailing slashes. */
export class Routes {
  readonly #config: AstroConfig
  /** Pages of the `docs` collection. */
  readonly #pages = new Map<string, string>()
  readonly #urls = new Map<string, string>()
  /** Files of `src/pages`. */
  readonly #others = new Map<string, string>()
  readonly #patterns = new UrlPatterns()
  /** Those of pages only, whose URLs have no extension of another file. */
  readonly #patternsOfPages = new UrlPatterns()
  readonly #locales: ReadonlySet<string>
  readonly #redirected = new Set<string>()
  readonly #entries: CollectionEntries

  constructor(
    {tree, page}: SiteContext & PageSource,
    config: AstroConfig,
    collections: readonly CollectionRoute[],
  ) {
    this.#config = config
    this.#entries = new CollectionEntries(collections, tree.files, (file, name) =>
      entryRoute(page(file), name),
    )
    this.#locales = new Set(config.locales)
    const docs = `${config.sourceFolder}/content/docs/`
    const pages = `${config.sourceFolder}/pages/`
    const ofPages = new Set(
      collections.filter(({isStatic}) => isStatic).map(({segments}) => segments.join('/')),
    )
    for (const file of tree.files)
      if (config.hasStarlight && file.startsWith(docs))
        this.#addContent(page(file), file, file.slice(docs.length))
      else if (file.startsWith(pages)) this.#addPage(file, file.slice(pages.length), ofPages)
    for (const route of config.redirects) {
      const pattern = patternOf(route)
      if (pattern) this.#patterns.add(pattern, before(route, '['))
      else this.#redirected.add(joinPath('', route))
    }
  }

  #addContent(page: Page | undefined, file: string, name: string): void {
    const route = entryRoute(page, name)
    if (route === undefined) return
    this.#pages.set(route, file)
    this.#urls.set(file, route)
  }

  /** @param ofPages The routes with parameters that serve pages only. */
  #addPage(file: string, name: string, ofPages: ReadonlySet<string>): void {
    if (/(?:^|\/)_/.test(name) || !(PAGE.test(name) || ENDPOINT.test(name))) return
    const route = name
      .replace(PAGE, '')
      .replace(ENDPOINT, '')
      .replace(/(?:^|\/)index$/, '')
    const pattern = patternOf(`/${route}`)
    const patterns = ofPages.has(route) ? this.#patternsOfPages : this.#patterns
    if (pattern) patterns.add(pattern, before(route, '['))
    else {
      this.#others.set(route, file)
      if (!ENDPOINT.test(name)) this.#urls.set(file, route)
    }
  }

  /** The route of a file, if it is published. */
  of(file: string): string | undefined {
    return this.#urls.get(file)
  }

  /** The file shown at a route: the page, or that of the default language if it is not translated. */
  at(route: string): string | undefined {
    return this.#others.get(route) ?? this.#pages.get(route) ?? this.#fallback(route)
  }

  /** The files that code may show at a route with parameters, those most like the page with the link first. */
  shownAt(route: string, from: string): string[] {
    return this.#entries.at(route, from)
  }

  #fallback(route: string): string | undefined {
    const {defaultLocale} = this.#config
    const locale = route.replace(/\/.*/s, '')
    if (defaultLocale === undefined || locale === defaultLocale || !this.#locales.has(locale)) return
    return this.#pages.get(joinPath(defaultLocale, route.slice(locale.length + 1)))
  }

  /** Does the configuration redirect a route? */
  isRedirected(route: string): boolean {
    return this.#redirected.has(route)
  }

  /** May a route with parameters, or a redirect with some, match a route? */
  mayMatch(route: string): boolean {
    const path = route === '' ? '/' : `/${route}`
    return this.#patterns.test(path) || (!ASSET.test(path) && this.#patternsOfPages.test(path))
  }
}
