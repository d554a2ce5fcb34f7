import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** dumi: https://d.umijs.org. Its routes follow from the names of components, too, and from settings of folders. */
export const dumi = {
  name: 'dumi',
  docs: {title: 'dumi', detectedBy: '`.dumirc.*`'},
  ...configuredBy('.dumirc.ts', '.dumirc.js'),
} as const satisfies Platform
