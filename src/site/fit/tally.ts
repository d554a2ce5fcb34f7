import {joinPath} from '../../text/paths.ts'
import {type DescribedContext, locate} from '../described/links.ts'
import {isFromRoot, type Target} from './targets.ts'
import {SECTION_FROM_ELSEWHERE} from './thresholds.ts'

/** The targets in one section of a site. */
export interface Section {
  /** The first segment of their URLs: `/guide`. */
  section: string
  found: number
  left: number
}

/** How well a description explains the links of its pages. */
export interface Tally {
  /** Targets that are found. */
  found: Set<Target>
  /** Targets with nothing there. */
  left: Set<Target>
  /** Most targets left first. */
  sections: Section[]
}

/** Look up the targets of the pages that a description publishes. */
export function tally(context: DescribedContext, targets: Iterable<Target>): Tally {
  const found = new Set<Target>()
  const left = new Set<Target>()
  const sections = new Map<string, Section>()
  for (const target of targets) {
    const from = target.from.find((page) => context.routes.content.folderOf(page) !== undefined)
    if (from === undefined) continue
    const there = locate(context, {path: target.path, raw: target.path}, from)
    // Another site answers, or it is a matter of taste.
    if (there && there.to !== 'page' && there.to !== 'file') continue
    ;(there ? found : left).add(target)
    const section = sectionOf(context, target)
    const known = sections.get(section) ?? {section, found: 0, left: 0}
    sections.set(section, known)
    known[there ? 'found' : 'left']++
  }
  return {found, left, sections: [...sections.values()].sort((a, b) => b.left - a.left || b.found - a.found)}
}

/** The first segment of a target's URL, or of its path for a file that has none. */
function sectionOf({routes}: DescribedContext, {path, folder}: Target): string {
  const place = joinPath(folder, path)
  const route = isFromRoot(path) ? place : (routes.of(place) ?? place)
  return `/${route.split('/', 1)[0]}`
}

/** The targets outside of the sections that come from somewhere else, since hardly any is found there. */
export function explained({sections}: Tally): {found: number; left: number} {
  const own = sections.filter(
    ({found, left}) =>
      left < SECTION_FROM_ELSEWHERE.left || found > (found + left) * SECTION_FROM_ELSEWHERE.share,
  )
  return {
    found: own.reduce((sum, {found}) => sum + found, 0),
    left: own.reduce((sum, {left}) => sum + left, 0),
  }
}
