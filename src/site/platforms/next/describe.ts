import {folderPrefix} from '../../../text/paths.ts'
import type {PageSource, SiteContext, SiteDescription} from '../../platform.ts'
import type {SiteAnswers} from '../../types.ts'
import {nextAnchors} from './anchors.ts'
import {type NextContext, resolveLink} from './links.ts'
import {NextRoutes} from './routes.ts'

/**
 * Describe a site of Next.js, a program: which files it publishes, and where, is decided by its code, which is not run.
 * The links among its pages show it: if nearly all that begin with `/` lead to files below one folder, this is how the
 * site works, and a link to a file that is missing among others of its folder is broken. All else is unknown.
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
