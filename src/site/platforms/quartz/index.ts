import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

/** Quartz 4 and 5: https://quartz.jzhao.xyz */
export const quartz = {
  name: 'quartz',
  docs: {
    title: 'Quartz',
    detectedBy: '`quartz.config.ts`, `quartz.config.yaml`',
    knows:
      'wikilinks and Markdown links by the strategy of CrawlLinks, block references, embeds, `%%` comments, `aliases`, `permalink`, pages of folders and tags, drafts, `ignorePatterns`, `baseUrl`',
  },
  ...configuredBy('quartz.config.ts', 'quartz.config.yaml'),
  describe: async (ctx) => (await import('./describe.ts')).describeQuartz(ctx),
} as const satisfies Platform
