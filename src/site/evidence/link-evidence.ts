import {isImage} from '../../text/urls.ts'
import {concernsHost, type Doubt, isTestedByCounts} from '../doubts.ts'
import type {MissingTarget} from '../types.ts'
import {isElsewhere, isMisspelled, isOwnImage} from './missing-targets.ts'
import {type LinkForm, type Place, sectionAbove, sectionOf} from './places.ts'
import {Popularity} from './popularity.ts'
import {clauseOfIgnored, isRefutable, isSpokenForAtTop, type PublishedUrls} from './refutable.ts'
import {
  clauseAtTop,
  clauseFor,
  comesFromElsewhere,
  countsIn,
  isDisbelieved,
  isSmall,
  type SectionCounts,
  saysLittle,
  shownPath,
  speaks,
  sumOf,
  type Trust,
  trustIn,
} from './section-counts.ts'
import {ENOUGH_PAGES, ENOUGH_TARGETS, FEW_MISSING, MISSING_SHARE} from './thresholds.ts'

/** The counts of one section for one form of links. */
export interface SectionEvidence extends SectionCounts {
  form: LinkForm
  section: string
}

/** Deeper sections count as those above them. */
const DEEPEST = 30

/** The targets of a site's links that exist, and those that do not, by form of link and section. */
export class LinkEvidence {
  readonly #sections: Record<LinkForm, Map<string, SectionCounts>> = {
    url: new Map(),
    source: new Map(),
    asset: new Map(),
  }
  /** The counts of what is in a section itself, without that below it. */
  readonly #direct: Record<LinkForm, Map<string, SectionCounts>> = {
    url: new Map(),
    source: new Map(),
    asset: new Map(),
  }
  /** The counts without what comes from elsewhere, once all targets are added. */
  readonly #own: Record<LinkForm, Map<string, SectionCounts>> = {
    url: new Map(),
    source: new Map(),
    asset: new Map(),
  }
  /** The paths of missing targets at the top of the host that another site could have there. */
  readonly #atTop = new Set<string>()
  /** The numbers of links that only another program resolves, by form. */
  readonly #foreign: Record<LinkForm, number> = {url: 0, source: 0, asset: 0}
  readonly #seen = new Set<string>()
  /** The counts of all images, once all targets are added. */
  #images: SectionCounts | undefined
  /** The missing targets, by form and path. */
  readonly #popular = new Popularity()

  /** The section with the start page of the site: its base. */
  readonly #top: string

  /** @param base The path of the site on its host, without a trailing slash. */
  constructor(base = '') {
    this.#top = base === '' ? '/' : base
  }

  /** Count the target of a link, once. */
  add(place: Place, exists: boolean, from: string): void {
    const key = `${place.form} ${place.path}`
    if (!exists) this.#popular.add(key, from)
    // What exists for Markdown may be missing for HTML, whose links some generators leave to the browser.
    const seen = seenKey(key, exists)
    if (this.#seen.has(seen)) return
    this.#seen.add(seen)
    let section: string | undefined = sectionOf(place.path)
    countsIn(this.#direct[place.form], section)[exists ? 'found' : 'missing']++
    for (let depth = 0; section !== undefined && depth < DEEPEST; depth++) {
      const counts = this.#counts(place.form, section)
      counts[exists ? 'found' : 'missing']++
      section = sectionAbove(section)
    }
  }

  /** Count a distinct link that is written for another program, such as `~option.grid`. */
  addForeign({form, path}: Place): void {
    const key = `foreign ${form} ${path}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#foreign[form]++
  }

  /** Count a missing target at the top of the host that another site could have there. */
  addAtTop({path}: Place): void {
    this.#atTop.add(path)
  }

  /** The URL paths that links lead to. */
  *foundUrls(): Generator<string> {
    const start = seenKey('url ', true)
    for (const key of this.#seen) if (key.startsWith(start)) yield key.slice(start.length)
  }

  /** The counts of all sections. */
  sections(): SectionEvidence[] {
    return (['url', 'source', 'asset'] as const).flatMap((form) =>
      [...this.#sections[form]].map(([section, counts]) => ({form, section, ...counts})),
    )
  }

  /**
   * Test the doubt about a missing target by the other targets of its section; if these are too few, by those of the
   * sections above.
   *
   * @param published What the site publishes.
   * @returns the clause that refutes the doubt; undefined if nothing does
   */
  refute(
    place: Place,
    missing: MissingTarget,
    doubt: Doubt,
    published: PublishedUrls = {},
  ): string | undefined {
    if (!isRefutable(doubt, missing)) return
    const hasLikeness = missing.suggestion !== undefined
    const direct = countsIn(this.#direct[place.form], sectionOf(place.path))
    const isPopular = this.#popular.has(`${place.form} ${place.path}`, direct.found)
    if (isPopular && !hasLikeness) return
    if (!isPopular && isMisspelled(missing, place.form)) return `${missing.suggestion} exists`
    const clause = published.clauseAtHome ?? this.#refuteByCounts(place, missing, doubt, published)
    if (clause !== undefined || isPopular || place.form !== 'url') return clause
    const meant = published.meantBy?.(place.path)
    return meant && `${shownPath(meant)} exists`
  }

  #refuteByCounts(
    place: Place,
    missing: MissingTarget,
    doubt: Doubt,
    {isBesidePages, isNamedAsFile, countIn}: PublishedUrls,
  ): string | undefined {
    if (!isTestedByCounts(doubt) || (concernsHost(doubt) && this.isInMissingFolder(place))) return
    const {form, path} = place
    const own = sectionOf(path)
    const direct = countsIn(this.#direct[form], own)
    const hasLikeness = missing.suggestion !== undefined
    const isLike = hasLikeness && !isElsewhere(missing)
    const atTop = this.#clauseForTop(place, doubt, isNamedAsFile)
    const isBesideOthers = comesFromElsewhere(direct) || this.#mayBeElsewhere(place, doubt)
    if (!isLike && atTop === undefined && isBesideOthers) return
    const isAmongPages = form === 'url' && direct.missing <= 1 && (countIn?.(own) ?? 0) >= ENOUGH_PAGES
    const isUnlikeGenerated = isBesidePages === true || isAmongPages || isOwnImage(path, doubt)
    const all = countsIn(this.#sections[form], rootOf(own))
    const trust = trustIn(doubt, {hasLikeness, isUnlikeGenerated}, all)
    return this.#clause(place, own, trust) ?? clauseOfIgnored(doubt, place) ?? atTop
  }

  /**
   * Is a target at the top, where programs put single pages such as `/search`, or itself a section that comes from
   * elsewhere, as the start page of another site? If configuration states the host, or all that is doubtful is what git
   * ignores, targets at the top speak for themselves.
   */
  #mayBeElsewhere({form, path}: Place, about: Doubt): boolean {
    // Programs seldom put images there.
    if (isOwnImage(path, about)) return false
    const {reason} = about
    const section = sectionOf(path)
    if (form !== 'source' && this.#isTop(section)) {
      const direct = countsIn(this.#direct[form], section)
      if (reason === 'host-top' && form === 'url' && this.#atTop.size <= FEW_MISSING) return false
      return !speaks(direct) || !isSpokenForAtTop(reason)
    }
    const below = this.#sections[form].get(path)
    return below !== undefined && comesFromElsewhere(below)
  }

  #isTop(section: string): boolean {
    return section === '/' || section === this.#top
  }

  /** Do most targets of the links of a form lead nowhere, so that something else publishes the pages? */
  disbelieves({form, path}: Place): boolean {
    const {found, missing} = this.#counts(form, path.startsWith('/') ? '/' : '')
    return missing > 0 && isDisbelieved({found, missing: missing + this.#foreign[form]})
  }

  /** Is a missing page in a folder of the host to which other links lead, too, but none of them to a page that exists? */
  isInMissingFolder({form, path}: Place): boolean {
    if (form !== 'url') return false
    for (
      let section: string | undefined = path;
      section && section !== '/';
      section = sectionAbove(section)
    ) {
      const {found, missing} = this.#counts(form, section)
      const isMissing = this.#seen.has(seenKey(`${form} ${section}`, false))
      if (found === 0 && missing + (isMissing ? 1 : 0) > 1) return true
    }
    return false
  }

  /** Do most links to pages lead nowhere, whatever their form is? */
  disbelievesPages(): boolean {
    const counts = (['url', 'source'] as const).flatMap((form) => [
      this.#counts(form, '/'),
      this.#counts(form, ''),
    ])
    return isDisbelieved(sumOf(counts))
  }

  #clause({form, path}: Place, own: string, trust: Trust): string | undefined {
    // Destinations of redirects are judged by the links of pages, and are not among them.
    const uncounted = this.#seen.has(seenKey(`${form} ${path}`, false)) ? 0 : 1
    for (let section: string | undefined = own; section !== undefined; section = sectionAbove(section)) {
      if (comesFromElsewhere(this.#counts(form, section))) return
      const isSite = section !== own && sectionAbove(section) === undefined
      const counts = this.#countsThatSpeak(form, section, own).map(({found, missing}) => ({
        found,
        missing: missing + uncounted,
      }))
      const small = counts.find((each) => isSmall(each, isSite ? trust.ofSite : MISSING_SHARE))
      if (small) return clauseFor(section, small)
      if (!saysLittle(counts[0]!, trust.isOfSite)) return
    }
    return isImage(path) && trust.isOfSite ? this.#clauseForImage(trust) : undefined
  }

  /** The clause for an image, by the other images of the site; if these are too few, by all targets. */
  #clauseForImage({ofSite}: Trust): string | undefined {
    this.#images ??= this.#countImages()
    const {found, missing} = this.#images
    const all = [this.#ownCounts('url', '/'), this.#ownCounts('source', ''), this.#images]
    const counts = found + missing < ENOUGH_TARGETS ? sumOf(all) : this.#images
    return isSmall(counts, ofSite) ? clauseFor('/', counts) : undefined
  }

  #countImages(): SectionCounts {
    const counts = {found: 0, missing: 0}
    for (const key of this.#seen) if (isImage(key)) counts[key.startsWith('true') ? 'found' : 'missing']++
    return counts
  }

  /** The counts of a section, and of what is directly in the one of a target if that is enough to tell. */
  #countsThatSpeak(form: LinkForm, section: string, own: string): SectionCounts[] {
    if (section !== own) return [this.#ownCounts(form, section)]
    const direct = countsIn(this.#direct[form], own)
    return [this.#counts(form, own), ...(speaks(direct) ? [direct] : [])]
  }

  /**
   * The clause for a missing page at the top of a site: one of few, if only another site could have them there, or one of
   * many, nearly all of which exist.
   */
  #clauseForTop(
    {form, path}: Place,
    {reason, about}: Doubt,
    isNamedAsFile: boolean | undefined,
  ): string | undefined {
    const isAboutTop = reason === 'host-top' || (reason === 'guessed-home' && this.#isTop(sectionOf(path)))
    if (!isAboutTop || form !== 'url' || isDisbelieved(this.#counts(form, '/'))) return
    const hasMany = this.#atTop.size > FEW_MISSING
    // Other sites on the host are in folders there.
    if (reason !== 'host-top' || about !== undefined || (hasMany && isNamedAsFile))
      return clauseAtTop(countsIn(this.#direct[form], sectionOf(path)))
    if (hasMany) return
    return this.#atTop.size > 1
      ? 'only one other page at the top of the host is missing'
      : 'no other page at the top of the host is missing'
  }

  /** The counts of a section without those of the sections below it that come from elsewhere. */
  #ownCounts(form: LinkForm, section: string): SectionCounts {
    const known = this.#own[form].get(section)
    if (known) return known
    const counts = {...this.#counts(form, section)}
    for (const each of this.#sections[form].keys()) {
      if (sectionAbove(each) !== section) continue
      const all = this.#counts(form, each)
      const own = comesFromElsewhere(all) ? {found: 0, missing: 0} : this.#ownCounts(form, each)
      counts.found -= all.found - own.found
      counts.missing -= all.missing - own.missing
    }
    this.#own[form].set(section, counts)
    return counts
  }

  #counts(form: LinkForm, section: string): SectionCounts {
    return countsIn(this.#sections[form], section)
  }
}

const seenKey = (key: string, exists: boolean) => `${exists} ${key}`

/** The topmost section above another one. */
const rootOf = (section: string): string => (section.startsWith('/') ? '/' : '')
