import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** DocFX, and the docsets of Microsoft Learn: https://dotnet.github.io/docfx */
export const docfx = {
  name: 'docfx',
  docs: {
    title: 'Docfx, Microsoft Learn',
    detectedBy: '`docfx.json`',
    knows:
      '`content` and `resource` (of Docfx), URLs of the docset by `src` and `dest`, pages about commands (MAML2Yaml), `~/`, includes, `xref:` to pages by their uids, redirections, tabs; links to other docsets are not checked',
  },
  ignoresCase: true,
  ...configuredBy('docfx.json', '.openpublishing.publish.config.json'),
  describe: async (ctx) => (await import('./describe.ts')).describeDocfx(ctx),
} as const satisfies Platform
