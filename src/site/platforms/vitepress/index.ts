import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** VitePress: https://vitepress.dev */
export const vitepress = {
  name: 'vitepress',
  ...configuredBy(...scriptsNamed('.vitepress/config'), ...scriptsNamed('.vitepress/config/index')),
  describe: async (ctx) => (await import('./describe.ts')).describeVitepress(ctx),
} as const satisfies Platform
