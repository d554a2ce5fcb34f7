import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Antora, whose routing is not supported yet. */
export const antora = {
  name: 'antora',
  docs: {title: 'Antora', detectedBy: '`antora.yml`'},
  ...configuredBy('antora.yml'),
} as const satisfies Platform
