import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'
import {isOfHexoTheme} from '../../shared/hexo-themes.ts'

/** Hexo: https://hexo.io */
export const hexo = {
  name: 'hexo',
  docs: {
    title: 'Hexo',
    detectedBy: '`_config.yml` with a setting or dependency of Hexo, or `scaffolds/` beside it',
    knows:
      'permalinks of posts and pages, asset folders, drafts, `{% post_link %}` and other tags, aliases, `root`, files of a theme in the tree, ids of hexo-renderer-marked and hexo-renderer-markdown-it',
  },
  ...onlyIf(configuredBy('_config.yml', '_config.yaml'), isHexoConfig),
  describe: async (ctx) => (await import('./describe.ts')).describeHexo(ctx),
} as const satisfies Platform

/** A setting that Jekyll, whose configuration has the same name, does not have. */
const SETTING =
  /^(?:source_dir|public_dir|archive_dir|category_dir|code_dir|new_post_name|skip_render|default_layout|post_asset_folder|pretty_urls|filename_case)[ \t]*:/m

/** A dependency or setting in the `package.json` beside it. */
const PACKAGE = /"hexo"\s*:/

async function isHexoConfig({file}: Detection, tree: Tree): Promise<boolean> {
  if (isOfHexoTheme(file, tree)) return false
  const beside = (name: string) => joinPath(folderOf(file), name)
  if (tree.folders.has(beside('scaffolds')) && tree.folders.has(beside('source'))) return true
  const manifest = beside('package.json')
  return (
    SETTING.test(await readConfiguration({tree}, file)) ||
    (tree.files.has(manifest) && PACKAGE.test(await tree.read(manifest)))
  )
}
