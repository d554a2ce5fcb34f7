import {folderOf} from '../../../text/paths.ts'
import type {Platform} from '../../platform.ts'
import {scriptsNamed} from '../../shared/configured-by.ts'

/** Fumadocs: https://fumadocs.dev */
export const fumadocs = {
  name: 'fumadocs',
  docs: {
    title: 'Fumadocs',
    detectedBy: '`source.config.*` that imports `fumadocs-mdx`',
    knows:
      'collections and loaders in the code, `baseUrl`, folder groups, languages by folder or file name, `createRelativeLink`, `public/`, routes of the code of Next.js, redirects of `next.config.*`, `[#id]`, Markdown that pages import; other sources, such as OpenAPI files, are a doubt about their section',
  },
  candidates: scriptsNamed('source.config'),
  detect: async (files, tree) => {
    const found = await Promise.all(
      files.map(async (file) => {
        const code = await tree.read(file).catch(() => '')
        return /['"]fumadocs-(?:mdx|core)/.test(code)
          ? [{root: folderOf(file), file, beside: 'its import of fumadocs-mdx'}]
          : []
      }),
    )
    return found.flat()
  },
  describe: async (ctx) => (await import('./describe.ts')).describeFumadocs(ctx),
} as const satisfies Platform
