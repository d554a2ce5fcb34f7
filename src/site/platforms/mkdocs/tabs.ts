import type {Heading, Page, TitledBlock} from '../../../page/types.ts'
import {doubt} from '../../doubts.ts'
import {NumberedIds} from '../../shared/unique-slugs.ts'
import type {AnchorDoubt} from '../../types.ts'
import type {TabSettings} from './id-settings.ts'

/** The id of a heading. */
type IdOf = (heading: Heading) => string | undefined

/**
 * The ids of tabs (`TabbedTreeprocessor` of `pymdownx.tabbed` and `pymdownx.blocks.tab`). Verified against PyMdown itself.
 *
 * @param pages The page and the snippets that it shows.
 * @param used All other ids on the page.
 */
export function tabIds(
  pages: readonly Page[],
  idOf: IdOf,
  used: Iterable<string>,
  settings: TabSettings,
): string[] {
  const {slug, isCombined, separator} = settings
  if (slug === undefined) return []
  const ids = new NumberedIds(used)
  return pages.flatMap((each) =>
    tabsOf(each, idOf).map(({tab, above}) =>
      ids.give(isCombined && above ? above + separator + slug(tab.text) : slug(tab.text)),
    ),
  )
}

/** The tabs of a page, each with the id of the heading of its section: the last one above that is not in another block. */
function tabsOf(page: Page, idOf: IdOf): {tab: TitledBlock; above: string | undefined}[] {
  /** The ends of the blocks around, and the last heading in each; the first is the page. */
  const open: {end: number; heading?: string | undefined}[] = [{end: page.end + 1}]
  let at = 0
  const {headings, blocks = []} = page
  const readHeadings = (end: number) => {
    for (; at < headings.length && headings[at]!.start < end; at++)
      if (!headings[at]!.html) closeAt(headings[at]!.start).heading = idOf(headings[at]!)
  }
  const closeAt = (offset: number) => {
    while (open.at(-1)!.end <= offset) open.pop()
    return open.at(-1)!
  }
  return blocks.flatMap((tab) => {
    readHeadings(tab.start)
    closeAt(tab.start)
    const above = open.findLast(({heading}) => heading)?.heading
    open.push({end: tab.end})
    return tab.isTab ? {tab, above} : []
  })
}

/**
 * The ids that tabs may have instead, or why their ids are not known.
 *
 * @param isAmongOthers Other pages are shown on the same one, whose headings may be those above.
 */
export function doubtsAboutTabs(
  page: Page,
  {tabs, replaced}: {tabs: TabSettings | undefined; replaced: RegExp | undefined},
  isAmongOthers: boolean,
): AnchorDoubt[] {
  const titles = page.blocks?.filter(({isTab}) => isTab) ?? []
  if (tabs === undefined || titles.length === 0) return []
  const cause = doubt('content-ids', 'a group of tabs')
  const {slug, isCombined} = tabs
  if (slug === undefined) return [cause]
  // An icon, `:material-image: Image`, is an element without text by then.
  const icon = replaced && new RegExp(replaced, 'gi')
  return titles.flatMap(({text}) => {
    const ids = [
      ...(icon && replaced?.test(text) ? [slug(text.replace(icon, ''))] : []),
      ...(isAmongOthers && isCombined ? [slug(text)] : []),
    ]
    if (ids.length === 0) return []
    return {
      ...cause,
      covers: (fragment: string) => ids.some((id) => fragment.replace(/_\d+$/, '').endsWith(id)),
    }
  })
}
