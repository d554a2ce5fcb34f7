import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Next.js: https://nextjs.org */
export const next = {
  name: 'next',
  docs: {
    title: 'Next.js',
    detectedBy: '`next.config.*`',
    knows:
      'the folder of pages, inferred from their links; routes of the code without parameters; middleware that redirects is a doubt; ids that comments give to headings, as on react.dev',
  },
  ...configuredBy(...scriptsNamed('next.config')),
  describe: async (ctx) => (await import('./describe.ts')).describeNext(ctx),
} as const satisfies Platform
