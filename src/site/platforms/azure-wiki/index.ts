import type {Platform} from '../../platform.ts'
import {detectAzureWikis, ORDER} from './detect.ts'

/** Wikis of Azure DevOps, provisioned or published from a folder: https://learn.microsoft.com/azure/devops/project/wiki/wiki-file-structure */
export const azureWiki = {
  name: 'azure-wiki',
  docs: {
    title: 'Azure DevOps wiki',
    detectedBy: '`.order`, which lists pages beside it',
    knows:
      '`/Page-name` from the root of the wiki, with `%2D` for hyphens in titles; paths of files; `.attachments`; diagrams in colons',
  },
  candidates: [ORDER],
  yields: true,
  detect: detectAzureWikis,
  describe: async (ctx) => (await import('./describe.ts')).describeAzureWiki(ctx),
} as const satisfies Platform
