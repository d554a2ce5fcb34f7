import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** dumi: https://d.umijs.org */
export const dumi = {
  name: 'dumi',
  docs: {title: 'dumi', detectedBy: '`.dumirc.*`'},
  ...configuredBy('.dumirc.ts', '.dumirc.js'),
  // Routes follow from the names of components, too, and from settings of folders: they are fitted.
  data: () => ({}),
} as const satisfies Platform
