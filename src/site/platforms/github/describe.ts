import type {HostContext, SiteDescription} from '../../platform.ts'
import {githubAnchors} from '../../shared/github-anchors.ts'
import {repositoryHost} from '../../shared/repository-host.ts'
import {resolveOnGithub} from './links.ts'

/** Describe how github.com shows files: by case-sensitive paths in the repository, and folders with their README. */
export const describeGithub = async (ctx: HostContext): Promise<SiteDescription> =>
  repositoryHost(ctx, resolveOnGithub, githubAnchors)
