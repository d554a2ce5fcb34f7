import {trimBoth} from '../../text/trim.ts'
import type {FileContext} from '../described/links.ts'
import {isOnHost} from './host.ts'
import {Suffixes} from './suffixes.ts'
import {isFromRoot, type Target} from './targets.ts'
import {FEWEST_FOR_A_FOLDER, MOST_FOLDERS, SHARE_FOR_A_FOLDER} from './thresholds.ts'
import {candidatesFor} from './votes.ts'

/** Folders of assets with their URLs, and the targets in them. */
interface Assets {
  folders: Map<string, string>
  found: Target[]
}

/** Is a target a file, such as an image, by a link from the root? */
export const isAssetFromRoot = ({isPage, path}: Target): boolean => !isPage && isFromRoot(path)

/** Find the folders, such as `public`, that hold the files linked from the root. */
export function fitAssets({tree}: FileContext, targets: Iterable<Target>): Assets {
  const left = new Set(targets)
  const assets: Assets = {folders: new Map(), found: []}
  if (left.size === 0) return assets
  const suffixes = new Suffixes(tree.files, '', 'files')
  const candidates = candidatesFor(left, suffixes, ({path}) => trimBoth(path.replace(/^[@~]/, ''), '/'))
  for (const {folder, url, targets: found} of candidates) {
    const own = [...found.keys()].filter((target) => left.has(target))
    // With its whole path, a file is hardly there by coincidence.
    const fewest = url === '' ? 1 : FEWEST_FOR_A_FOLDER
    if (own.length < fewest || own.length < left.size * SHARE_FOR_A_FOLDER) continue
    assets.folders.set(folder, url)
    assets.found.push(...own)
    for (const target of own) left.delete(target)
    if (assets.folders.size === MOST_FOLDERS || left.size === 0) break
  }
  return assets
}

/** The assets that are linked from the root of a site, and that the repository's host does not find. */
export function assetsBeyondHost(ctx: FileContext, targets: readonly Target[]): readonly Target[] {
  const files = targets.filter((target) => isAssetFromRoot(target) && !isOnHost(ctx, target))
  return files.length < FEWEST_FOR_A_FOLDER ? [] : fitAssets(ctx, files).found
}
