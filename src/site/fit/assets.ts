import {trimBoth} from '../../text/trim.ts'
import type {FileContext} from '../described/links.ts'
import type {Description} from '../description.ts'
import {Suffixes} from './suffixes.ts'
import {tally} from './tally.ts'
import {isFromRoot, type Target} from './targets.ts'
import {FEWEST_FOR_A_FOLDER, MOST_FOLDERS, SHARE_FOR_A_FOLDER} from './thresholds.ts'
import {candidatesFor} from './votes.ts'

/** Find the folders of assets, such as `public`, with their URLs, that the images and files linked from the root are in. */
export function fitAssets(
  ctx: FileContext,
  description: Description,
  targets: readonly Target[],
): Map<string, string> {
  const files = targets.filter(({isPage, path}) => !isPage && isFromRoot(path))
  const left = tally(ctx, description, files).left
  const folders = new Map<string, string>()
  if (left.size === 0) return folders
  const suffixes = new Suffixes(ctx.tree.files, '', 'files')
  const candidates = candidatesFor(left, suffixes, ({path}) => trimBoth(path.replace(/^[@~]/, ''), '/'))
  for (const {folder, url, targets: found} of candidates) {
    const own = [...found.keys()].filter((target) => left.has(target))
    // With its whole path, a file is hardly there by coincidence.
    const fewest = url === '' ? 1 : FEWEST_FOR_A_FOLDER
    if (own.length < fewest || own.length < left.size * SHARE_FOR_A_FOLDER) continue
    folders.set(folder, url)
    for (const target of own) left.delete(target)
    if (folders.size === MOST_FOLDERS || left.size === 0) break
  }
  return folders
}
