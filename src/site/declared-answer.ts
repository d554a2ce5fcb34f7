import type {Resolution, Site, SiteLink} from './types.ts'
import {urlPathsOf, urlPathsOfSource} from './url-paths.ts'

const GENERATED: Resolution = {to: 'outside', why: 'the configuration says that it is generated'}

/**
 * Apply the description in the configuration to the answer of a site: what is `generated` exists, and a `complete` site
 * has no doubts about further pages and files.
 */
export function declaredAnswer(found: Resolution, link: SiteLink, from: string, site: Site): Resolution {
  const {declared} = site
  if (!declared || (found.to !== 'missing' && found.to !== 'unknown')) return found
  const missing = found.to === 'missing' ? found : found.otherwise
  const paths = [
    ...urlPathsOf(missing?.url ?? link.url, site, from),
    ...(missing ? urlPathsOfSource(missing.path, site, from) : []),
  ]
  if (declared.isGenerated(paths)) return GENERATED
  return declared.complete && missing ? missing : found
}
