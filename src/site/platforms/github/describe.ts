import type {HostContext, SiteDescription} from '../../platform.ts'
import {githubAnchors} from '../../shared/github-anchors.ts'
import {resolveOnGithub} from './links.ts'

/** Describe how github.com shows files: by case-sensitive paths in the repository, and folders with their README. */
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
