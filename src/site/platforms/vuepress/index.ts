import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** VuePress, of whose routing nothing is known yet. */
export const vuepress = {
  name: 'vuepress',
  ...configuredBy(...scriptsNamed('.vuepress/config')),
} as const satisfies Platform
