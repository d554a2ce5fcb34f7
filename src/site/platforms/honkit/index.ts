import {folderPrefix, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection, Platform, SiteContext} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readData, record} from '../../shared/data.ts'

/** The folder of the book, from the site's folder: that of `SUMMARY.md`. */
async function folderOfBook(file: string, root: string, tree: Tree): Promise<string | undefined> {
  const {root: own, structure} = await readData({tree}, file)
  const folder = typeof own === 'string' ? joinPath('', own) : ''
  const {summary} = record(structure)
  const name = typeof summary === 'string' ? summary : 'SUMMARY.md'
  return tree.files.has(joinPath(root, folderPrefix(folder) + name)) ? folder : undefined
}

/** HonKit, and GitBook before it became a service: https://honkit.netlify.app */
export const honkit = {
  name: 'honkit',
  docs: {title: 'HonKit, legacy GitBook', detectedBy: '`book.json` with `SUMMARY.md`'},
  ...onlyIf(
    configuredBy('book.json'),
    async ({root, file}: Detection, tree) => (await folderOfBook(file, root, tree)) !== undefined,
  ),
  data: async ({tree, marker: {root, file}}: SiteContext) => {
    const folder = (file === undefined ? undefined : await folderOfBook(file, root, tree)) ?? ''
    return {
      content: {[folder]: '/'},
      assets: {[folder]: '/'},
      routes: {ending: '.html', relativeTo: 'file'},
    }
  },
} as const satisfies Platform
