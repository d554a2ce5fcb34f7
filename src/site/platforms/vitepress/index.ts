import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** VitePress: https://vitepress.dev */
export const vitepress = {
  name: 'vitepress',
  docs: {
    title: 'VitePress',
    detectedBy: '`.vitepress/config.*`',
    knows:
      'clean URLs, `srcDir`, `base`, `rewrites`, `srcExclude`, `public/`, dynamic routes, home pages, includes, code snippets, components that link to a property, the ids of its slugger',
  },
  ...configuredBy(...scriptsNamed('.vitepress/config'), ...scriptsNamed('.vitepress/config/index')),
  describe: async (ctx) => (await import('./describe.ts')).describeVitepress(ctx),
} as const satisfies Platform
