import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Jekyll: https://jekyllrb.com */
export const jekyll = {
  name: 'jekyll',
  docs: {
    title: 'Jekyll',
    detectedBy: '`_config.yml`',
    knows:
      "permalinks, posts, collections, `redirect_from`, `redirect_to`, `baseurl`, `{% link %}`, `{% post_url %}`, includes, `relative_url`, jekyll-relative-links, kramdown's ids with either input",
  },
  ...configuredBy('_config.yml', '_config.yaml'),
  describe: async (ctx) => (await import('./describe.ts')).describeJekyll(ctx),
} as const satisfies Platform
