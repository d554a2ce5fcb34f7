import type {Platform} from '../../platform.ts'
import {findWikis, WIKI_FILES} from '../../shared/wikis/find-wikis.ts'

/** Wikis on GitLab, also those that are kept in a folder of a repository: https://docs.gitlab.com/user/project/wiki/ */
export const gitlabWiki = {
  name: 'gitlab-wiki',
  docs: {
    title: 'GitLab wiki',
    detectedBy:
      '`home.md` with `_sidebar.md` beside it, or at the root without a README; `.gitlab/redirects.yml`; `origin` on GitLab ends in `.wiki`',
    knows:
      'slugs of pages from the root of the wiki or from the page; `[[text\\|slug]]`; files; `.gitlab/redirects.yml`; the URLs of the wiki',
  },
  candidates: WIKI_FILES,
  yields: true,
  detect: (files, tree) => findWikis('gitlab', files, tree),
  describe: async (ctx) => (await import('./describe.ts')).describeGitlabWiki(ctx),
} as const satisfies Platform
