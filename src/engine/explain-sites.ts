import type {Page} from '../page/types.ts'
import {commonDoubtWords, type Doubt} from '../site/doubts.ts'
import {type LinkForm, placeOf, sectionOf} from '../site/evidence/places.ts'
import type {Sites} from '../site/publish-sites.ts'
import type {FragmentAnswer, Resolution, Site} from '../site/types.ts'
import {folderOf} from '../text/paths.ts'
import {readPages} from './read-pages.ts'
import type {CheckInput, ReadPages} from './types.ts'

/** What links say about one section of a site. Targets are counted once, however many links lead to them. */
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

/** The evidence of each site that a page of the run belongs to: the targets of links, by section. */
export async function explainSites(input: CheckInput): Promise<Map<Site, SectionEvidence[]>> {
  const run = await readPages(input)
  const sections = new Map<Site, Map<string, Section>>()
  for (const {page} of run.results)
    for (const {site, place, outcome, doubt} of page ? targetsOn(page, run) : []) {
      const section = sectionFor(sections, site, place)
      section[outcome].add(place.path)
      if (doubt) section.doubts.add(commonDoubtWords(doubt))
    }
  return new Map([...sections].map(([site, all]) => [site, [...all.values()].map(counted)]))
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
  site: Site
  place: NamedPlace
  outcome: Outcome
  doubt?: Doubt | undefined
}

function* targetsOn(page: Page, {sites, view}: Pick<ReadPages, 'sites' | 'view'>): Generator<Target> {
  const site = sites.of(page.path)
  const doubtOf = doubtFinder(sites, page.path)
  const {resolve, fragment} = view(page)
  for (const link of page.links) {
    const found = resolve(link)
    const place = placeOf(link.url, page.path, site)
    const outcome = outcomeOf(found)
    if (place && outcome) yield {site, place, outcome, doubt: outcome === 'found' ? undefined : doubtOf(link)}
    if (found.to !== 'page' || !found.fragment) continue
    const answer = fragment(found.path, found.fragment, found.published)
    const path = `${found.path}#${found.fragment}`
    if (answer) yield {site, place: {form: 'fragment', path}, ...fragmentOutcome(answer)}
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

function sectionFor(all: Map<Site, Map<string, Section>>, site: Site, {form, path}: NamedPlace): Section {
  let sections = all.get(site)
  if (!sections) all.set(site, (sections = new Map()))
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
