import type {HostContext, SiteDescription} from '../../platform.ts'
import {gitlabAnchors} from '../../shared/gitlab-anchors.ts'
import {repositoryHost} from '../../shared/repository-host.ts'
import {resolveOnGitlab} from './links.ts'

/**
 * Describe how GitLab shows files: by their paths in the repository. Its `SpacedLinkFilter` makes links of what CommonMark
 * shows with its brackets: `[a](b c.md)`.
 */
export const describeGitlab = async (ctx: HostContext): Promise<SiteDescription> =>
  repositoryHost(ctx, resolveOnGitlab, gitlabAnchors, {spacesInUrls: true})
