import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

const bySphinx = configuredBy('conf.py')
const byBook = configuredBy('_toc.yml')
/** Jekyll has a configuration of that name, too, but no table of contents beside it. */
const CONFIGURATION = '_config.yml'
/** The extension by which a Sphinx site has the table of contents of such a book. */
const EXTERNAL_TOC = /['"]sphinx_external_toc['"]/

/**
 * Sphinx with MyST Markdown: https://myst-parser.readthedocs.io. The first version of Jupyter Book runs Sphinx:
 * https://jupyterbook.org/v1
 */
export const myst = {
  name: 'myst',
  docs: {
    title: 'Sphinx with MyST, Jupyter Book 1',
    detectedBy: '`conf.py`, `_toc.yml` beside `_config.yml`',
    knows: 'documents, labels, roles, directives, `myst_heading_anchors`, `html_baseurl`',
  },
  candidates: [...bySphinx.candidates, ...byBook.candidates, CONFIGURATION],
  detect: async (files, tree): Promise<readonly Detection[]> => {
    const books = (await byBook.detect(files, tree)).flatMap(({root, file}) => {
      const beside = joinPath(folderOf(file), CONFIGURATION)
      return files.includes(beside) ? [{root, file, beside}] : []
    })
    const sites = (await bySphinx.detect(files, tree)).map(async (site) => {
      const beside = joinPath(folderOf(site.file), '_toc.yml')
      const isBook = files.includes(beside) && EXTERNAL_TOC.test(await tree.read(site.file).catch(() => ''))
      return isBook ? {...site, beside} : site
    })
    return [...(await Promise.all(sites)), ...books]
  },
  describe: async (ctx) =>
    ctx.marker.file?.endsWith('_toc.yml')
      ? (await import('./jupyter-book.ts')).describeJupyterBook(ctx)
      : (await import('./describe.ts')).describeMyst(ctx),
} as const satisfies Platform
