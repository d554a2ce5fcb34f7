import {followRedirects} from './follow-redirects.ts'
import type {ResolverContext} from './resolver-context.ts'
import type {Site} from './types.ts'

/** Does a link to an absolute path, `/guide/setup#run`, work on the pages of a site of the tree? */
export const isPublishedPath = (path: string, context: ResolverContext): boolean =>
  context.sites.some((site) => answers(site, path, context))

function answers(site: Site, path: string, {publishedBy, rules}: ResolverContext): boolean {
  const [files] = publishedBy(site).values()
  const page = files?.[0]
  if (page === undefined) return false
  const link = {url: path}
  const found = site.resolve(link, page)
  if (found.to === 'page' || found.to === 'file') return true
  const missing = found.to === 'unknown' ? found.otherwise : found
  if (missing?.to !== 'missing') return false
  return followRedirects(missing, link, page, site, rules?.redirects).to !== 'missing'
}
