import {followRedirects} from './follow-redirects.ts'
import {missingIn} from './missing-in.ts'
import {firstFileOf, type ResolverContext} from './resolver-context.ts'
import type {Site} from './types.ts'

/** Does a link to an absolute path, `/guide/setup#run`, work on the pages of a site of the tree? */
export const isPublishedPath = (path: string, context: ResolverContext): boolean =>
  context.sites.some((site) => answers(site, path, context))

function answers(site: Site, path: string, context: ResolverContext): boolean {
  const page = firstFileOf(site, context)
  if (page === undefined) return false
  const link = {url: path}
  const found = site.resolve(link, page)
  if (found.to === 'page' || found.to === 'file') return true
  const missing = missingIn(found)
  if (!missing) return false
  return followRedirects(missing, link, page, site, context.rules?.redirects).to !== 'missing'
}
