import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Docusaurus: https://docusaurus.io */
export const docusaurus = {
  name: 'docusaurus',
  docs: {
    title: 'Docusaurus',
    detectedBy: '`docusaurus.config.*`',
    knows:
      'routes of docs, blog and pages, `slug`, `id`, number prefixes, versions, translations and their fallback, `@site`, client redirects, MDX, `image` of front matter, `useBaseUrl`, `pathname:///`, `{#id}` and comments',
  },
  ...configuredBy(...scriptsNamed('docusaurus.config')),
  describe: async (ctx) => (await import('./describe.ts')).describeDocusaurus(ctx),
} as const satisfies Platform
