import {isBelow, pathBelow} from '../../text/paths.ts'
import {type DescribedContext, describedContext, type FileContext, redescribed} from '../described/links.ts'
import type {Description} from '../description.ts'
import {fitAssets, isAssetFromRoot} from './assets.ts'
import {fitEnding, fitRelativeTo} from './routes.ts'
import {tally} from './tally.ts'
import type {Target} from './targets.ts'
import type {Content} from './types.ts'

/** Complete the description of a content: assets, endings, and what relative links are resolved against. */
export function describeContent(
  ctx: FileContext,
  root: string,
  content: Content,
  targets: readonly Target[],
): DescribedContext {
  const description: Description = {root, content: inRoot(content.folders, root), routes: content.routes}
  const context = describedContext(ctx, description)
  const assets = fitAssets(ctx, tally(context, targets.filter(isAssetFromRoot)).left).folders
  // In a folder of pages, only one page's own files have such a name.
  for (const folder of assets.keys())
    if ([...content.folders.keys()].some((each) => each !== '' && isBelow(folder, each)))
      assets.delete(folder)
  const ending = fitEnding(tally(context, targets))
  const relativeTo = fitRelativeTo(context, targets)
  return redescribed(context, {
    ...description,
    ...(assets.size > 0 && {assets: inRoot(assets, root)}),
    routes: {...content.routes, ...(ending && {ending}), ...(relativeTo && {relativeTo})},
  })
}

/** URLs by folder, relative to the site's folder. */
const inRoot = (folders: ReadonlyMap<string, string>, root: string) =>
  Object.fromEntries(
    [...folders].map(([folder, url]) => [
      folder === root ? '' : (pathBelow(folder, root) ?? folder),
      `/${url}`,
    ]),
  )
