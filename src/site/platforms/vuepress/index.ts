import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** VuePress, whose routing is not supported yet. */
export const vuepress = {
  name: 'vuepress',
  docs: {title: 'VuePress', detectedBy: '`.vuepress/config.*`'},
  ...configuredBy(...scriptsNamed('.vuepress/config')),
} as const satisfies Platform
