import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Rspress: https://rspress.rs */
export const rspress = {
  name: 'rspress',
  docs: {
    title: 'Rspress',
    detectedBy: '`rspress.config.*`',
    knows:
      '`root`, `base`, languages and versions with the prefixes that links get, `route.exclude`, `public/`, client redirects, `checkDeadLinks.excludes`, home pages, properties of components, Markdown files that pages import, `{#id}`, its ids',
  },
  ...configuredBy(...scriptsNamed('rspress.config')),
  describe: async (ctx) => (await import('./describe.ts')).describeRspress(ctx),
} as const satisfies Platform
