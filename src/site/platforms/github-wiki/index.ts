import type {Platform} from '../../platform.ts'
import {findWikis, WIKI_FILES} from '../../shared/wikis/find-wikis.ts'

/** Wikis on GitHub, also those that are kept in a folder of a repository: https://docs.github.com/communities/documenting-your-project-with-wikis */
export const githubWiki = {
  name: 'github-wiki',
  docs: {
    title: 'GitHub wiki',
    detectedBy:
      '`Home.md` with `_Sidebar.md` or `_Footer.md` beside it, or at the root without a README; `origin` ends in `.wiki`',
    knows:
      'pages by name in any folder, in any case, with hyphens or spaces; `[[text\\|page]]`; links with `.md`, which show source text; the URLs of the wiki',
  },
  candidates: WIKI_FILES,
  yields: true,
  detect: (files, tree) => findWikis('github', files, tree),
  describe: async (ctx) => (await import('./describe.ts')).describeGithubWiki(ctx),
} as const satisfies Platform
