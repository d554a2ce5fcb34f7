import type {HostContext, SiteDescription} from '../../platform.ts'
import {githubAnchors} from '../../shared/github-anchors.ts'
import {resolveOnGithub} from './links.ts'

/** Describe how github.com shows files: by their paths within the repository, in exact case, with the README of a folder. */
export async function describeGithub(ctx: HostContext): Promise<SiteDescription> {
  const {platform, root, why} = ctx.marker
  return {
    platform,
    root,
    why,
    host: true,
    syntax: {},
    publish: () => ({
      urlsOf: (path) => [`/${path}`],
      resolve: ({url}, from) => resolveOnGithub(ctx, url, from),
      anchorsOf: githubAnchors,
    }),
  }
}
