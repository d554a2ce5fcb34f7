import {readOrigin} from '../../../tree/refs.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Host} from '../../platform.ts'

/** The configuration of GitLab's pipelines, which is only read in the root of a repository. */
const PIPELINE = '.gitlab-ci.yml'

/** GitLab: https://docs.gitlab.com/user/markdown/ */
export const gitlab = {
  name: 'gitlab',
  docs: {
    title: 'GitLab',
    detectedBy:
      '`.gitlab-ci.yml`, unless `origin` is on GitHub, or there is `.github/workflows/` and `origin` does not name GitLab',
    knows: `the same, with GitLab's ids, old and new`,
  },
  candidates: [PIPELINE],
  detect: async (files, tree) =>
    files.includes(PIPELINE) && !(await isOnGithub(tree)) ? [{root: '', file: PIPELINE}] : [],
  describe: async (ctx) => (await import('./describe.ts')).describeGitlab(ctx),
} as const satisfies Host

/** The host in the URL of a remote, which may be in the form of `scp`: `git@github.com:owner/name.git` → `github.com`. */
const HOST = /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:@]+)/i

/** Is a repository with a pipeline on GitHub all the same, as its tests may run on both hosts? */
async function isOnGithub({root, folders}: Tree): Promise<boolean> {
  const host = HOST.exec((await readOrigin(root)) ?? '')?.[1]?.toLowerCase() ?? ''
  if (/(?:^|\.)github\.com$/.test(host)) return true
  return !host.includes('gitlab') && folders.has('.github/workflows')
}
