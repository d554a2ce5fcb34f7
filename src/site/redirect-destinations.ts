import {isMarkdownFile} from '../text/markdown-files.ts'
import {folderOf, isAtOrBelow, joinPath} from '../text/paths.ts'
import {declaredAnswer} from './declared-answer.ts'
import {doubt} from './doubts.ts'
import {followRedirects} from './follow-redirects.ts'
import {mayBeBuilt} from './ignored-targets.ts'
import {missingIn} from './missing-in.ts'
import type {ResolverContext} from './resolver-context.ts'
import {servedForms} from './served-forms.ts'
import {doubted} from './shared/doubted.ts'
import {basePathOf, browserLink} from './site-urls.ts'
import type {Resolution, Site, SiteLink} from './types.ts'

const NO_SITE: Resolution = {to: 'outside', why: 'the site of the redirect is not known'}

/**
 * Resolve the destination of a redirect on the site that it is for. Other parts of a host than the site may answer where
 * the file is outside of the site's folder.
 */
export function resolveDestination(
  {url}: SiteLink,
  from: string,
  site: Site,
  context: ResolverContext,
): Resolution {
  if (site.host) return NO_SITE
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(url)) return {to: 'remote', url}
  // Of a site without pages, such as a vendored one, only the configuration may be in the tree.
  const page = pageOf(site, context)
  if (page === undefined) return NO_SITE
  if (!url.startsWith('/'))
    return site.sourceFolder === undefined
      ? NO_SITE
      : site.resolve({url, kind: 'link'}, joinPath(site.sourceFolder, 'index.md'))
  const base = basePathOf(site)
  const readings = (base === '' ? [url] : [url, base + url])
    .flatMap(servedForms)
    .map((each) => resolveUrl(each, page, site, context))
  const found = readings.find((each) => !missingIn(each)) ?? readings[0]!
  // Where a site leaves such links to the browser, its own full URLs say more.
  if (found.to === 'unknown' && !found.otherwise && site.home !== undefined)
    return {to: 'remote', url: new URL(site.home).origin + url}
  return isAtOrBelow(folderOf(from), site.root) ? found : doubted(found, doubt('host-shared'))
}

/** A page to resolve absolute URLs from. */
function pageOf(site: Site, {publishedBy}: ResolverContext): string | undefined {
  for (const files of publishedBy(site).values()) {
    const page = files.find(isMarkdownFile)
    if (page !== undefined) return page
  }
  return
}

function resolveUrl(url: string, page: string, site: Site, context: ResolverContext): Resolution {
  const link = browserLink(url)
  const found = declaredAnswer(site.resolve(link, page), link, page, site)
  const missing = missingIn(found)
  if (!missing) return found
  // Hosts differ in whether letter case matters.
  if (missing.why === 'case') return {to: 'unknown', doubt: doubt('server-routes', 'the host')}
  const {suggestion: _, evidence: __, ...plain} = missing
  if (mayBeBuilt(missing, site, context))
    return {to: 'unknown', doubt: doubt('git-ignored'), otherwise: plain}
  const followed = followRedirects(plain, link, page, site, context.rules?.redirects)
  return followed.to === 'missing' && found.to === 'unknown' ? {...found, otherwise: followed} : followed
}
