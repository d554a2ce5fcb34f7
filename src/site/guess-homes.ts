import {nameOf} from '../text/paths.ts'
import {before} from '../text/trim.ts'
import {decodePercent, withoutQuery} from '../text/urls.ts'
import {canonicalUrl} from './shared/canonical-url.ts'
import {foldersOf} from './url-folders.ts'

/** A URL at which a site is published, as links show, whatever its configuration says. */
export interface GuessedHome {
  /** Without a trailing slash: `https://example.org/en/latest`. */
  url: string
  /** The distinct URLs below it at which the site has a page. */
  found: number
  /** Those in folders of the site at which it has none. */
  left: number
}

/** The canonical paths of absolute URLs by origin: `https://example.org` → `/guide/setup`. */
export type PathsByOrigin = ReadonlyMap<string, ReadonlySet<string>>

/*
 * Chosen on public trees. Sites of the same authors share a few paths: rspack.rs has 11 found and 65 left in rsbuild's
 * tree.
 */

/** Fewer URLs may lead to pages of the same names elsewhere. */
const FEWEST_FOUND = 5
/** At most this share of the number found may be left. */
const MOST_LEFT = 0.5
/** A home has at most so many segments below its host. */
const MOST_SEGMENTS = 3
/** Longer URLs are not written by people. */
const LONGEST = 300

/**
 * Collect the absolute URLs that links contain; query, fragment and the spelling of page URLs do not matter. Origins with
 * too few of them are left out.
 *
 * @param isWanted Is a host of interest?
 */
export function collectPaths(urls: Iterable<string>, isWanted: (host: string) => boolean): PathsByOrigin {
  const written = new Map<string, Set<string>>()
  for (const url of urls) {
    const end = url.startsWith('http') && url.length <= LONGEST ? url.indexOf('/', 'https://'.length) : -1
    if (end < 0) continue
    const origin = url.slice(0, end)
    const paths = written.get(origin)
    if (paths) paths.add(url.slice(end))
    else written.set(origin, new Set([url.slice(end)]))
  }
  const found = new Map<string, Set<string>>()
  for (const [origin, paths] of written) {
    const host = paths.size < FEWEST_FOUND ? undefined : /^https?:\/\/([^/?#]+)$/.exec(origin)?.[1]
    if (host === undefined || isVersion(before(host, '.')) || !isWanted(host)) continue
    found.set(origin, new Set([...paths].map((path) => canonicalUrl(decodePercent(withoutQuery(path))))))
  }
  return found
}

/**
 * Guess where a site is published: at the origin below which most of its pages are found, with each path below which
 * hardly a URL is left.
 *
 * @param urls The URL paths of its pages.
 */
export function guessHomes(linked: PathsByOrigin, urls: Iterable<string>): GuessedHome[] {
  const published = new Set([...urls].map(canonicalUrl))
  const site = {published, names: new Set([...published].map(nameOf)), folders: foldersOf(published)}
  let best: GuessedHome[] = []
  for (const [origin, paths] of linked) {
    const homes = homesAt(origin, paths, site)
    if (mostFound(homes) > mostFound(best)) best = homes
  }
  return best
}

const mostFound = (homes: readonly GuessedHome[]) => Math.max(0, ...homes.map(({found}) => found))

/** Does a name stand for a version, which is built from another branch? `v2`, `1.x`, `v1-0-2` */
export const isVersion = (name: string): boolean => /^v?\d[\w.-]*$/i.test(name)

/** The canonical URL paths of a site's pages, with the last segments of these, and their folders. */
interface PublishedPaths {
  published: ReadonlySet<string>
  names: ReadonlySet<string>
  folders: ReadonlySet<string>
}

function homesAt(origin: string, paths: ReadonlySet<string>, site: PublishedPaths): GuessedHome[] {
  const {published, folders} = site
  const found = foundByBase(paths, site)
  const left = new Map([...found.keys()].map((base) => [base, 0]))
  for (const path of found.size > 0 ? paths : [])
    for (const [base, below] of splits(path)) {
      const count = left.get(base)
      const isLeft = count !== undefined && !published.has(below) && folders.has(folderAt(below))
      if (isLeft) left.set(base, count + 1)
    }
  return [...found]
    .map(([base, count]) => ({url: origin + base, found: count, left: left.get(base)!}))
    .filter((home) => home.left <= home.found * MOST_LEFT)
}

/** The numbers of paths at which the site has a page, for each home with enough of them; on most hosts, there is none. */
function foundByBase(paths: ReadonlySet<string>, {published, names}: PublishedPaths): Map<string, number> {
  const counts = new Map<string, number>()
  for (const path of paths)
    for (const [base, below] of names.has(nameOf(path)) ? splits(path) : [])
      if (published.has(below)) counts.set(base, (counts.get(base) ?? 0) + 1)
  return new Map([...counts].filter(([, count]) => count >= FEWEST_FOUND))
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
