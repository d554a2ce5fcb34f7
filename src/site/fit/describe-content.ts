import {pathBelow} from '../../text/paths.ts'
import type {FileContext} from '../described/links.ts'
import type {Description} from '../description.ts'
import {fitAssets} from './assets.ts'
import type {Content} from './content.ts'
import {fitEnding, fitRelativeTo} from './routes.ts'
import {tally} from './tally.ts'
import type {Target} from './targets.ts'

/** Complete the description of a content: assets, endings, and what relative links are resolved against. */
export function describeContent(
  ctx: FileContext,
  root: string,
  content: Content,
  targets: readonly Target[],
): Description {
  const description: Description = {root, content: inRoot(content.folders, root), routes: content.routes}
  const assets = fitAssets(ctx, description, targets)
  const ending = fitEnding(tally(ctx, description, targets))
  const relativeTo = fitRelativeTo(ctx, description, targets)
  return {
    ...description,
    ...(assets.size > 0 && {assets: inRoot(assets, root)}),
    routes: {...content.routes, ...(ending && {ending}), ...(relativeTo && {relativeTo})},
  }
}

/** URLs by folder, relative to the site's folder. */
const inRoot = (folders: ReadonlyMap<string, string>, root: string) =>
  Object.fromEntries(
    [...folders].map(([folder, url]) => [
      folder === root ? '' : (pathBelow(folder, root) ?? folder),
      `/${url}`,
    ]),
  )
