import type {Platform} from '../../platform.ts'
import {configuredBy, scriptsNamed} from '../../shared/configured-by.ts'

/** Next.js: https://nextjs.org */
export const next = {
  name: 'next',
  ...configuredBy(...scriptsNamed('next.config')),
  describe: async (ctx) => (await import('./describe.ts')).describeNext(ctx),
} as const satisfies Platform
