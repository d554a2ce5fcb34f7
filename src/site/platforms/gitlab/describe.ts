import type {HostContext, SiteDescription} from '../../platform.ts'
import {gitlabAnchors} from './anchors.ts'
import {resolveOnGitlab} from './links.ts'

/** Describe how GitLab shows files: by their paths in the repository. */
export async function describeGitlab(ctx: HostContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  return {
    platform,
    root,
    why,
    host: true,
    syntax: {},
    publish: () => ({
      urlsOf: (path) => [`/${path}`],
      resolve: ({url}, from) => resolveOnGitlab(ctx, url, from),
      anchorsOf: gitlabAnchors,
    }),
  }
}
