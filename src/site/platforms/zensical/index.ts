import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

const own = configuredBy('zensical.toml')

/** Zensical: https://zensical.org. Of its two configurations, it prefers this one to that of MkDocs. */
export const zensical = {
  name: 'zensical',
  docs: {
    title: 'Zensical',
    detectedBy: '`zensical.toml`; with `mkdocs.yml` alone, a site counts as one of MkDocs',
    knows:
      'the same as of MkDocs, with its own default extensions; relative links start from the source file, in raw HTML as well',
  },
  candidates: own.candidates,
  detect: async (files, tree) =>
    (await own.detect(files, tree)).map((found) => {
      const other = joinPath(folderOf(found.file), 'mkdocs.yml')
      return tree.files.has(other) ? {...found, beside: other} : found
    }),
  describe: async (ctx) => (await import('./describe.ts')).describeZensical(ctx),
} as const satisfies Platform
