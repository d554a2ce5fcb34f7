import type {Page} from '../../../page/types.ts'
import type {Doubt} from '../../doubts.ts'
import type {Resolution, SiteLink} from '../../types.ts'
import type {MystConfig} from './config.ts'

/** So many distinct labels must be defined before they say something about others. */
const ENOUGH_LABELS = 10
/** At most one in so many labels may be missing. */
const FOUND_FOR_ONE_MISSING = 9

/** Is a label that of another project, as its prefix says: `python:library-index`? */
export const isForeignLabel = (name: string, {projects}: Pick<MystConfig, 'projects'>): boolean => {
  const [, prefix] = /^([\w.-]+):./.exec(name) ?? []
  return prefix !== undefined && (projects === 'unknown' || projects.includes(prefix))
}

/**
 * The reason why labels that no page defines are likely missing, although other projects may define some: nearly all that
 * the roles of a site name without a project are defined on it.
 *
 * @param isDefined Does a page of the site define a label?
 */
export function whyLabelsAreMissing(
  pages: Iterable<Page>,
  config: Pick<MystConfig, 'projects'>,
  isDefined: (name: string) => boolean,
): string | undefined {
  const found = new Set<string>()
  const missing = new Set<string>()
  for (const {links} of pages)
    for (const {kind, tag, url} of links)
      if (kind === 'role' && (tag === 'ref' || tag === 'numref') && !isForeignLabel(url, config))
        (isDefined(url) ? found : missing).add(url.toLowerCase())
  if (found.size < ENOUGH_LABELS || missing.size * FOUND_FOR_ONE_MISSING > found.size) return
  return missing.size === 1
    ? `all ${found.size} other labels on the site exist`
    : `${found.size} of ${found.size + missing.size} labels on the site exist`
}

/**
 * The reason why the build may write pages that define labels: a table of contents names a page that it may write.
 *
 * @param resolve Resolves an entry of a table of contents.
 */
export function whyLabelsAreGenerated(
  pages: Iterable<Page>,
  resolve: (entry: SiteLink, from: string) => Resolution,
): Doubt | undefined {
  for (const {path, links} of pages)
    for (const link of links) {
      const found = link.kind === 'role' && link.tag === 'toctree' ? resolve(link, path) : undefined
      if (found?.to === 'unknown') return found.doubt
    }
  return
}
