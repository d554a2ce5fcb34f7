import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'
import {NAMES, otherConfigurations} from './detect.ts'

const own = configuredBy(...NAMES)

/** MkDocs: https://www.mkdocs.org, and its fork ProperDocs, whose configuration is the same. */
export const mkdocs = {
  name: 'mkdocs',
  candidates: [...own.candidates, '*.yml', '*.yaml'],
  detect: async (files, tree) => [
    ...(await own.detect(files, tree)),
    ...(await otherConfigurations(files, tree)),
  ],
  describe: async (ctx) => (await import('./describe.ts')).describeMkdocs(ctx),
} as const satisfies Platform
