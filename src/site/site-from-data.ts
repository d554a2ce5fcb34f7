import type {Platform, SiteContext, SiteDescription} from './platform.ts'
import {unknownRouting} from './shared/unknown-routing.ts'

/**
 * A site that follows from what its platform and the configuration say about it. Without folders of pages, the rest of
 * its description has to be fitted to its links.
 */
export async function siteFromData(ctx: SiteContext, platform?: Platform): Promise<SiteDescription> {
  const {root, platform: name, declared, file} = ctx.marker
  const data = await platform?.data?.(ctx)
  const description = {...data, ...declared, root, platform: name}
  const syntax = platform?.syntax ?? {}
  if (!description.content) return {...unknownRouting(ctx), syntax, hasUnknownGenerator: true, description}
  // Loaded only if needed, as the expression engine for its redirects is large.
  const {declaredSite} = await import('./declared-site.ts')
  const site = {...declaredSite(ctx, description), syntax}
  if (data?.content || file === undefined) return site
  // As if its description were fitted, a generator that is detected owns all pages below its configuration.
  const {owns: _, ...whole} = site
  return whole
}
