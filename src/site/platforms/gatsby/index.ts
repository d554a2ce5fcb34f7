import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Gatsby, whose routing is not supported yet. */
export const gatsby = {
  name: 'gatsby',
  docs: {title: 'Gatsby', detectedBy: '`gatsby-config.*`'},
  ...configuredBy(...scriptsNamed('gatsby-config')),
} as const satisfies Platform
