import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** DocFX, and the docsets of Microsoft Learn: https://dotnet.github.io/docfx */
export const docfx = {
  name: 'docfx',
  ignoresCase: true,
  ...configuredBy('docfx.json', '.openpublishing.publish.config.json'),
  describe: async (ctx) => (await import('./describe.ts')).describeDocfx(ctx),
} as const satisfies Platform
