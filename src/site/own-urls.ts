import {folderOf, relativePath} from '../text/paths.ts'
import {decodePercent, isImage, withoutQuery} from '../text/urls.ts'
import {declaredAnswer} from './declared-answer.ts'
import {
  concernsHost,
  type Doubt,
  type DoubtReason,
  doubt,
  doubtWords,
  isTestable,
  isTestedByCounts,
} from './doubts.ts'
import {followRedirects} from './follow-redirects.ts'
import {isVersion} from './guess-homes.ts'
import {type Home, type Homes, pathBelowHome} from './homes.ts'
import {mayBeBuilt} from './ignored-targets.ts'
import {missingIn} from './missing-in.ts'
import {type Folders, publishedFolders} from './published-folders.ts'
import {firstFileOf, type ResolverContext} from './resolver-context.ts'
import {isLanguage} from './shared/subprojects.ts'
import {basePathOf, browserLink, isHostOfRepositories} from './site-urls.ts'
import type {MissingTarget, Resolution, Site, SiteLink} from './types.ts'

type Remote = Resolution & {to: 'remote'}

/**
 * Create the function that resolves absolute URLs against the sites of the tree published there. A URL that cannot be
 * attributed to one of them stays remote.
 */
export function ownUrlResolver(context: ResolverContext): (remote: Remote, from: string) => Resolution {
  const {homes, of, publishedBy} = context
  const folders = new Map<Site, Folders>()

  /** The page of the site to resolve from: the linking page, if the site publishes it. */
  const pageOf = (site: Site, from: string): string | undefined => {
    if (of(from) === site && site.urlsOf(from).length > 0) return from
    return firstFileOf(site, context)
  }

  const foldersOf = (site: Site): Folders => {
    let found = folders.get(site)
    if (!found) folders.set(site, (found = publishedFolders(site, publishedBy(site))))
    return found
  }

  const resolve = (remote: Remote, home: Home, page: string): Resolution => {
    const url = pathBelowHome(remote.url, home)
    // Hosts have thousands of other URLs, which take long to look up.
    const isElsewhere = home.guess && foldersOf(home.site).placeOf(url) === 'elsewhere'
    if (isElsewhere && !isImage(withoutQuery(url))) return remote
    const found = resolveOn(home, url, page, context)
    if (found.to === 'page') return {...found, published: home.guess ? 'likely' : true}
    if (found.to === 'file') return found
    const missing = withPublishedSuggestion(missingIn(found), home.site)
    if (!missing || mayBeBuilt(missing, home.site, context) || isServedByHost(home, url, page, context))
      return remote
    const own = {remote, home, url, folders: foldersOf(home.site), isAlone: homes.isAlone(home)}
    return missingImage(found, own, context) ?? ownMissing(found, missing, own, context)
  }

  return (remote, from) => {
    const home = homes.at(remote.url, from)
    if (!home) return atMisspelledHome(remote, homes)
    const page = pageOf(home.site, from)
    return page === undefined ? remote : resolve(remote, home, page)
  }
}

/** The answer for a URL that misspells the path of a home. */
function atMisspelledHome(remote: Remote, homes: Homes): Resolution {
  const home = homes.misspelledBy(remote.url)
  if (!home) return remote
  const path = decodePercent(withoutQuery(remote.url)).replace(/^https?:\/\/[^/]*\//i, '')
  return {to: 'missing', path, why: 'file', likely: `the site is published at ${home.url}`}
}

/** An absolute URL below the home of a site that has nothing there. */
interface OwnUrl {
  remote: Remote
  home: Home
  /** The path that the site resolves. */
  url: string
  folders: Folders
  /** Is no other site of the tree at or below the home? */
  isAlone: boolean
}

type Where = ReturnType<Folders['placeOf']>

/** A missing target without a suggestion that has no URL on the site. */
function withPublishedSuggestion(missing: MissingTarget | undefined, site: Site): MissingTarget | undefined {
  if (missing?.suggestion === undefined || site.urlsOf(missing.suggestion).length > 0) return missing
  const {suggestion: _, evidence: __, ...bare} = missing
  return bare
}

/** The answer for an image that is missing in a folder without pages, of which the site shows other files. */
function missingImage(
  found: Resolution,
  {remote, home, url, folders}: OwnUrl,
  {lookup}: ResolverContext,
): Resolution | undefined {
  if (found.to !== 'missing' || !isImage(withoutQuery(url)) || folders.placeOf(url) !== 'elsewhere') return
  const folder = folderOf(found.path)
  if (mayBeOfRepository(url, home) || !lookup.isFolder(folder)) return
  return isStated(home)
    ? {...found, likely: found.likely ?? `the site shows other files of ${folder}/`}
    : {to: 'unknown', doubt: doubt('guessed-home'), otherwise: found, unless: remote}
}

/** The resolution of a URL that leads to nothing on the site, if it is one of the site. */
function ownMissing(
  found: Resolution,
  missing: MissingTarget,
  own: OwnUrl,
  context: ResolverContext,
): Resolution {
  const {remote, home, url, folders} = own
  const where = folders.placeOf(url)
  if (
    where !== 'folder' &&
    (mayBeOther(url, where, home) || isFileName(url, missing) || isOfOtherFolder(own, context))
  )
    return remote
  if (found.to === 'unknown' && !isTestable(found.doubt)) return remote
  if (home.guess && mayBeServed(own)) return remote
  const about = found.to === 'unknown' && !(home.guess && concernsHost(found.doubt)) ? found.doubt : undefined
  if (where === 'folder' && !about && isStated(home)) return statedMissing(missing, home)
  if (found.to === 'unknown' && about && keepsDoubt(about, where, home))
    return {...found, otherwise: missing, unless: remote}
  if (folders.isServedBySomeHosts(url)) return remote
  return {to: 'unknown', doubt: whyOnHost(found, where, own), otherwise: missing, unless: remote}
}

/** May a host serve a page at a URL in another spelling, or redirect the URL of a folder to one of its pages? */
const mayBeServed = ({url, folders}: OwnUrl): boolean =>
  folders.isServedBySomeHosts(url) || folders.isFolder(url)

/** Does the configuration state a home, or a package that some links confirm? */
const isStated = ({guess}: Home): boolean => guess?.isStated ?? true

/** The answer for a missing page in a folder of the site: only likely if a package states the home, perhaps of another version. */
const statedMissing = (missing: MissingTarget, {guess}: Home): MissingTarget =>
  guess
    ? {...missing, likely: missing.likely ?? 'a package states that the site is published there'}
    : missing

/** Is it the doubt of the site that matters? The doubt about its host, which takes its place, may be refuted by counts. */
const keepsDoubt = (about: Doubt, where: Where, home: Home): boolean =>
  (where === 'folder' && isStated(home)) || !isTestedByCounts(about)

/** The doubt about the host of a URL; at its top, with that of the site, if its rules leave another answer. */
function whyOnHost(found: Resolution, where: Where, {home, folders, url, isAlone}: OwnUrl): Doubt {
  // A home beside the one that the configuration states may be that of another site of the same authors.
  const isBeside = where === 'top' && home.guess !== undefined && home.site.home !== undefined
  if (home.guess && !isBeside && !(home.guess.isStated && where === 'top')) return doubt('guessed-home')
  if (where !== 'top' || isBeside || !isAlone || folders.isFolder(url)) return doubt('host-shared')
  return found.to === 'unknown' && !concernsHost(found.doubt)
    ? doubt('host-top', doubtWords(found.doubt))
    : doubt('host-top')
}

/** May a version, a translation or another repository be published at a URL outside the folders of a site? */
const mayBeOther = (url: string, where: Exclude<Where, 'folder'>, home: Home): boolean =>
  (where === 'elsewhere' && home.guess !== undefined) || mayBeOfRepository(url, home)

/** Does a URL look like that of a version, a translation, or another repository on the host? */
function mayBeOfRepository(url: string, {site, url: home}: Home): boolean {
  if (basePathOf(site) === '' && isHostOfRepositories(home)) return true
  const segments = withoutQuery(url).slice(basePathOf(site).length).split('/')
  return segments.some((segment) => isVersion(segment) || VERSION_NAMES.test(segment) || isLanguage(segment))
}

/**
 * Is a URL outside the folders of a site named like a folder of the tree that is not the site's? The build may publish the
 * docs in it there, too: `https://example.org/docs/` from `docs/`, beside a site in `site/`.
 */
function isOfOtherFolder({home, url}: OwnUrl, {lookup, of}: ResolverContext): boolean {
  const [, name = ''] = withoutQuery(url).slice(basePathOf(home.site).length).split('/')
  return name !== '' && lookup.isFolder(name) && of(`${name}/index.md`) !== home.site
}

/** Do capitals show that a URL is that of a file without extension, such as `/VERSION`? No page beside it has such a name. */
const isFileName = (url: string, {path, suggestion}: MissingTarget): boolean =>
  /\/[A-Z][A-Z\d_]+$/.test(withoutQuery(url)) &&
  (suggestion === undefined || folderOf(suggestion) !== folderOf(path))

/** Names of folders with another version of a site. */
const VERSION_NAMES =
  /^(?:latest|stable|dev|devel|develop|main|master|next|canary|nightly|edge|preview|previews)$/i

/** Is a URL that of a page with `.html` or `/index` added? Some hosts serve the page there, too. */
function isServedByHost(home: Home, url: string, page: string, context: ResolverContext): boolean {
  const plain = url.replace(/\.html?(?=[?#]|$)/, '').replace(/\/index\/?(?=[?#]|$)/, '/')
  return plain !== url && resolveOn(home, plain, page, context).to === 'page'
}

function resolveOn(home: Home, url: string, page: string, {rules}: ResolverContext): Resolution {
  const {site} = home
  const {link, answer} = answerAt(url, page, site)
  const found = declaredAnswer(answer, link, page, site)
  const missing = missingIn(found)
  if (!missing) return found
  const followed = followRedirects(missing, link, page, site, rules?.redirects, new URL(home.url).host)
  return followed.to === 'missing' && found.to === 'unknown' ? {...found, otherwise: followed} : followed
}

/** The reasons for which a site that does not know its place on the host has no answer to a URL path. */
const OF_UNKNOWN_PLACE: ReadonlySet<DoubtReason> = new Set(['other-site', 'outside-docset'])

/**
 * The answer of a site to a URL path. A site that does not know its place on the host is asked for the relative link from a
 * page instead, if need be with the ending that hosts add: `use` → `use.html`, `use/index.html`.
 */
export function answerAt(url: string, page: string, site: Site): {link: SiteLink; answer: Resolution} {
  const [own] = site.urlsOf(page)
  const first = answerTo(url, page, site)
  if (own === undefined || !isPlaceUnknown(first.answer)) return first
  const below = relativePath(folderOf(own.slice(1)), url.slice(1))
  // Without a path, it would be a link within the page: `/#use` → `./#use`
  const path = /^[?#]|^$/.test(below) ? `./${below}` : below
  const relative = answerTo(path, page, site)
  if (!isPlaceUnknown(relative.answer)) return relative
  const asFolder = answerTo(path.replace(END_OF_PATH, '$1/index.html'), page, site)
  if (asFolder.answer.to === 'page') return asFolder
  const named = path.replace(WITHOUT_EXTENSION, '$1.html')
  return named === path ? relative : answerTo(named, page, site)
}

/** The end of a path without the slash at its end, before query and fragment. */
const END_OF_PATH = /^([^?#]*?)\/?(?=[?#]|$)/

/** A path whose last name has neither an extension nor a slash after it, before query and fragment. */
const WITHOUT_EXTENSION = /((?:^|\/)[^/.?#]+)(?=[?#]|$)/

const answerTo = (url: string, page: string, site: Site): {link: SiteLink; answer: Resolution} => {
  const link = browserLink(url)
  return {link, answer: site.resolve(link, page)}
}

const isPlaceUnknown = (answer: Resolution): boolean =>
  answer.to === 'unknown' && !answer.otherwise && OF_UNKNOWN_PLACE.has(answer.doubt.reason)
