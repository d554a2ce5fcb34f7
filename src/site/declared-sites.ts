import {UserError} from '../errors/errors.ts'
import type {Description} from './description.ts'
import type {Marker, Platform, SiteDescription} from './platform.ts'

/** The parts of a description that a platform with rules of its own reads from its configuration. */
const READ_BY_PLATFORM = ['content', 'assets', 'base', 'routes', 'ids'] as const

/** Does a description say which files a site publishes, and how? */
export const describesFiles = (declared: Description): boolean =>
  READ_BY_PLATFORM.some((key) => declared[key] !== undefined)

/**
 * Reject a description that contradicts the platform of its site.
 *
 * @throws {@link UserError} if the platform has rules of its own, and the description sets what they determine
 */
export function refuseContradiction({declared, root, file}: Marker, platform: Platform | undefined): void {
  const key = platform?.describe && declared && READ_BY_PLATFORM.find((each) => declared[each] !== undefined)
  if (!key) return
  const source = file ?? 'its own configuration'
  throw new UserError(
    `"${key}" cannot be set for the site "${root || '.'}" in "sites": doccheck reads it from ${source}, by the rules of ${platform.name}. ` +
      `Set "platform" to "other" to describe the site without them`,
  )
}

/** Add what the configuration says about a site to what its platform says, for its translations, too. */
export async function withDeclared(
  site: SiteDescription,
  declared: Description | undefined,
): Promise<SiteDescription> {
  if (!declared) return site
  // Loaded only if needed, since its expression engine is large.
  const {DeclaredUrls} = await import('./declared-urls.ts')
  const added = {declared: new DeclaredUrls(declared)}
  return {
    ...site,
    ...added,
    ...(declared.home !== undefined && {home: declared.home}),
    ...(site.translations && {translations: site.translations.map((each) => ({...each, ...added}))}),
  }
}
