import {folderOf, isAtOrBelow} from '../../text/paths.ts'
import {describedContext, type FileContext} from '../described/links.ts'
import {isOnHost} from './host.ts'
import {tally} from './tally.ts'
import {isFromRoot, type Target} from './targets.ts'
import {FEWEST_FOR_A_FOLDER} from './thresholds.ts'
import type {Content} from './types.ts'

/** The folder of the pages whose relative links lead to pages that the repository's host does not find. */
export function relativeContent(ctx: FileContext, targets: readonly Target[]): Content | undefined {
  const relative = targets.filter(
    (target) => target.isPage && !isFromRoot(target.path) && !isOnHost(ctx, target),
  )
  if (relative.length < FEWEST_FOR_A_FOLDER) return
  for (const routes of [{}, {dropsNumbers: true}]) {
    const {found} = tally(describedContext(ctx, {root: '', content: {'': '/'}, routes}), relative)
    if (found.size < FEWEST_FOR_A_FOLDER) continue
    const folder = commonFolder([...found].map((target) => target.folder))
    return {folders: new Map([[folder, '']]), routes, found: found.size}
  }
  return
}

/** The innermost folder that contains all folders. */
export function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? ''
  for (const folder of folders)
    while (common !== '' && !isAtOrBelow(folder, common)) common = folderOf(common)
  return common
}
