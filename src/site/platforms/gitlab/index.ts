import type {Host} from '../../platform.ts'

/** The configuration of GitLab's pipelines, which is only read in the root of a repository. */
const PIPELINE = '.gitlab-ci.yml'

/** GitLab: https://docs.gitlab.com/user/markdown/ */
export const gitlab = {
  name: 'gitlab',
  candidates: [PIPELINE],
  detect: (files) => (files.includes(PIPELINE) ? [{root: '', file: PIPELINE}] : []),
  describe: async (ctx) => (await import('./describe.ts')).describeGitlab(ctx),
} as const satisfies Host
