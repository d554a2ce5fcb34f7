import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Docsify, whose routing is not supported yet. */
export const docsify = {
  name: 'docsify',
  docs: {title: 'Docsify', detectedBy: '`docsify.js`'},
  ...configuredBy('docsify.js'),
} as const satisfies Platform
