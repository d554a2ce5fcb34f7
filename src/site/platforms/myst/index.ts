import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Sphinx with MyST Markdown: https://myst-parser.readthedocs.io */
export const myst = {
  name: 'myst',
  ...configuredBy('conf.py'),
  describe: async (ctx) => (await import('./describe.ts')).describeMyst(ctx),
} as const satisfies Platform
