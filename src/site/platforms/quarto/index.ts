import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Quarto: https://quarto.org */
export const quarto = {
  name: 'quarto',
  docs: {
    title: 'Quarto',
    detectedBy: '`_quarto.yml`',
    knows:
      "`.qmd` and `.Rmd` files, `render` lists, `aliases`, `image`, labels of cells, includes, Pandoc's ids",
  },
  ...configuredBy('_quarto.yml'),
  describe: async (ctx) => (await import('./describe.ts')).describeQuarto(ctx),
} as const satisfies Platform
