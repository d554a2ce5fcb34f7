import {folderPrefix} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import {redirectDoubt} from '../../shared/next/middleware.ts'
import type {SiteAnswers} from '../../types.ts'
import {nextAnchors} from './anchors.ts'
import {type NextContext, resolveLink} from './links.ts'
import {NextRoutes} from './routes.ts'

/**
 * Describe a Next.js site. Its code, which is not run, determines which files it publishes, and where. The links of its
 * pages are evidence: if nearly all that begin with `/` lead to files below one folder, the site publishes that folder,
 * and a link to a missing file in a folder with others is broken, unless middleware redirects. Everything else is unknown.
 */
export async function describeNext(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const site = {prefix: folderPrefix(root), redirectDoubt: await redirectDoubt(ctx)}
  const {prefix} = site
  return {
    platform,
    root,
    why,
    syntax: {mdx: true},
    readsAll: true,
    isUnknownWith: (pages) => !new NextRoutes({...ctx, ...pages}, prefix).content?.isWhole,
    owns: (path) =>
      path.startsWith(prefix) && path.slice(prefix.length).includes('/') && !/(?:^|\/)\./.test(path),
    publish: (pages) => publish({...ctx, ...pages}, site),
  }
}

function publish(
  ctx: SiteContext & PageSource,
  site: Pick<NextContext, 'prefix' | 'redirectDoubt'>,
): SiteAnswers {
  const context: NextContext = {...ctx, ...site, routes: new NextRoutes(ctx, site.prefix)}
  return {
    urlsOf: () => [],
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: nextAnchors,
    writeLink: (to, like) => (like.startsWith('/') ? context.routes.urlOf(to) : undefined),
  }
}
