import type {Page} from '../../page/types.ts'
import {folderOf, isBelow, joinPath} from '../../text/paths.ts'
import {decodePercent, withoutQuery} from '../../text/urls.ts'
import {hasExtension} from '../described/routes.ts'
import {isOnHost} from './host.ts'
import {LinkedIds} from './ids.ts'
import {folderWithLayouts} from './layouts.ts'
import {generatorFolders} from './markers.ts'
import {commonFolder} from './relative-content.ts'
import {Suffixes} from './suffixes.ts'
import {isFromRoot, type Target} from './targets.ts'
import {UNEXPLAINED, URLS_ELSEWHERE} from './thresholds.ts'
import type {Fit, FitInput} from './types.ts'
import {mayBePublished} from './unexplained.ts'
import {candidatesFor, routeOf} from './votes.ts'

const TOO_FEW = 'hardly a link shows how the pages are published'

/**
 * Tell a repository from a site whose links no folder explains.
 *
 * @param written The pages with ids that authors wrote.
 */
export function withoutContent(
  input: FitInput,
  {pages, targets, written}: {pages: readonly Page[]; targets: readonly Target[]; written: readonly Page[]},
): Fit {
  if (input.generator) return {kind: 'none', root: input.root, why: TOO_FEW}
  const unexplained = targets.filter((target) => !isOnHost(input, target) && mayBePublished(input, target))
  for (const root of generatorFolders(input.tree.files))
    if (linksIn(unexplained, root).length > 0 || hasOtherIds(pages, root))
      return {kind: 'none', root, why: TOO_FEW}
  const alias = unexplained.filter(({path}) => isFromRoot(path) && !path.startsWith('/'))
  const [content] = candidatesFor(alias, new Suffixes(input.tree.files, input.root, 'pages'), routeOf)
  if (content && linksIn(alias, content.folder).length > 0)
    return {kind: 'none', root: content.folder, why: TOO_FEW}
  if (written.length > 0)
    return {kind: 'none', root: commonFolder(written.map(({path}) => folderOf(path))), why: TOO_FEW}
  const published = folderWithLayouts(pages)
  if (published !== undefined) return {kind: 'none', root: published, why: TOO_FEW}
  const root = commonFolder(unexplained.map(({from: [page]}) => folderOf(page!)))
  const all = linksIn(targets, root).length
  return unexplained.length >= UNEXPLAINED.fewest && unexplained.length >= all * UNEXPLAINED.share
    ? {kind: 'none', root, why: `${unexplained.length} of ${all} links lead nowhere`}
    : {kind: 'repository', ...(leadElsewhere(input, pages) && {elsewhere: true})}
}

/** Do links from the root, such as `/lessons/setup` and `/docs/{{version}}/setup`, lead to a site elsewhere? */
function leadElsewhere({lookup}: FitInput, pages: readonly Page[]): boolean {
  const urls = new Set<string>()
  for (const {links} of pages)
    for (const {url} of links) {
      const path = /^\/(?!\/)/.test(url) ? decodePercent(withoutQuery(url)) : ''
      if (path !== '' && !hasExtension(path)) urls.add(joinPath('', path))
    }
  const left = [...urls].filter((path) => !lookup.isFile(path) && !lookup.isFolder(path))
  return left.length >= URLS_ELSEWHERE.fewest && left.length >= urls.size * URLS_ELSEWHERE.share
}

const linksIn = (targets: readonly Target[], folder: string) =>
  targets.filter(({from}) => from.some((page) => isBelow(page, folder)))

/** Does a page in a folder link to itself by a fragment that is not an id on the repository's host? */
const hasOtherIds = (pages: readonly Page[], folder: string): boolean =>
  new LinkedIds(pages.filter(({path}) => isBelow(path, folder))).beyondHost() > 0
