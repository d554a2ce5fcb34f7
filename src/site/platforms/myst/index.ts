import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy} from '../../shared/configured-by.ts'

const bySphinx = configuredBy('conf.py')
const byBook = configuredBy('_toc.yml')
/** Jekyll has a configuration of that name, too, but no table of contents beside it. */
const CONFIGURATION = '_config.yml'

/**
 * Sphinx with MyST Markdown: https://myst-parser.readthedocs.io. The first version of Jupyter Book runs Sphinx:
 * https://jupyterbook.org/v1
 */
export const myst = {
  name: 'myst',
  candidates: [...bySphinx.candidates, ...byBook.candidates, CONFIGURATION],
  detect: async (files, tree): Promise<readonly Detection[]> => {
    const books = (await byBook.detect(files, tree)).flatMap(({root, file}) => {
      const beside = joinPath(folderOf(file), CONFIGURATION)
      return files.includes(beside) ? [{root, file, beside}] : []
    })
    return [...(await bySphinx.detect(files, tree)), ...books]
  },
  describe: async (ctx) =>
    ctx.marker.file?.endsWith('_toc.yml')
      ? (await import('./jupyter-book.ts')).describeJupyterBook(ctx)
      : (await import('./describe.ts')).describeMyst(ctx),
} as const satisfies Platform
