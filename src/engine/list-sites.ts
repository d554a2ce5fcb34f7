import {RunErrors} from '../errors/run-errors.ts'
import type {Page} from '../page/types.ts'
import {commonDoubtWords, type Doubt} from '../site/doubts.ts'
import {type LinkForm, sectionOf} from '../site/evidence/places.ts'
import type {GuessedHome} from '../site/guess-homes.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {FragmentAnswer, Resolution, SiteFacts} from '../site/types.ts'
import {folderOf} from '../text/paths.ts'
import {siteMeant} from './evidence.ts'
import {placeMeant} from './link-places.ts'
import {readPages, sitesOf} from './read-pages.ts'
import type {CheckInput, PageResult, ReadPages} from './types.ts'

/** The distinct targets of links in one section of a site, counted by outcome. */
export interface SectionEvidence {
  /** The folder of the targets: of URLs, with a leading slash, or of files. */
  section: string
  /** The form of the links; a `fragment` is on a page of the section. */
  form: LinkForm | 'fragment'
  /** Targets that exist. */
  found: number
  /** Targets that are missing for certain. */
  missing: number
  /** Targets that are likely missing, since the evidence refutes a doubt. */
  refuted: number
  /** Targets that are not judged, since it does not. */
  doubted: number
  /** The doubts, in words. */
  doubts: string[]
}

type Outcome = 'found' | 'missing' | 'refuted' | 'doubted'

/** The distinct targets of one section. */
interface Section extends Record<Outcome, Set<string>> {
  section: string
  form: SectionEvidence['form']
  doubts: Set<string>
}

/** A site of a run. */
export interface ListedSite {
  site: SiteFacts
  /** The number of its pages in the run. */
  pages: number
}

/** The sites of a run, and what links say about them. */
export interface SiteListing {
  sites: readonly ListedSite[]
  /** The targets of the links of a site's pages, by section. */
  evidenceOf(site: SiteFacts): readonly SectionEvidence[]
  /** The URLs at which links show a site to be published. */
  homesOf(site: SiteFacts): readonly GuessedHome[]
}

/**
 * Read the pages of a run, and list the sites that they belong to; if there are no pages, every site of the tree. The
 * configuration of a site without pages belongs to a test or a template.
 */
export async function listSites(input: CheckInput): Promise<SiteListing> {
  const errors = new RunErrors()
  const run = await readPages(input, errors)
  const [error] = errors.unexpected
  if (error) throw error
  const pagesOf = new Map<SiteFacts, PageResult[]>()
  for (const result of run.results) {
    const site = run.sites.of(result.path)
    const pages = pagesOf.get(site)
    if (pages) pages.push(result)
    else pagesOf.set(site, [result])
  }
  const sites = [...pagesOf].map(([site, pages]) => ({site, pages: pages.length}))
  const all = sites.length > 0 ? [] : (await sitesOf(input.tree, input)).all
  return {
    sites: [...sites, ...all.map((site) => ({site, pages: 0}))],
    evidenceOf: (site) => evidenceOf(pagesOf.get(site) ?? [], run),
    homesOf: (site) => run.sites.homes.all().flatMap((home) => (home.site === site && home.guess) || []),
  }
}

function evidenceOf(pages: readonly PageResult[], run: ReadPages): SectionEvidence[] {
  const sections = new Map<string, Section>()
  for (const {page} of pages)
    for (const {place, outcome, doubt} of page ? targetsOn(page, run) : []) {
      const section = sectionFor(sections, place)
      section[outcome].add(place.path)
      if (doubt) section.doubts.add(commonDoubtWords(doubt))
    }
  return [...sections.values()].map(counted)
}

const counted = ({section, form, doubts, ...targets}: Section): SectionEvidence => ({
  section,
  form,
  found: targets.found.size,
  missing: targets.missing.size,
  refuted: targets.refuted.size,
  doubted: targets.doubted.size,
  doubts: [...doubts],
})

interface NamedPlace {
  form: SectionEvidence['form']
  path: string
}

/** A target of a link, with what is known about it. */
interface Target {
  place: NamedPlace
  outcome: Outcome
  doubt?: Doubt | undefined
}

function* targetsOn(page: Page, {sites, view}: Pick<ReadPages, 'sites' | 'view'>): Generator<Target> {
  const doubtOf = doubtFinder(sites, page.path)
  const {resolve, fragment} = view(page)
  for (const link of page.links) {
    const found = resolve(link)
    const {site, url} = siteMeant(link.url, page.path, sites)
    const place = placeMeant({...link, url}, found, page.path, site)
    const outcome = outcomeOf(found)
    if (place && outcome) yield {place, outcome, doubt: outcome === 'found' ? undefined : doubtOf(link)}
    if (found.to !== 'page' || !found.fragment) continue
    const answer = fragment(found.path, found.fragment, found.published, found.or)
    const path = `${found.path}#${found.fragment}`
    if (answer) yield {place: {form: 'fragment', path}, ...fragmentOutcome(answer)}
  }
}

function fragmentOutcome(answer: FragmentAnswer): Pick<Target, 'outcome' | 'doubt'> {
  if (answer.is === 'unknown') return {outcome: 'doubted', doubt: answer.doubt}
  if (answer.is === 'present') return {outcome: 'found'}
  return {outcome: answer.likely === undefined ? 'missing' : 'refuted'}
}

/** Create the function that returns the doubt about a link before evidence refutes it. */
function doubtFinder(sites: Sites, from: string): (link: {url: string}) => Doubt | undefined {
  const resolve = sites.resolverFor(from)
  return (link) => {
    const found = resolve(link)
    return found.to === 'unknown' ? found.doubt : undefined
  }
}

function outcomeOf(found: Resolution): Outcome | undefined {
  if (found.to === 'page' || found.to === 'file') return 'found'
  if (found.to === 'missing') return found.likely === undefined ? 'missing' : 'refuted'
  return found.to === 'unknown' ? 'doubted' : undefined
}

function sectionFor(sections: Map<string, Section>, {form, path}: NamedPlace): Section {
  const section = form === 'fragment' ? folderOf(path.slice(0, path.lastIndexOf('#'))) : sectionOf(path)
  const key = `${form} ${section}`
  let found = sections.get(key)
  if (!found) {
    found = {
      section,
      form,
      doubts: new Set(),
      found: new Set(),
      missing: new Set(),
      refuted: new Set(),
      doubted: new Set(),
    }
    sections.set(key, found)
  }
  return found
}
