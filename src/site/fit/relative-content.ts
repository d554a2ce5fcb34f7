import {folderOf, isAtOrBelow, isBelow, joinPath, pathBelow} from '../../text/paths.ts'
import {isFileName} from '../described/file-names.ts'
import {describedContext, type FileContext} from '../described/links.ts'
import type {DescribedRoutes} from '../description.ts'
import {groupBy} from '../shared/group-by.ts'
import {isOnHost} from './host.ts'
import {tally} from './tally.ts'
import {isFromRoot, type Target} from './targets.ts'
import {BY_NAME, FEWEST_FOR_A_FOLDER, FEWEST_FOUND, MAIN_FOLDER} from './thresholds.ts'
import type {Content} from './types.ts'

/** The folder of the pages whose relative links lead to pages that the repository's host does not find. */
export function relativeContent(ctx: FileContext, targets: readonly Target[]): Content | undefined {
  const relative = targets.filter(
    (target) => target.isPage && !isFromRoot(target.path) && !isOnHost(ctx, target),
  )
  if (relative.length < FEWEST_FOR_A_FOLDER) return
  const readAs = (routes: DescribedRoutes): Reading => {
    const context = describedContext(ctx, {root: '', content: {'': '/'}, routes})
    return {routes, found: tally(context, relative).found}
  }
  const [plain, numbered] = [readAs({}), readAs({dropsNumbers: true})]
  const byPath = numbered.found.size > plain.found.size ? numbered : plain
  const byName = readAs({...byPath.routes, byName: true})
  const {routes, found} = areNames(byName, byPath, targets) ? byName : byPath
  if (found.size < FEWEST_FOR_A_FOLDER) return
  return {
    folders: new Map([[mainFolder([...found].map(({folder}) => folder)), '']]),
    routes,
    found: found.size,
  }
}

/** The targets that are found if names become URLs in some way. */
interface Reading {
  routes: DescribedRoutes
  found: ReadonlySet<Target>
}

/** Do so many links consist of the name of a file elsewhere that files are found by name? Otherwise, they are broken. */
function areNames(byName: Reading, byPath: Reading, targets: readonly Target[]): boolean {
  const further = byName.found.size - byPath.found.size
  if (further < FEWEST_FOUND) return false
  return further >= targets.filter(({path, isPage}) => isPage && isFileName(path)).length * BY_NAME
}

/** The innermost folder that contains nearly all folders. */
function mainFolder(folders: readonly string[]): string {
  let main = commonFolder(folders)
  for (;;) {
    const inside = groupBy(
      // The root contains every folder, itself included.
      folders.filter((folder) => folder !== main && isBelow(folder, main)),
      (folder) => joinPath(main, pathBelow(folder, main)!.split('/', 1)[0]!),
    )
    const next = [...inside].find(([, own]) => own.length >= folders.length * MAIN_FOLDER)
    if (!next) return main
    main = next[0]
  }
}

/** The innermost folder that contains all folders. */
export function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? ''
  for (const folder of folders)
    while (common !== '' && !isAtOrBelow(folder, common)) common = folderOf(common)
  return common
}
