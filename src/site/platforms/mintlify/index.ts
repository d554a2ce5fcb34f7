import type {Platform} from '../../platform.ts'

/** Mintlify: https://mintlify.com/docs */
export const mintlify = {
  name: 'mintlify',
  docs: {
    title: 'Mintlify',
    detectedBy: '`docs.json` or `mint.json` with `navigation`',
    knows:
      'pages by path, `.mintignore`, snippets, redirects, pages of OpenAPI files in the tree, the ids of headings and components',
  },
  candidates: ['docs.json', 'mint.json'],
  detect: async (files, tree) => (await import('./detect.ts')).detectMintlify(files, tree),
  describe: async (ctx) => (await import('./describe.ts')).describeMintlify(ctx),
} as const satisfies Platform
