import type {Syntax} from '../../page/syntax.ts'
import type {Page} from '../../page/types.ts'
import type {HostContext, SiteDescription} from '../platform.ts'
import type {Anchors, Resolution} from '../types.ts'

/** Describe a host that shows the files of the repository at their own paths. */
export function repositoryHost(
  ctx: HostContext,
  resolve: (ctx: HostContext, url: string, from: string) => Resolution,
  anchorsOf: (page: Page) => Anchors,
  syntax: Syntax = {},
): SiteDescription {
  const {platform, root, why} = ctx.marker
  return {
    platform,
    root,
    why,
    host: true,
    syntax,
    publish: () => ({
      urlsOf: (path) => [`/${path}`],
      resolve: ({url}, from) => resolve(ctx, url, from),
      anchorsOf,
    }),
  }
}
