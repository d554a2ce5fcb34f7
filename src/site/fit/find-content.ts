import type {Page} from '../../page/types.ts'
import {folderOf} from '../../text/paths.ts'
import {assetsBeyondHost} from './assets.ts'
import {fitContent} from './content.ts'
import {LinkedIds} from './ids.ts'
import {commonFolder, relativeContent} from './relative-content.ts'
import {Suffixes} from './suffixes.ts'
import {isFromRoot, type Target} from './targets.ts'
import {FEWEST_FOR_A_FOLDER} from './thresholds.ts'
import type {Content, FitInput} from './types.ts'

/** Find the folders of pages: by links from the root, by relative links, by assets, and by ids. */
export function findContent(
  input: FitInput,
  pages: readonly Page[],
  targets: readonly Target[],
): Content | undefined {
  return contentByLinks(input, targets) ?? contentByAssets(input, targets) ?? contentByIds(pages)
}

/** The content by the links from the root, else by relative links. */
function contentByLinks(input: FitInput, targets: readonly Target[]): Content | undefined {
  const {tree, root} = input
  const fromRoot = targets.filter(({isPage, path}) => isPage && isFromRoot(path))
  const content = fitContent(fromRoot, new Suffixes(tree.files, root, 'pages'), tree.files)
  return content && content.found >= FEWEST_FOR_A_FOLDER
    ? content
    : (relativeContent(input, targets) ?? content)
}

/** The folder of the pages that link from the root to files which the repository's host does not find. */
function contentByAssets(input: FitInput, targets: readonly Target[]): Content | undefined {
  const files = assetsBeyondHost(input, targets)
  if (files.length < FEWEST_FOR_A_FOLDER) return
  return {
    folders: new Map([[commonFolder(files.flatMap(({from}) => from.map(folderOf))), '']]),
    routes: {},
    found: 0,
  }
}

/** The folder of the pages, if their fragments are not the ids of the repository's host. */
function contentByIds(pages: readonly Page[]): Content | undefined {
  const own = pages.filter(
    ({path, links}) => path.includes('/') && links.some(({url}) => url.startsWith('#')),
  )
  if (!new LinkedIds(own).refuteHost()) return
  return {folders: new Map([[commonFolder(own.map(({path}) => folderOf(path))), '']]), routes: {}, found: 0}
}
