import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** VuePress, 1 and 2: https://vuepress.vuejs.org */
export const vuepress = {
  name: 'vuepress',
  docs: {
    title: 'VuePress 1 and 2, vuepress-theme-hope',
    detectedBy: '`.vuepress/config.*`',
    knows:
      '`base`, page patterns, permalinks and their patterns, links as each version rewrites and routes them, `.vuepress/public`, home pages, `redirectFrom` and redirects of plugins, included files, imported code, `<RouterLink>`, `$withBase()`, the ids of both slug functions',
  },
  ...configuredBy(
    ...scriptsNamed('.vuepress/config'),
    ...['yml', 'yaml', 'toml'].map((extension) => `.vuepress/config.${extension}`),
  ),
  describe: async (ctx) => (await import('./describe.ts')).describeVuepress(ctx),
} as const satisfies Platform
