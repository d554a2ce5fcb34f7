import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Jupyter Book and the MyST document engine, of whose routing nothing is known yet. */
export const jupyterBook = {
  name: 'jupyter-book',
  ...configuredBy('_toc.yml', 'myst.yml'),
} as const satisfies Platform
