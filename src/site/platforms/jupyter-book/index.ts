import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** mystmd, which the second Jupyter Book runs, as the first one runs Sphinx: https://mystmd.org */
export const jupyterBook = {
  name: 'jupyter-book',
  docs: {
    title: 'Jupyter Book 2, mystmd',
    detectedBy: '`myst.yml`, `_toc.yml` without `_config.yml`',
    knows:
      'labels and ids of the whole project in `[](#label)`; its folders, and URLs as described by its links',
  },
  ...configuredBy('_toc.yml', 'myst.yml'),
  describe: async (ctx) => (await import('./describe.ts')).describeJupyterBook(ctx),
} as const satisfies Platform
