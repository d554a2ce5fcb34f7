import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Tree} from '../../../tree/tree.ts'
import type {Detection, Platform} from '../../platform.ts'
import {configuredBy, onlyIf} from '../../shared/configured-by.ts'
import {readConfiguration} from '../../shared/data.ts'

/** Hexo, whose routing is not supported yet: https://hexo.io */
export const hexo = {
  name: 'hexo',
  docs: {title: 'Hexo', detectedBy: '`_config.yml` with a setting or dependency of Hexo'},
  ...onlyIf(configuredBy('_config.yml', '_config.yaml'), isHexoConfig),
} as const satisfies Platform

/** A setting that Jekyll, whose configuration has the same name, does not have. */
const SETTING = /^(?:source_dir|public_dir|archive_dir|new_post_name|skip_render|default_layout)[ \t]*:/m

/** A dependency or setting in the `package.json` beside it, where a theme or plugin holds the settings. */
const PACKAGE = /"hexo"\s*:/

async function isHexoConfig({file}: Detection, tree: Tree): Promise<boolean> {
  const manifest = joinPath(folderOf(file), 'package.json')
  return (
    SETTING.test(await readConfiguration({tree}, file)) ||
    (tree.files.has(manifest) && PACKAGE.test(await tree.read(manifest)))
  )
}
