import {isBelow, joinPath, pathBelow} from '../../../text/paths.ts'
import {type Doubt, doubt} from '../../doubts.ts'
import type {SiteContext} from '../../platform.ts'
import {strings} from '../../shared/data.ts'
import {addedByGems} from './gems.ts'
import {type Addition, addedBy, changesIds} from './plugin-code.ts'

/** The doubts that the plugins of a site raise. */
export interface Plugins {
  /** The pages and files that they may add. */
  additions: readonly Addition[]
  /** Something adds folders of includes. */
  includes: Doubt | undefined
  /** Something changes the ids of all pages. */
  ids: Doubt | undefined
}

/** Read the plugins that a site is configured with, and those in its folder `_plugins`. */
export async function readPlugins(
  {tree}: Pick<SiteContext, 'tree'>,
  config: Record<string, unknown>,
  root: string,
): Promise<Plugins> {
  const ofGems = addedByGems(tree, config, root)
  const {additions} = ofGems
  let [includes, ids]: (Doubt | undefined)[] = [ofGems.unknown, undefined]
  const configured = strings(config.plugins_dir)
  const folders = (configured.length > 0 ? configured : ['_plugins']).map((name) => joinPath(root, name))
  for (const file of tree.files) {
    if (!file.endsWith('.rb') || !folders.some((folder) => isBelow(file, folder))) continue
    const code = await tree.read(file).catch(() => undefined)
    const name = `the plugin ${pathBelow(file, root)}`
    additions.push(...addedBy(code, doubt('code-pages', name)))
    if (code?.includes('includes_load_paths') ?? true) includes ??= doubt('code-pages', name)
    if (code === undefined || changesIds(code)) ids ??= doubt('plugin-ids', name)
  }
  return {additions, includes, ids}
}
