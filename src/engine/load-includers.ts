import type {Page} from '../page/types.ts'
import type {Site} from '../site/types.ts'
import type {Tree} from '../tree/tree.ts'
import {eachPage, type Following, isFullUrl} from './follow-links.ts'
import type {FitQuestion} from './needs-fit.ts'

/**
 * Read the pages of all sites if a page to report on is only a part of others, or if a link or reference leads nowhere on
 * the host of the repository: one of them may include its text, and decide where it leads.
 *
 * @returns whether there were any left to read
 */
export async function loadIncluders(
  following: Following,
  {described, sites, loader}: FitQuestion,
  {files}: Tree,
): Promise<boolean> {
  if (described.all.every(({host}) => host)) return false
  const results = following.results.filter(({path}) => sites.of(path).host)
  let isLost = following.results.some(({path}) => mayBeIncluded(path, sites.of(path)))
  eachPage({...following, results}, (page) => {
    isLost ||= hasLostLink(page, following, sites)
  })
  if (!isLost) return false
  const unread = [...files].filter(
    (path) => described.isPage(path) && !loader.read.has(path) && !sites.of(path).host,
  )
  await loader.load(unread, described)
  return unread.length > 0
}

/** Is a file neither published nor shown by the host, so that it is probably a part of other pages? */
const mayBeIncluded = (path: string, {host, include, urlsOf}: Site): boolean =>
  !host && include !== undefined && urlsOf(path).length === 0

function hasLostLink(page: Page, {links}: Following, sites: FitQuestion['sites']): boolean {
  const resolve = links.resolverFor(page.path)
  const found = page.links.filter((link) => !isFullUrl(link)).map(resolve)
  if (found.some(({to}) => to === 'missing')) return true
  if (page.references.some(({defined, kind}) => !defined && kind !== 'shortcut')) return true
  const fragments = found.flatMap((each) =>
    each.to === 'page' && each.path === page.path ? (each.fragment ?? []) : [],
  )
  const anchors = fragments.length > 0 ? sites.of(page.path).anchorsOf(page) : undefined
  return fragments.some((fragment) => !anchors!.has(fragment))
}
