import type {Page} from '../../../page/types.ts'
import {folderOf, joinPath} from '../../../text/paths.ts'
import type {Doubt} from '../../doubts.ts'
import {mayAddIds} from '../../shared/anchors.ts'
import type {VitepressContext} from './links.ts'

/** More pages than any page includes. */
const MOST_INCLUDED = 100

const INCLUDE = /^<!--\s*@include:/

/** Does opaque content include another page? */
export const isInclude = (content: string): boolean => INCLUDE.test(content)

/** The path in an include, without region and lines: `<!--@include: ./a.md#part{3,}-->` → `./a.md` */
const nameIn = (include: string): string =>
  include
    .replace(INCLUDE, '')
    .replace(/-->.*/s, '')
    .trim()
    .replace(/\{[^{}]*\}$/, '')
    .replace(/#[\w-]+$/, '')
    .trim()

/** The pages that a page includes, directly or indirectly, and the reasons why there may be more. */
export function pagesIncludedIn(
  {page: pageAt, routes}: VitepressContext,
  root: Page,
): {pages: Page[]; doubts: Doubt[]} {
  const pages = new Set<Page>([root])
  const doubts: Doubt[] = []
  for (const {path, opaqueContent} of pages)
    for (const content of opaqueContent.filter(isInclude)) {
      const name = nameIn(content)
      const file = name.startsWith('@')
        ? routes.prefix + joinPath('', name.replace(/^@\/*/, ''))
        : joinPath(folderOf(path), name)
      const included = pages.size > MOST_INCLUDED ? undefined : pageAt(file)
      if (included) pages.add(included)
      else doubts.push(mayAddIds(content))
    }
  pages.delete(root)
  return {pages: [...pages], doubts}
}
