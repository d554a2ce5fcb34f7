import {folderPrefix} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import type {SiteAnswers} from '../../types.ts'
import {nextAnchors} from './anchors.ts'
import {type NextContext, resolveLink} from './links.ts'
import {NextRoutes} from './routes.ts'

/**
 * Describe a Next.js site. Its code, which is not run, determines which files it publishes, and where. The links of its
 * pages are evidence: if nearly all that begin with `/` lead to files below one folder, the site publishes that folder,
 * and a link to a missing file in a folder with others is broken. Everything else is unknown.
 */
export async function describeNext(ctx: SiteContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  const prefix = folderPrefix(root)
  return {
    platform,
    root,
    why,
    syntax: {mdx: true},
    readsAll: true,
    isUnknownWith: (pages) => !new NextRoutes({...ctx, ...pages}, prefix).content?.isWhole,
    owns: (path) =>
      path.startsWith(prefix) && path.slice(prefix.length).includes('/') && !/(?:^|\/)\./.test(path),
    publish: (pages) => publish({...ctx, ...pages}, prefix),
  }
}

function publish(ctx: SiteContext & PageSource, prefix: string): SiteAnswers {
  const context: NextContext = {...ctx, prefix, routes: new NextRoutes(ctx, prefix)}
  return {
    urlsOf: () => [],
    resolve: (link, from) => resolveLink(context, link, from),
    anchorsOf: nextAnchors,
    writeLink: (to, like) => (like.startsWith('/') ? context.routes.urlOf(to) : undefined),
  }
}
