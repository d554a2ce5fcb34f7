import {asDoubted} from './as-doubted.ts'
import {describedSite} from './described/describe.ts'
import type {Description} from './description.ts'
import {doubt} from './doubts.ts'
import type {SiteContext, SiteDescription} from './platform.ts'

/** A site that follows from its description. Unless that says it is complete, its links have to bear it out. */
export function declaredSite(ctx: SiteContext, description: Description): SiteDescription {
  const site = {...describedSite(ctx, description), description}
  return description.complete ? site : asDoubted(site, doubt('incomplete-description'))
}
