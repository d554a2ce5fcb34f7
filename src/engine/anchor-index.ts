import type {Page} from '../page/types.ts'
import {type Doubt, type DoubtReason, doubt} from '../site/doubts.ts'
import {Translations} from '../site/evidence/translations.ts'
import {unknownAnchors} from '../site/guarded.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Anchors, FragmentAnswer, Published, Site} from '../site/types.ts'
import {doubtsAbout, type Evidence} from './evidence.ts'

/** The doubts about ids that are not those of headings. */
const ABOUT_ADDED_IDS: ReadonlySet<DoubtReason> = new Set(['content-ids', 'layout-ids'])

/**
 * The anchors of pages, created once per page and reader: a repository host shows a page with its own ids, not those of
 * the site that publishes it.
 */
export class AnchorIndex {
  readonly #sites: Sites
  readonly #pages: ReadonlyMap<string, Page>
  readonly #published = new Map<string, Anchors | undefined>()
  /** By the site of the page with the link: the host answers differently for some pages. */
  readonly #onHost = new Map<Site, Map<string, Anchors | undefined>>()
  readonly #givenUp = new Map<string, Anchors>()
  /** Those of pages that a guessed home leads to. */
  readonly #likely = new WeakMap<Anchors, Anchors>()
  #evidence: Evidence | undefined
  #translations: Translations | undefined

  /** @param pages The facts of all pages that were read, by path. */
  constructor(sites: Sites, pages: ReadonlyMap<string, Page>) {
    this.#sites = sites
    this.#pages = pages
  }

  /**
   * Create the function that returns the anchors of a page as seen by links on another page;
   * see {@link SiteView.anchorsOf}.
   */
  anchorsSeenFrom(from: string): (path: string, published?: Published) => Anchors | undefined {
    const own = this.#sites.of(from)
    return (path, published) => {
      const givenUp = this.#givenUp.get(path)
      if (givenUp) return givenUp
      const anchors = this.#anchorsOf(path, this.#hostSeenFrom(own, published))
      return anchors && published === 'likely' ? this.#withDoubt(anchors) : anchors
    }
  }

  /** The host that shows the target of a link; undefined if a site publishes it. */
  #hostSeenFrom(own: Site, published: Published | undefined): Site | undefined {
    if (published === 'on-host') return this.#sites.host
    return own.host && !published ? own : undefined
  }

  #anchorsOf(path: string, host: Site | undefined): Anchors | undefined {
    const known = host ? this.#shownBy(host) : this.#published
    if (!known.has(path)) {
      const page = this.#pages.get(path)
      known.set(path, page && (host ?? this.#sites.of(path)).anchorsOf(page))
    }
    return known.get(path)
  }

  #shownBy(host: Site): Map<string, Anchors | undefined> {
    let known = this.#onHost.get(host)
    if (!known) this.#onHost.set(host, (known = new Map()))
    return known
  }

  /** The anchors of a page that is only likely meant. */
  #withDoubt(anchors: Anchors): Anchors {
    let doubted = this.#likely.get(anchors)
    if (!doubted) {
      doubted = {...anchors, doubts: [doubt('guessed-home'), ...anchors.doubts]}
      this.#likely.set(anchors, doubted)
    }
    return doubted
  }

  /** From now on, doubts are tested by the evidence of the tree. */
  consult(evidence: Evidence): void {
    this.#evidence = evidence
  }

  /**
   * The answer about a fragment of a page, as seen by links on another page.
   *
   * @param or Another page that the links may lead to, such as a translation.
   * @returns undefined for a file that doccheck does not read as a page
   */
  answer(
    from: string,
    path: string,
    fragment: string,
    published?: Published,
    or?: string,
  ): FragmentAnswer | undefined {
    const answer = this.#answerOn(from, path, fragment, published)
    if (or === undefined || answer?.is !== 'missing') return answer
    const other = this.#answerOn(from, or, fragment)
    return other?.is === 'missing'
      ? {is: 'missing', likely: answer.likely ?? other.likely ?? `${or} has no such anchor either`}
      : other
  }

  #answerOn(
    from: string,
    path: string,
    fragment: string,
    published: Published | undefined = undefined,
  ): FragmentAnswer | undefined {
    const anchors = this.anchorsSeenFrom(from)(path, published)
    if (!anchors) return
    if (anchors.has(fragment)) return {is: 'present'}
    const doubts = doubtsAbout(anchors, fragment, from === path)
    const [first] = doubts
    if (!first && published === 'on-host') return {is: 'missing'}
    if (!first) {
      const why = this.#isInIncluder(from, path, fragment)
        ? doubt('included-elsewhere')
        : this.#evidence?.doubtAbout(path, fragment, anchors)
      return why ? {is: 'unknown', doubt: why} : {is: 'missing'}
    }
    const mayBeTranslated = doubts.every(({reason}) => ABOUT_ADDED_IDS.has(reason))
    const translation = mayBeTranslated ? this.#translationWith(path, fragment, anchors) : undefined
    return translation === undefined
      ? (this.#evidence?.judgeFragment(path, fragment, anchors, doubts) ?? {is: 'unknown', doubt: first})
      : {is: 'missing', likely: `the heading that has it in ${translation} has another id here`}
  }

  /**
   * A translation of a page in which a heading has the id that the page lacks: then nothing else on the page has it, but the
   * translated heading has an id of its own.
   */
  #translationWith(path: string, fragment: string, anchors: Anchors): string | undefined {
    const count = anchors.ofHeadings.length
    this.#translations ??= new Translations(this.#pages.keys())
    return this.#translations.of(path).find((other) => {
      const ids = this.#anchorsOf(other, undefined)?.ofHeadings
      // Where the headings are not the same ones, the page may have changed.
      return ids?.length === count && ids.includes(fragment)
    })
  }

  /** Is a fragment of a page itself missing on the host, but not where a site includes its text? */
  #isInIncluder(from: string, path: string, fragment: string): boolean {
    if (path !== from || !this.#sites.of(from).host) return false
    return this.#sites.includers.possible(from).some((includer) => {
      const found = this.#sites.of(includer).resolve({url: `#${fragment}`}, includer)
      if (found.to !== 'page') return found.to === 'outside'
      return this.anchorsSeenFrom(includer)(found.path)?.has(fragment)
    })
  }

  /** Give up on the anchors of a page: any fragment may exist on it. */
  giveUp(path: string, why: Doubt): void {
    this.#givenUp.set(path, unknownAnchors(why))
  }
}
