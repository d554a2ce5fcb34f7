import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Pelican: https://getpelican.com */
export const pelican = {
  name: 'pelican',
  docs: {
    title: 'Pelican',
    detectedBy: '`pelicanconf.py`',
    knows: '`{filename}`, `{static}`, `{attach}` and their older form; its URLs are fitted to their links',
  },
  ...configuredBy('pelicanconf.py'),
  describe: async (ctx) => (await import('./describe.ts')).describePelican(ctx),
} as const satisfies Platform
