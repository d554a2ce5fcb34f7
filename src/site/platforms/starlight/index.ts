import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Starlight, and other sites of Astro: https://starlight.astro.build */
export const starlight = {
  name: 'starlight',
  docs: {
    title: 'Astro, Starlight',
    detectedBy: '`astro.config.*`',
    knows:
      'slugs, locales and their fallback, `base`, redirects, `src/pages`, `_top`, SmartyPants, MDX, heroes, `prev` and `next`',
  },
  ...configuredBy(...scriptsNamed('astro.config')),
  describe: async (ctx) => (await import('./describe.ts')).describeStarlight(ctx),
} as const satisfies Platform
