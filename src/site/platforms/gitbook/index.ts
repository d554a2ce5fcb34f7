import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** GitBook, whose service decides about routes and ids. */
export const gitbook = {
  name: 'gitbook',
  docs: {title: 'GitBook', detectedBy: '`.gitbook.yaml`'},
  ...configuredBy('.gitbook.yaml'),
} as const satisfies Platform
