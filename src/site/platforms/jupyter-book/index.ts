import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** The MyST document engine of the second Jupyter Book, whose routing is not supported yet; the first runs Sphinx. */
export const jupyterBook = {
  name: 'jupyter-book',
  docs: {title: 'Jupyter Book 2, MyST', detectedBy: '`myst.yml`'},
  ...configuredBy('_toc.yml', 'myst.yml'),
} as const satisfies Platform
