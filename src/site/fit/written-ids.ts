import type {Page} from '../../page/types.ts'
import {folderOf, joinPath} from '../../text/paths.ts'
import {decodePercent, fragmentOf, withoutQuery} from '../../text/urls.ts'
import {githubIds} from '../shared/github-anchors.ts'
import {ownIdOf} from '../shared/own-ids.ts'
import {FEWEST_FOR_A_FOLDER, WRITTEN_IDS} from './thresholds.ts'

/**
 * The pages with ids that authors wrote for headings, as in `## Setup {#setup}`, if links lead to some of them: the host of
 * a repository shows these as text, so that a generator must read the pages.
 *
 * @returns none if there are hardly any such links
 */
export function pagesWithWrittenIds(pages: readonly Page[]): Page[] {
  const written = new Map<string, {page: Page; ids: ReadonlySet<string>}>()
  for (const page of pages) {
    const ids = writtenIdsOn(page)
    if (ids.size > 0) written.set(page.path, {page, ids})
  }
  if (written.size === 0) return []
  const linked = new Map<string, Page>()
  for (const page of pages)
    for (const {path, fragment} of namedFragments(page)) {
      const target = written.get(path)
      if (target?.ids.has(fragment)) linked.set(`${path}#${fragment}`, target.page)
    }
  const isEnough = linked.size >= FEWEST_FOR_A_FOLDER && linked.size >= WRITTEN_IDS * countOfHost(pages)
  return isEnough ? [...new Set(linked.values())] : []
}

/** The number of ids that the host gives headings and links lead to. */
function countOfHost(pages: readonly Page[]): number {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const ids = new Map<string, ReadonlySet<string | undefined>>()
  const linked = new Set<string>()
  for (const {path, fragment} of pages.flatMap(namedFragments)) {
    const target = byPath.get(path)
    if (!target) continue
    const own = ids.get(path) ?? new Set(githubIds(target.headings))
    ids.set(path, own)
    if (own.has(fragment)) linked.add(`${path}#${fragment}`)
  }
  return linked.size
}

/** The fragments that links of a page name, with the file that their path leads to. */
const namedFragments = ({path: from, links}: Page): {path: string; fragment: string}[] =>
  links.flatMap(({url}) => {
    if (!url.includes('#')) return []
    const fragment = fragmentOf(url)
    const path = decodePercent(withoutQuery(url))
    return fragment ? [{path: path === '' ? from : joinPath(folderOf(from), path), fragment}] : []
  })

/** The ids of headings that the host does not give them. */
function writtenIdsOn({headings}: Page): Set<string> {
  const ids = new Set(headings.flatMap((heading) => ownIdOf(heading) ?? []))
  if (ids.size > 0) for (const id of githubIds(headings)) ids.delete(id)
  return ids
}
