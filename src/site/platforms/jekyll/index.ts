import type {Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {isOfHexoTheme} from '../../shared/hexo-themes.ts'

/** Jekyll: https://jekyllrb.com */
export const jekyll = {
  name: 'jekyll',
  docs: {
    title: 'Jekyll',
    detectedBy: '`_config.yml`',
    knows:
      "permalinks, posts, collections, `redirect_from`, `redirect_to`, `baseurl`, `{% link %}`, `{% post_url %}`, includes, `relative_url`, jekyll-relative-links, kramdown's ids with either input",
  },
  // A theme chosen for GitHub Pages leaves the same file behind.
  yields: true,
  pageCode: /(?:^|\/)_plugins\/.+\.rb$/,
  ...onlyIf(configuredBy('_config.yml', '_config.yaml'), ({file}, tree) => !isOfHexoTheme(file, tree)),
  describe: async (ctx) => (await import('./describe.ts')).describeJekyll(ctx),
} as const satisfies Platform
