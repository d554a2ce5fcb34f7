import type {Page} from '../page/types.ts'
import {namesFile, usedLinks} from '../page/used-links.ts'
import {isTestable} from '../site/doubts.ts'
import {FragmentForms} from '../site/evidence/fragment-forms.ts'
import {formOf} from '../site/evidence/places.ts'
import {FEWEST_DISBELIEVED} from '../site/evidence/thresholds.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {Resolution, Site} from '../site/types.ts'
import type {AnchorIndex} from './anchor-index.ts'
import {doubtsAbout, isForeign, mayBePublished, siteMeant} from './evidence.ts'
import {pagesMeant} from './follow-links.ts'
import type {LinkResolver} from './link-resolver.ts'

/** The counts that decide whether to gather the evidence of a site. */
interface Suspect {
  /** The paths of targets that are missing for certain. */
  missing: Set<string>
  /** The number of links that lead somewhere. */
  found: number
  /** The number of links that are written for another program. */
  foreign: number
}

/**
 * Finds the sites whose answers have to be tested by their other links: those with a doubt about a link or fragment, and
 * those of which so many targets are missing that they may not be what they seem.
 */
export class Suspects {
  readonly #links: LinkResolver
  readonly #anchors: AnchorIndex
  readonly #sites: Sites
  readonly #doubted = new Set<Site>()
  readonly #suspects = new Map<Site, Suspect>()
  readonly #fragments = new Map<Site, FragmentForms>()

  constructor(links: LinkResolver, anchors: AnchorIndex, sites: Sites) {
    this.#links = links
    this.#anchors = anchors
    this.#sites = sites
  }

  /** Look at the links of a page to report on. */
  add(page: Page): void {
    const resolve = this.#links.resolverFor(page.path)
    const site = this.#sites.of(page.path)
    const own = this.#of(site)
    for (const link of usedLinks(page)) {
      const isInclude = link.kind === 'include'
      if (namesFile(link) && !isInclude) continue
      const found = resolve(link)
      if (!isInclude) count(own, found, link.url, site)
      if (found.to === 'unknown' && found.otherwise && isTestable(found.doubt))
        this.#doubted.add(siteMeant(link.url, page.path, this.#sites).site)
      if (found.to === 'page' && found.fragment)
        for (const path of pagesMeant(found)) this.#addFragment({...found, path}, found.fragment, page.path)
    }
  }

  #addFragment({path, published}: Resolution & {to: 'page'}, fragment: string, from: string): void {
    const target = this.#anchors.anchorsSeenFrom(from)(path, published)
    if (!target) return
    const exists = target.has(fragment)
    if (target.doubts.length === 0 && published !== 'on-host')
      this.formsOf(this.#sites.of(path)).add(fragment, exists)
    if (exists) return
    const doubts = doubtsAbout(target, fragment, path === from)
    if (doubts.length > 0) this.#doubted.add(this.#sites.of(path))
  }

  /** The sites whose evidence is needed. */
  all(): Set<Site> {
    const suspects = [...this.#suspects].filter(
      ([, {missing, found, foreign}]) =>
        missing.size > 0 && (missing.size + foreign >= FEWEST_DISBELIEVED || missing.size > found),
    )
    return new Set([...this.#doubted, ...suspects.map(([site]) => site)])
  }

  /** The forms of fragments on pages of a site whose ids are not in doubt. */
  formsOf(site: Site): FragmentForms {
    let forms = this.#fragments.get(site)
    if (!forms) this.#fragments.set(site, (forms = new FragmentForms()))
    return forms
  }

  #of(site: Site): Suspect {
    let suspect = this.#suspects.get(site)
    if (!suspect) this.#suspects.set(site, (suspect = {missing: new Set(), found: 0, foreign: 0}))
    return suspect
  }
}

/** Count a link of a page of a site. */
function count(suspect: Suspect, found: Resolution, url: string, site: Site): void {
  if (found.to === 'page' || found.to === 'file') suspect.found++
  else if (isForeign(found)) suspect.foreign++
  else if (found.to === 'missing' && mayBePublished(found, formOf(url), site)) suspect.missing.add(found.path)
}
