import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Quarto: https://quarto.org */
export const quarto = {
  name: 'quarto',
  ...configuredBy('_quarto.yml'),
  describe: async (ctx) => (await import('./describe.ts')).describeQuarto(ctx),
} as const satisfies Platform
