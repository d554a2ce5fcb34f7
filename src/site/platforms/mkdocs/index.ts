import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** MkDocs: https://www.mkdocs.org, and its fork ProperDocs, whose configuration is the same. */
export const mkdocs = {
  name: 'mkdocs',
  ...configuredBy('mkdocs.yml', 'mkdocs.yaml', 'properdocs.yml'),
  describe: async (ctx) => (await import('./describe.ts')).describeMkdocs(ctx),
} as const satisfies Platform
