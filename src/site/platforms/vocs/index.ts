import {folderPrefix} from '../../../text/paths.ts'
import type {Platform, SiteContext} from '../../platform.ts'
import {configuredBy, onlyIf, scriptsNamed} from '../../shared/configured-by.ts'

const FOLDERS = ['docs', '', 'src', 'site']

/** The folder of `pages`, which the setting `rootDir` names: usually `docs`. */
const folderOfPages = (root: string, folders: ReadonlySet<string>): string | undefined =>
  FOLDERS.map((folder) => folderPrefix(folder)).find((prefix) =>
    folders.has(`${folderPrefix(root)}${prefix}pages`),
  )

/** Vocs: https://vocs.dev */
export const vocs = {
  name: 'vocs',
  docs: {title: 'Vocs', detectedBy: '`vocs.config.*` and `pages/`'},
  ...onlyIf(
    configuredBy(...scriptsNamed('vocs.config'), 'vocs.config.tsx'),
    ({root}, {folders}) => folderOfPages(root, folders) !== undefined,
  ),
  data: ({tree, marker}: SiteContext) => {
    const prefix = folderOfPages(marker.root, tree.folders) ?? ''
    return {
      content: {[`${prefix}pages`]: '/'},
      assets: {[`${prefix}public`]: '/'},
      routes: {ending: 'none', index: ['index']},
      ids: 'github-slugger',
    }
  },
} as const satisfies Platform
