import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Jupyter Book and the MyST document engine, whose routing is not supported yet. */
export const jupyterBook = {
  name: 'jupyter-book',
  ...configuredBy('_toc.yml', 'myst.yml'),
} as const satisfies Platform
