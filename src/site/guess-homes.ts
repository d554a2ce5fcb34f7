import {folderOf, nameOf} from '../text/paths.ts'
import {before, trimEnd} from '../text/trim.ts'
import {decodePercent, withoutQuery} from '../text/urls.ts'
import {byPath} from './shared/by-path.ts'
import {canonicalUrl} from './shared/canonical-url.ts'
import {isUrlAtOrBelow} from './site-urls.ts'
import {foldersOf} from './url-folders.ts'

/** A URL at which a site is published, as links show, whatever its configuration says. */
export interface GuessedHome {
  /** Without a trailing slash: `https://example.org/en/latest`. */
  url: string
  /** The distinct URLs below it at which the site has a page. */
  found: number
  /** Those in folders of the site at which it has none. */
  left: number
  /** Does a package state that it is its home page? */
  isStated: boolean
}

/** The canonical paths of absolute URLs by origin: `https://example.org` → `/guide/setup`. */
export type PathsByOrigin = ReadonlyMap<string, ReadonlySet<string>>

/*
 * Chosen on public trees. Sites of the same authors share a few paths: rspack.rs has 11 found and 65 left in rsbuild's
 * tree.
 */

/** Fewer URLs may lead to pages of the same names elsewhere. */
const FEWEST_FOUND = 5
/** The same for a home that a package states. */
const FEWEST_AT_HOMEPAGE = 2
/** The default version of a host that has several, to which its root leads: that of the branch, or of the last release. */
const DEFAULT_VERSION = /^\/[a-z]{2,3}(?:[-_][a-z]+)?\/(?:latest|stable)$/i
/** At most this share of the number found may be left. */
const MOST_LEFT = 0.5
/** The share of an origin's URLs that are named like pages: at homes 9 % (nodejs.org) and more, at github.com from 0.2 %. */
const FEWEST_NAMED = 0.02
/** A home has at most so many segments below its host. */
const MOST_SEGMENTS = 3
/** Longer URLs are not written by people. */
const LONGEST = 300

/** The hosts and pages that {@link collectPaths} looks for. */
export interface Wanted {
  /** Is a host of interest? */
  isWanted(host: string): boolean
  /** The names of pages, as {@link pageName} returns them. */
  names: ReadonlySet<string>
  /** The home pages that packages state, without a trailing slash. */
  homepages: ReadonlySet<string>
}

/**
 * Collect the absolute URLs that links contain; query, fragment and the spelling of page URLs do not matter. Origins with
 * too few URLs that are named like pages are left out: few of the many URLs of a large tree are looked at closely.
 */
export function collectPaths(urls: readonly string[], wanted: Wanted): PathsByOrigin {
  const found = new Map(originsOf(urls, wanted).map((origin) => [origin, new Set<string>()]))
  for (const url of found.size > 0 ? urls : []) {
    const end = endOfOrigin(url)
    const paths = found.get(url.slice(0, end))
    paths?.add(canonicalUrl(decodePercent(withoutQuery(url.slice(end)))))
  }
  return found
}

/** The origins with enough URLs that are named like pages. */
function originsOf(urls: readonly string[], {isWanted, names, homepages}: Wanted): string[] {
  const isPossible = byPath((origin) => {
    const host = /^https?:\/\/([^/?#]+)$/.exec(origin)?.[1]
    return host !== undefined && !isVersion(before(host, '.')) && isWanted(host)
  })
  const found = new Map<string, {all: number; named: Set<string>}>()
  for (const url of urls) {
    const end = endOfOrigin(url)
    const origin = url.slice(0, end)
    if (end < 0 || !isPossible(origin)) continue
    const counts = found.get(origin) ?? {all: 0, named: new Set()}
    found.set(origin, counts)
    counts.all++
    if (names.has(pageName(url.slice(end)))) counts.named.add(url)
  }
  return [...found].flatMap(([origin, {all, named}]) =>
    named.size >= fewestAt(origin, homepages) && named.size >= all * FEWEST_NAMED ? [origin] : [],
  )
}

/** The number of pages that must be found at an origin, which a package may state, or a folder of which. */
const fewestAt = (origin: string, homepages: ReadonlySet<string>): number =>
  [...homepages].some((url) => isUrlAtOrBelow(url, origin)) ? FEWEST_AT_HOMEPAGE : FEWEST_FOUND

/** The offset at which the path of a URL begins; negative if it has none, or is not written by people. */
const endOfOrigin = (url: string): number =>
  url.startsWith('http') && url.length <= LONGEST ? url.indexOf('/', 'https://'.length) : -1

/**
 * The name of a page that its file and its URL are likely to share: `guide/01-Setup.md`, `/guide/setup/#run` and
 * `/setup.html` → `setup`; the name of the folder for an index.
 */
export function pageName(path: string): string {
  const plain = trimEnd(withoutQuery(path), '/').toLowerCase()
  const name = plainName(nameOf(plain))
  return /^_?index$|^readme$/.test(name) ? plainName(nameOf(folderOf(plain))) : name
}

/** A name without extension and numbers before it. */
const plainName = (name: string) => name.replace(/^[\d\W]+(?=[a-z])|\.[a-z]+$/g, '')

/**
 * Guess where a site is published: at the home page that a package states, or else at the origin below which most of its
 * pages are found, with each path below which hardly a URL is left.
 *
 * @param urls The URL paths of its pages.
 * @param homepages The home pages that packages state, without a trailing slash.
 */
export function guessHomes(
  linked: PathsByOrigin,
  urls: Iterable<string>,
  homepages: ReadonlySet<string>,
): GuessedHome[] {
  const published = new Set([...urls].map(canonicalUrl))
  const site = {
    published,
    names: new Set([...published].map(nameOf)),
    folders: foldersOf(published),
    homepages,
  }
  let best: GuessedHome[] = []
  const likelihood = (homes: readonly GuessedHome[]) =>
    Math.max(0, ...homes.map(({url, found}) => (homepages.has(url) ? Infinity : found)))
  for (const [origin, paths] of linked) {
    const homes = homesAt(origin, paths, site)
    if (likelihood(homes) > likelihood(best)) best = homes
  }
  return best
}

/** Does a name stand for a version, which is built from another branch? `v2`, `1.x`, `v1-0-2` */
export const isVersion = (name: string): boolean => /^v?\d[\w.-]*$/i.test(name)

/** The canonical URL paths of a site's pages, with the last segments of these, and their folders. */
interface PublishedPaths {
  published: ReadonlySet<string>
  names: ReadonlySet<string>
  folders: ReadonlySet<string>
  homepages: ReadonlySet<string>
}

function homesAt(origin: string, paths: ReadonlySet<string>, site: PublishedPaths): GuessedHome[] {
  const counts = countsByBase(origin, paths, site)
  for (const path of counts.size > 0 ? paths : [])
    for (const [base, below] of splits(path)) {
      const count = counts.get(base)
      const place = count && placeLeft(below, site)
      if (place) count[place]++
    }
  return [...counts]
    .filter(([, count]) => isHome(count))
    .map(([base, {found, left}]) => ({
      url: origin + base,
      found,
      left,
      isStated: site.homepages.has(origin + base),
    }))
}

/** The numbers of URLs below a possible home. */
interface HomeCounts extends Pick<GuessedHome, 'found' | 'left'> {
  /** Those directly below it at which the site has no page. */
  leftAtTop: number
}

/** Where a URL path is at which the site has no page, if it may be one of the site. */
function placeLeft(path: string, {published, folders}: PublishedPaths): 'left' | 'leftAtTop' | undefined {
  // A host may redirect the URL of a folder to one of its pages.
  if (published.has(path) || folders.has(`${path}/`)) return
  if (path.lastIndexOf('/') <= 0) return 'leftAtTop'
  return folders.has(folderAt(path)) ? 'left' : undefined
}

/** Is hardly a URL left in folders of the site, and not more at the top, where other sites may be, than are found? */
const isHome = ({found, left, leftAtTop}: HomeCounts): boolean =>
  left <= found * MOST_LEFT && left + leftAtTop <= found

/** The counts of paths at which the site has a page, for each home with enough of them; on most hosts, there is none. */
function countsByBase(
  origin: string,
  paths: ReadonlySet<string>,
  {published, names, homepages}: PublishedPaths,
): Map<string, HomeCounts> {
  const counts = new Map<string, HomeCounts>()
  for (const path of paths)
    for (const [base, below] of names.has(nameOf(path)) ? splits(path) : []) {
      if (!published.has(below)) continue
      const count = counts.get(base)
      if (count) count.found++
      else counts.set(base, {found: 1, left: 0, leftAtTop: 0})
    }
  const isOfPackage = (base: string) =>
    homepages.has(origin + base) || (homepages.has(origin) && DEFAULT_VERSION.test(base))
  const fewest = (base: string) => (isOfPackage(base) ? FEWEST_AT_HOMEPAGE : FEWEST_FOUND)
  return new Map([...counts].filter(([base, {found}]) => found >= fewest(base)))
}

/** The folder of a URL path, with a slash at the end. */
const folderAt = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** The ways to split a path into that of a home and one below it: `/en/a` → `/en/a` below ``, `/a` below `/en`. */
function* splits(path: string): Generator<[base: string, below: string]> {
  let slash = 0
  for (let segments = 0; segments <= MOST_SEGMENTS && slash >= 0; segments++) {
    yield [path.slice(0, slash), path.slice(slash)]
    const next = path.indexOf('/', slash + 1)
    if (isVersion(path.slice(slash + 1, next < 0 ? undefined : next))) return
    slash = next
  }
}
