import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Docusaurus: https://docusaurus.io */
export const docusaurus = {
  name: 'docusaurus',
  ...configuredBy(...scriptsNamed('docusaurus.config')),
  describe: async (ctx) => (await import('./describe.ts')).describeDocusaurus(ctx),
} as const satisfies Platform
