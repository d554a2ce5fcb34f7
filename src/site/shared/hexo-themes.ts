import {folderOf, joinPath, nameOf} from '../../text/paths.ts'
import type {Tree} from '../../tree/tree.ts'

/**
 * Is a `_config.yml` that of a theme for Hexo, rather than of a site? Its folder has `layout`, not `_layouts` as a site or
 * theme of Jekyll does, and is either in `themes`, or has another folder of such a theme.
 */
export function isOfHexoTheme(config: string, {folders}: Tree): boolean {
  const folder = folderOf(config)
  const has = (name: string) => folders.has(joinPath(folder, name))
  if (!has('layout') || has('_layouts')) return false
  return nameOf(folderOf(folder)) === 'themes' || has('languages') || has('source')
}
