import type {RemovedFiles} from '../history/removed-files.ts'
import type {Link, Page} from '../page/types.ts'
import {concernsHost, type Doubt, doubt, mayOutliveFiles} from '../site/doubts.ts'
import {AnchorEvidence, isAboutFurtherIds} from '../site/evidence/anchor-evidence.ts'
import type {FragmentForms} from '../site/evidence/fragment-forms.ts'
import {HomesEvidence} from '../site/evidence/home-evidence.ts'
import {LinkEvidence} from '../site/evidence/link-evidence.ts'
import {type LinkForm, type Place, sectionOf} from '../site/evidence/places.ts'
import {type Home, pathBelowHome} from '../site/homes.ts'
import {missingIn} from '../site/missing-in.ts'
import type {Sites} from '../site/publish-sites.ts'
import {PublishedNames} from '../site/published-names.ts'
import {basePathOf} from '../site/site-urls.ts'
import type {
  AnchorDoubt,
  Anchors,
  FragmentAnswer,
  MissingTarget,
  Published,
  Resolution,
  Site,
} from '../site/types.ts'
import {lettersOf, Names} from '../text/nearest.ts'
import {withoutQuery} from '../text/urls.ts'
import {type NamingLink, placeFound, placeMeant} from './link-places.ts'

/**
 * The doubts about a fragment; none if it is certainly present or missing.
 *
 * @param isOwn Is the link on the page itself?
 */
export const doubtsAbout = ({doubts}: Anchors, fragment: string, isOwn: boolean): AnchorDoubt[] =>
  doubts.filter(({covers, withinPage}) => (isOwn || !withinPage) && (covers?.(fragment) ?? true))

/** The anchors of a page as the page with the links sees them. */
type AnchorsOf = (path: string, published?: Published) => Anchors | undefined

/** Is a doubt about what else is published where a site seems to be? */
const isAboutPlace = (about: Doubt): boolean => concernsHost(about) || about.reason === 'guessed-home'

/** Tests the doubts of the sites in a tree by the other links of these sites. */
export class Evidence {
  readonly #sites: Sites
  readonly #links = new Map<Site, LinkEvidence>()
  readonly #includes = new Map<Site, LinkEvidence>()
  readonly #homes = new HomesEvidence()
  readonly #anchors = new Map<Site, AnchorEvidence>()
  readonly #names = new Map<Site, PublishedNames>()
  readonly #ids = new WeakMap<Anchors, {byLetters: ReadonlyMap<string, string>; names: Names}>()

  /** The files that git shows to be removed, if it was asked. */
  removed: RemovedFiles | undefined

  constructor(sites: Sites) {
    this.#sites = sites
  }

  /** The forms of fragments on the pages of a site, once these were counted. */
  formsOf: ((site: Site) => FragmentForms) | undefined

  /** The counts of targets of a site. */
  linksOf(site: Site): LinkEvidence {
    let found = this.#links.get(site)
    if (!found) this.#links.set(site, (found = new LinkEvidence(basePathOf(site))))
    return found
  }

  /** Count the target of a link, and its fragment if the page that it leads to may have further ids. */
  add(link: Link, found: Resolution, from: Page, anchorsOf: AnchorsOf): void {
    if (found.to === 'page' && found.fragment && found.or === undefined)
      this.#addFragment(found, found.fragment, from, anchorsOf)
    const missing = missingIn(found)
    // It exists, perhaps since the build made it; or the folder does, whose first page a site may show.
    // Labels say nothing about paths.
    if (missing?.why === 'ignored' || missing?.why === 'index' || missing?.why === 'label') return
    if (!missing && !isForeign(found) && found.to !== 'page' && found.to !== 'file') return
    if (isUnwritten(found)) return
    const {site, url, home} = siteMeant(link.url, from.path, this.#sites)
    const place = placeFound(found, placeMeant({...link, url}, found, from.path, site), url, from.path, site)
    if (!place) return
    if (home?.guess) this.#homes.at(home).add(place.path, !missing)
    if (isForeign(found)) this.linksOf(site).addForeign(place)
    else this.linksOf(site).add(place, !missing, from.path)
    if (found.to === 'unknown' && found.doubt.reason === 'host-top') this.linksOf(site).addAtTop(place)
  }

  #addFragment(
    {path, published}: {path: string; published?: Published},
    fragment: string,
    from: Page,
    anchorsOf: AnchorsOf,
  ): void {
    const anchors = anchorsOf(path, published)
    if (!anchors || anchors.doubts.length === 0) return
    const doubts = doubtsAbout(anchors, fragment, path === from.path)
    const exists = anchors.has(fragment)
    // Another spelling of an id says nothing about further ids.
    const isRespelled = !exists && this.#idsOf(anchors).byLetters.has(lettersOf(fragment))
    if (isRespelled && doubts.every(isAboutFurtherIds)) return
    this.#anchorsOf(path).add(path, fragment, exists, from.path, doubts)
  }

  /** Judge a link that its site could not: if the evidence refutes the doubt, its target is likely missing. */
  judge(answer: Resolution, link: NamingLink, from: string): Resolution {
    const {site, url, home} = siteMeant(link.url, from, this.#sites)
    const found =
      answer.to === 'missing'
        ? this.#believed(answer, site, placeMeant({...link, url}, answer, from, site))
        : answer
    if (found.to !== 'unknown' || !found.otherwise) return found
    const proven = this.#prove(found.otherwise, found.doubt, site)
    if (proven) return proven
    if (found.refutedBy !== undefined) return {...found.otherwise, likely: found.refutedBy}
    if (isUnwritten(found)) return found
    const place = placeFound(found, placeMeant({...link, url}, found, from, site), url, from, site)
    const likely =
      place &&
      this.linksOf(site).refute(place, found.otherwise, found.doubt, {
        meantBy: (path) => this.#namesOf(site).meantBy(path),
        countIn: (folder) => this.#namesOf(site).countIn(folder),
        // Themes add files of other kinds, and other repositories pages to the folders of a guessed home.
        isBesidePages: place.form === 'url' && found.unless !== undefined && !isAboutPlace(found.doubt),
        isNamedAsFile: /\.html?$/i.test(withoutQuery(url)),
        clauseAtHome:
          home && found.doubt.reason === 'guessed-home'
            ? this.#homes.at(home).refute(place.path, this.#namesOf(site).countIn(sectionOf(place.path)))
            : undefined,
      })
    return likely === undefined ? (found.unless ?? found) : {...found.otherwise, likely}
  }

  /** Count the file that a page includes. */
  addInclude({url}: {url: string}, found: Resolution, from: string): void {
    const missing = missingIn(found)
    const path = missing?.path ?? (found.to === 'page' || found.to === 'file' ? found.path : undefined)
    if (path !== undefined) this.#includesOf(from).add(includedAt(url, path), !missing, from)
  }

  /** Judge the name of an included file that its site could not: by the other names of files that pages include. */
  judgeInclude(found: Resolution, {url}: {url: string}, from: string): Resolution {
    if (found.to !== 'unknown' || !found.otherwise) return found
    const {otherwise, doubt: about} = found
    const proven = this.#prove(otherwise, about, this.#sites.of(from))
    if (proven) return proven
    const likely = this.#includesOf(from).refute(includedAt(url, otherwise.path), otherwise, about)
    return likely === undefined ? found : {...otherwise, likely}
  }

  #includesOf(from: string): LinkEvidence {
    const site = this.#sites.of(from)
    let found = this.#includes.get(site)
    if (!found) this.#includes.set(site, (found = new LinkEvidence()))
    return found
  }

  /** A missing target, with a doubt if most links of that form lead nowhere, or if another site may be there. */
  #believed(missing: MissingTarget, site: Site, place: Place | undefined): Resolution {
    const links = this.#links.get(site)
    if (!place || !links || !mayBePublished(missing, place.form, site)) return missing
    if (links.disbelieves(place)) return {to: 'unknown', doubt: doubt('mostly-missing'), otherwise: missing}
    return site.sharesHost && links.isInMissingFolder(place)
      ? {to: 'unknown', doubt: doubt('host-shared'), otherwise: missing}
      : missing
  }

  /** The doubt about a fragment that a page lacks for certain; undefined if nothing is against it. */
  doubtAbout(path: string, fragment: string, anchors: Anchors): Doubt | undefined {
    const site = this.#sites.of(path)
    const isComputed = this.formsOf?.(site).computed(fragment) && !this.#similarOn(anchors, fragment)
    if (isComputed) return doubt('template-ids', 'another program')
    return !site.host && this.#links.get(site)?.disbelievesPages() ? doubt('mostly-missing') : undefined
  }

  /** A missing target that is certain in spite of a doubt, since Git's history shows what became of it. */
  prove(missing: MissingTarget, about: Doubt, link: {url: string}, from: string): MissingTarget | undefined {
    return this.#prove(missing, about, siteMeant(link.url, from, this.#sites).site)
  }

  /** A missing target that was a file until git shows it to be renamed or removed: no plugin added that. */
  #prove(missing: MissingTarget, doubt: Doubt, site: Site): MissingTarget | undefined {
    // An ignored file may be what the build makes.
    if (mayOutliveFiles(doubt) || missing.why === 'ignored') return
    if (missing.evidence === 'renamed' && site.urlsOf(missing.suggestion!).length > 0) return missing
    if (!this.removed?.has(missing)) return
    return this.removed.isCertain ? missing : {...missing, likely: 'git shows that the file was removed'}
  }

  /**
   * Judge a fragment that no id of a page shows.
   *
   * @param doubts The doubts about it, at least one.
   */
  judgeFragment(
    path: string,
    fragment: string,
    anchors: Anchors,
    doubts: readonly AnchorDoubt[],
  ): FragmentAnswer {
    const clauses = doubts.map(({refutedBy}) => refutedBy?.(fragment))
    const open = doubts.filter((_, at) => clauses[at] === undefined)
    const [first] = open
    if (!first) return {is: 'missing', likely: clauses[0]!}
    const similar = this.#similarOn(anchors, fragment)
    const clauseAtHome = () => this.#homes.confirm(path, this.#sites.of(path))
    const likely = this.#anchorsOf(path).refute(path, fragment, open, similar, clauseAtHome)
    return likely === undefined ? {is: 'unknown', doubt: first} : {is: 'missing', likely}
  }

  #namesOf(site: Site): PublishedNames {
    let found = this.#names.get(site)
    if (!found) {
      const urls = [...this.#sites.urlsOf(site)]
      const base = basePathOf(site)
      // Full URLs include the base.
      const below = base === '' ? [] : urls.map((url) => base + url)
      found = new PublishedNames([...urls, ...below, ...this.linksOf(site).foundUrls()])
      this.#names.set(site, found)
    }
    return found
  }

  #anchorsOf(path: string): AnchorEvidence {
    const site = this.#sites.of(path)
    let found = this.#anchors.get(site)
    if (!found) this.#anchors.set(site, (found = new AnchorEvidence()))
    return found
  }

  /** The id of a page that has the same letters as a fragment, or else is spelled most like it. */
  #similarOn(anchors: Anchors, fragment: string): string | undefined {
    const {byLetters, names} = this.#idsOf(anchors)
    return byLetters.get(lettersOf(fragment)) ?? names.nearest(fragment)
  }

  #idsOf(anchors: Anchors): {byLetters: ReadonlyMap<string, string>; names: Names} {
    let ids = this.#ids.get(anchors)
    if (!ids) {
      const byLetters = new Map([...anchors.ids].map((id) => [lettersOf(id), id]))
      this.#ids.set(anchors, (ids = {byLetters, names: new Names(anchors.ids)}))
    }
    return ids
  }
}

/** The place of an included file: as it is written if that has a folder, since programs look for it in several places. */
function includedAt(url: string, path: string): Place {
  const written = url.replace(/^\/+/, '')
  return {form: 'source', path: /^[^./][^/]*\//.test(written) ? written : path}
}

/** May a link name a note that is not written yet? That says nothing about other links. */
const isUnwritten = (found: Resolution): boolean =>
  found.to === 'unknown' && found.doubt.reason === 'unwritten-note'

/** Is a link written for a program that resolves it in a way of its own? */
export const isForeign = (found: Resolution): boolean =>
  found.to === 'unknown' && found.doubt.reason === 'bundler-path'

/**
 * May another program publish something at a missing target? Letter case and backslashes matter for any program, and so
 * does the name of a file in the repository that its host shows.
 */
export const mayBePublished = ({why}: MissingTarget, form: LinkForm, {host}: Site): boolean =>
  (why === 'file' || why === 'leaves' || why === 'index') && (!host || form === 'url')

/** The site that a link leads to, and the URL there: the path below a home of a site for its absolute URLs. */
export function siteMeant(
  url: string,
  from: string,
  {of, homes}: Sites,
): {site: Site; url: string; home?: Home} {
  const home = /^https?:/i.test(url) ? homes.at(url, from) : undefined
  return home ? {site: home.site, url: pathBelowHome(url, home), home} : {site: of(from), url}
}
