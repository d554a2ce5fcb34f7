import {folderOf, folderPrefix} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Platform} from '../../platform.ts'
import {scriptsNamed} from '../../shared/configured-by.ts'

/** Nextra: https://nextra.site */
export const nextra = {
  name: 'nextra',
  docs: {
    title: 'Nextra',
    detectedBy: '`next.config.*` with Nextra, or beside a `package.json` that depends on it',
    knows:
      '`content/`, `pages/` and `page.mdx` files of versions 2 to 4, `contentDirBasePath`, languages, `public/`, routes of the code, redirects of `next.config.*`, `[#id]`, ids of tabs and summaries, Markdown that pages import',
  },
  candidates: scriptsNamed('next.config'),
  detect: async (files, tree) => {
    const found = await Promise.all(
      files.map(async (file) => {
        const beside = await evidenceOf(file, tree)
        return beside === undefined ? [] : [{root: folderOf(file), file, beside}]
      }),
    )
    return found.flat()
  },
  describe: async (ctx) => (await import('./describe.ts')).describeNextra(ctx),
} as const satisfies Platform

async function evidenceOf(file: string, tree: Tree): Promise<string | undefined> {
  const read = (path: string) => (tree.files.has(path) ? tree.read(path).catch(() => '') : '')
  // The Guild's configuration wraps that of Nextra.
  if (/['"](?:nextra|@theguild\/components\/next\.config)['"]/.test(await read(file)))
    return 'its import of nextra'
  const manifest = `${folderPrefix(folderOf(file))}package.json`
  return /"nextra"\s*:/.test(await read(manifest)) ? 'the dependency nextra' : undefined
}
