import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Gatsby, of whose routing nothing is known yet. */
export const gatsby = {
  name: 'gatsby',
  ...configuredBy(...scriptsNamed('gatsby-config')),
} as const satisfies Platform
