import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Jekyll: https://jekyllrb.com */
export const jekyll = {
  name: 'jekyll',
  ...configuredBy('_config.yml', '_config.yaml'),
  describe: async (ctx) => (await import('./describe.ts')).describeJekyll(ctx),
} as const satisfies Platform
