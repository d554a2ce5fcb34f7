import {UserError} from '../errors/errors.ts'
import {isHttpUrl} from '../text/urls.ts'
import type {Description} from './description.ts'
import type {Marker, Platform, SiteDescription} from './platform.ts'

/** The parts of a description that a platform with rules of its own reads from its configuration. */
const READ_BY_PLATFORM = ['content', 'assets', 'base', 'routes', 'ids'] as const

/** The first of these parts that a description sets; the base may only be the path of the home. */
const ownPartOf = (declared: Description): string | undefined =>
  READ_BY_PLATFORM.find(
    (key) => declared[key] !== undefined && (key !== 'base' || declared.home === undefined),
  )

/**
 * Reject a description that contradicts the platform of its site.
 *
 * @throws {@link UserError} if the platform has rules of its own, and the description sets what they determine
 */
export function refuseContradiction({declared, root, file}: Marker, platform: Platform | undefined): void {
  const key = platform?.describe && declared && ownPartOf(declared)
  if (!key) return
  const source = file ?? 'its own configuration'
  throw new UserError(
    `"${key}" cannot be set for the site "${root || '.'}" in "sites": doccheck reads it from ${source}, by the rules of ${platform.name}. ` +
      `Set "platform" to "other" to describe the site without them`,
  )
}

/** Add the description that holds: what the configuration says about a site, and what its platform says. */
export async function withDescription(
  site: SiteDescription,
  {root, platform, declared}: Marker,
): Promise<SiteDescription> {
  const known = withUsableHome(declared?.home === undefined ? site : {...site, home: declared.home})
  const {home, host, translations} = known
  // Loaded only if needed, since its expression engine is large.
  const added = declared && {declared: new (await import('./declared-urls.ts')).DeclaredUrls(declared)}
  return {
    ...known,
    ...added,
    // The host shows the pages of a site that publishes none itself.
    ...((!host || declared) && {
      description: {root, platform, ...(home !== undefined && {home}), ...site.description, ...declared},
    }),
    ...(translations && {translations: translations.map((each) => ({...withUsableHome(each), ...added}))}),
  }
}

/** Configurations may contain anything: if `home` is not a valid URL, the site's home is unknown. */
function withUsableHome(site: SiteDescription): SiteDescription {
  const {home, ...rest} = site
  return home === undefined || isHttpUrl(home) ? site : rest
}
