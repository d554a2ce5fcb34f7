import {isMisspelling} from '../text/nearest.ts'
import {withoutQuery} from '../text/urls.ts'
import {collectPaths, type GuessedHome, guessHomes, pageName} from './guess-homes.ts'
import {canonicalUrl} from './shared/canonical-url.ts'
import {isUrlAtOrBelow} from './site-urls.ts'
import type {Site} from './types.ts'

/** The URL of a published site. */
export interface Home {
  site: Site
  /** Without a trailing slash. */
  url: string
  /** The URL as {@link withoutScheme} returns it. */
  plain: string
  /** The start of its URLs that the site does not resolve: the origin, or the whole URL of a guessed home. */
  prefix: string
  /** The URLs that show it, if no configuration states it. */
  guess?: GuessedHome
}

type FoundHome = Omit<Home, 'plain'>

/** The sites of a tree, and the links that show where they are published. */
export interface HomesContext {
  /** The detected sites, without the host. */
  sites: readonly Site[]
  /** The site of a file. */
  of(path: string): Site
  /** The files of a site by the URL paths at which they are published. */
  publishedBy(site: Site): ReadonlyMap<string, readonly string[]>
  /** The URLs of the links on pages. */
  urls(): Iterable<string>
  /** The paths of all pages. */
  pages(): Iterable<string>
  /** The home pages that packages of the tree state. */
  homepages: ReadonlySet<string>
}

/** Trees with more sites are collections of examples. */
const MOST_SITES = 20

/** Hosts that templates of configurations state, and texts use as examples: https://www.rfc-editor.org/rfc/rfc2606 */
const EXAMPLE = /^(?:example\.(?:com|net|org)|localhost)(?::\d+)?$/i

/** The homes of the sites of a tree: those that configurations state, and those that links show. */
export class Homes {
  readonly #context: HomesContext
  /** Longest first, since one site may be below another. */
  #all: readonly Home[] | undefined

  constructor(context: HomesContext) {
    this.#context = context
  }

  /** All homes; those of one site in no particular order. */
  all(): readonly Home[] {
    this.#all ??= [...this.#stated(), ...this.#guessed()]
      .map((home) => ({...home, plain: withoutScheme(home.url)}))
      .sort((a, b) => b.url.length - a.url.length)
    return this.#all
  }

  /** The home that an absolute URL on a page is at or below. */
  at(url: string, from: string): Home | undefined {
    const plain = withoutScheme(url)
    const nearest = this.all().find((home) => isUrlAtOrBelow(plain, home.plain))
    const alike = nearest ? this.all().filter((home) => home.url === nearest.url) : []
    // Several sites with the same home are examples; each only resolves links of its own pages.
    return alike.length > 1 ? alike.find(({site}) => site === this.#context.of(from)) : nearest
  }

  /**
   * The home whose path an absolute URL misspells: `https://example.org/en/lattest/use` for `https://example.org/en/latest`.
   * Another site is there if links lead to several of its pages.
   */
  misspelledBy(url: string): Home | undefined {
    const plain = withoutScheme(withoutQuery(url))
    for (const home of this.all()) {
      const start = isOfProject(home.plain) ? undefined : startMisspelling(home.plain, plain)
      if (start !== undefined && !this.#isUsed(start)) return home
    }
    return
  }

  /** Do links lead to several pages at or below a URL without scheme? */
  #isUsed(start: string): boolean {
    const found = new Set<string>()
    for (const url of this.#context.urls()) {
      const plain = withoutScheme(withoutQuery(url))
      if (isUrlAtOrBelow(plain, start)) found.add(canonicalUrl(plain))
    }
    return found.size > 1
  }

  /** Is no other site of the tree at or below a home? */
  isAlone({site, plain}: Home): boolean {
    return this.all().every((home) => home.site === site || !isUrlAtOrBelow(home.plain, plain))
  }

  #stated(): FoundHome[] {
    return this.#context.sites.flatMap((site) =>
      site.home === undefined || EXAMPLE.test(hostOf(site.home))
        ? []
        : {site, url: site.home, prefix: new URL(site.home).origin},
    )
  }

  /** The homes that links show, each for the site with the most pages there. */
  #guessed(): FoundHome[] {
    const {sites, publishedBy, urls, pages, homepages} = this.#context
    const found = new Map<string, FoundHome & {guess: GuessedHome}>()
    const candidates = sites.filter((site) => !site.assumed && !site.hasUnknownGenerator)
    if (candidates.length === 0 || candidates.length > MOST_SITES) return []
    const stated = candidates.flatMap(({home}) => (home === undefined ? [] : hostOf(home)))
    const isWanted = (host: string) => stated.length < candidates.length || stated.includes(withoutWww(host))
    const paths = collectPaths([...urls()], {isWanted, names: new Set([...pages()].map(pageName)), homepages})
    if (paths.size === 0) return []
    for (const site of candidates)
      for (const guess of guessHomes(paths, publishedBy(site).keys(), homepages)) {
        const {url} = guess
        const known = found.get(url)
        if ((known?.guess.found ?? 0) < guess.found && isNew(url, site, sites))
          found.set(url, {site, url, prefix: url, guess})
      }
    return [...found.values()]
  }
}

/** Is a home that of a wiki, on a host where other projects may have names that differ in a letter? */
const isOfProject = (home: string): boolean => /\/wikis?$/.test(home)

/** The start of a URL that misspells one segment of a home's path, without scheme as the home is. */
function startMisspelling(home: string, url: string): string | undefined {
  const [host, ...path] = home.split('/')
  if (path.length === 0 || !url.startsWith(`${host}/`)) return
  const own = url.split('/').slice(1, path.length + 1)
  const [differing, ...more] = path.flatMap((name, at) => (name === own[at] ? [] : at))
  if (differing === undefined || more.length > 0) return
  return isMisspelling(own[differing] ?? '', path[differing]!) ? [host, ...own].join('/') : undefined
}

/** May a site be published at a URL, besides what configurations state? */
const isNew = (url: string, {home}: Site, sites: readonly Site[]): boolean =>
  (home === undefined || hostOf(home) === hostOf(url)) &&
  !sites.some(
    (other) => other.home !== undefined && isUrlAtOrBelow(withoutScheme(other.home), withoutScheme(url)),
  )

/** The host of a URL: `https://www.example.org/docs` → `example.org` */
const hostOf = (url: string) => withoutWww(new URL(url).host)

const withoutWww = (host: string) => host.replace(/^www\./, '')

/**
 * A URL without what hosts redirect: `http://www.Example.org/Docs` → `example.org/Docs`.
 */
const withoutScheme = (url: string): string => {
  const [origin = ''] = /^https?:\/\/(?:www\.)?[^/?#]*/i.exec(url) ?? []
  return origin.toLowerCase().replace(/^https?:\/\/(?:www\.)?/, '') + url.slice(origin.length)
}

/** The URL path that a site resolves: `https://example.org/docs/a?b#c` → `/docs/a?b#c` */
export function pathBelowHome(url: string, {prefix}: Home): string {
  const path = withoutScheme(url).slice(withoutScheme(prefix).length)
  return path.startsWith('/') ? path : `/${path}`
}
